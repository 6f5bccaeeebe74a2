/** A sealed file read and held to its manifest and its signature: whatever byte was changed, it is said where. */
import { hash } from 'node:crypto';
import { canonical } from '@ledger/event-store';
import { isSignedBy, parsePublicKey, type PublicKey } from './keys.js';
import { HEADER, SIGNED, type SectionEntry } from './sealed-file.js';

export type SealProblemKind =
  /** The file does not end with a manifest, a signature and a line feed. */
  | 'cut-short'
  /** A line is no JSON object in UTF-8. */
  | 'not-json'
  /** A line is JSON, but not written as RFC 8785 writes it: a space, an order, a number was changed. */
  | 'not-canonical'
  /** What a section holds is not what was hashed. */
  | 'section-changed'
  | 'section-missing'
  | 'section-added'
  /** The manifest is not what was signed, or the signature is not that of the key it names. */
  | 'signature-wrong'
  /** Signed, but not by the key that was given. */
  | 'signed-by-another';

export type SealProblem = {
  readonly kind: SealProblemKind;
  /** A line, counted from 1, or a section. */
  readonly where: string;
  readonly expected: string | null;
  readonly actual: string | null;
};

export type Json = { readonly [name: string]: unknown };

export type SealedFile = {
  /** The first line; null when it cannot be read. */
  readonly header: Json | null;
  /** The lines of each section that could be read, changed or not: what is to be made of them is the reader's to say. */
  readonly sections: ReadonlyMap<string, readonly Json[]>;
  readonly problems: readonly SealProblem[];
};

const LINE_FEED = 0x0a;

const linesOf = (bytes: Uint8Array): readonly Uint8Array[] => {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, from);
    lines.push(bytes.subarray(from, end === -1 ? bytes.length : end));
    from = end === -1 ? bytes.length : end + 1;
  }
  return lines;
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

type Line = { readonly number: number; readonly bytes: Uint8Array; readonly json: Json | null };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const parsed = (bytes: Uint8Array): Json | null => {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
};

/** Never throws: what cannot be read is a problem. */
export const readSealedFile = (bytes: Uint8Array, key: PublicKey): SealedFile => {
  const problems: SealProblem[] = [];
  const say = (
    kind: SealProblemKind,
    where: string,
    expected: string | null = null,
    actual: string | null = null,
  ): void => void problems.push({ kind, where, expected, actual });
  const lines = linesOf(bytes).map((line, index): Line => {
    const json = parsed(line);
    const where = `line ${index + 1}`;
    if (json === null) say('not-json', where, 'a JSON object');
    else if (!isCanonical(json, line)) say('not-canonical', where, canonicalText(json));
    return { number: index + 1, bytes: line, json };
  });
  const [manifest, signature] = [lines.at(-2), lines.at(-1)];
  const entries = entriesOf(manifest?.json?.['manifest']);
  const isEnded = bytes.at(-1) === LINE_FEED && typeof signature?.json?.['signature'] === 'string';
  if (!manifest || !signature || !entries || !isEnded) {
    say('cut-short', 'the end', 'a manifest, a signature and a line feed');
    const { header, sections } = sectionsIn(lines);
    return { header, sections: contents(sections), problems };
  }
  problems.push(...signatureProblems(manifest, signature, key));
  const { header, sections } = sectionsIn(lines.slice(0, -2));
  for (const [name, section] of sections) {
    const entry = entries.find((each) => each.name === name);
    const sum = sumOf(section);
    if (!entry) say('section-added', name);
    else if (entry.sha256 !== sum || entry.lines !== section.length) say('section-changed', name, entry.sha256, sum);
  }
  for (const { name } of entries) if (!sections.has(name)) say('section-missing', name, 'a section', null);
  const [due, found] = [entries.map(({ name }) => name).join(), [...sections.keys()].join()];
  if (due !== found && problems.length === 0) say('section-changed', 'the order of the sections', due, found);
  return { header, sections: contents(sections), problems };
};

const canonicalText = (json: Json): string | null => {
  try {
    return canonical(json);
  } catch {
    return null;
  }
};

const isCanonical = (json: Json, bytes: Uint8Array): boolean => {
  const text = canonicalText(json);
  return text !== null && Buffer.from(text).equals(bytes);
};

const sumOf = (lines: readonly Line[]): string =>
  hash('sha256', Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Uint8Array.of(LINE_FEED)])), 'hex');

const entriesOf = (value: unknown): readonly SectionEntry[] | null =>
  Array.isArray(value) &&
  value.every(
    (entry): entry is SectionEntry =>
      isJson(entry) &&
      typeof entry['name'] === 'string' &&
      typeof entry['lines'] === 'number' &&
      typeof entry['sha256'] === 'string',
  )
    ? value
    : null;

/** The lines of each section with the one that names it; those of a name that comes twice are one section. */
const sectionsIn = (
  lines: readonly Line[],
): { readonly header: Json | null; readonly sections: ReadonlyMap<string, readonly Line[]> } => {
  const sections = new Map<string, Line[]>();
  let current: Line[] = [];
  sections.set(HEADER, current);
  for (const line of lines) {
    const name = line.number === 1 ? undefined : line.json?.['section'];
    if (typeof name === 'string') {
      current = sections.get(name) ?? [];
      sections.set(name, current);
    }
    current.push(line);
  }
  return { header: lines[0]?.json ?? null, sections };
};

/** Without the header, and without the lines that name sections. */
const contents = (sections: ReadonlyMap<string, readonly Line[]>): ReadonlyMap<string, readonly Json[]> =>
  new Map(
    [...sections]
      .filter(([name]) => name !== HEADER)
      .map(([name, lines]) => [name, lines.slice(1).flatMap(({ json }) => (json === null ? [] : [json]))]),
  );

const signatureProblems = (manifest: Line, { number, json }: Line, key: PublicKey): readonly SealProblem[] => {
  const { signature, keyId, publicKey, algorithm } = json ?? {};
  const where = `line ${number}, the signature`;
  const wrong = (expected: string, actual: unknown): readonly SealProblem[] => [
    { kind: 'signature-wrong', where, expected, actual: String(actual) },
  ];
  if (algorithm !== 'Ed25519') return wrong('algorithm Ed25519', algorithm);
  const named = keyNamed(publicKey);
  if (named === null) return wrong('a public key', publicKey);
  if (keyId !== named.keyId) return wrong(`keyId ${named.keyId}`, keyId);
  if (!isSignedBy(named, Buffer.concat([Buffer.from(SIGNED), manifest.bytes]), String(signature)))
    return [
      {
        kind: 'signature-wrong',
        where: `line ${manifest.number}, the manifest`,
        expected: 'as it was signed',
        actual: null,
      },
    ];
  if (named.text === key.text) return [];
  return [{ kind: 'signed-by-another', where, expected: key.keyId, actual: named.keyId }];
};

const keyNamed = (text: unknown): PublicKey | null => {
  try {
    return typeof text === 'string' ? parsePublicKey(text) : null;
  } catch {
    return null;
  }
};
