/**
 * A file that proves itself: lines of canonical JSON (RFC 8785), in named sections, then a manifest with the hash of each
 * section, then a signature of the manifest. docs/evidence-bundle.md
 *
 * The manifest comes last, so that a long file is written as it is read, and one that was cut short has none.
 */
import { createHash } from 'node:crypto';
import { canonical } from '@ledger/event-store';
import type { SigningKey } from './keys.js';

/** What is signed begins with it, so that a signature of one format is none of another. */
export const SIGNED = 'ledger sealed file 1\n';

export type SectionEntry = { readonly name: string; readonly lines: number; readonly sha256: string };

export type Section = { readonly name: string; readonly lines: AsyncIterable<object> | Iterable<object> };

/** The first line is a section too, of this name. */
export const HEADER = 'header';

/** Every line with its line feed. Throws what the sections throw: the file then has no end. */
export async function* sealedLines(
  header: object,
  sections: AsyncIterable<Section>,
  key: SigningKey,
): AsyncGenerator<string, void, undefined> {
  const entries: SectionEntry[] = [];
  const sum = (name: string): { readonly line: (value: object) => string; readonly end: () => void } => {
    const hash = createHash('sha256');
    let lines = 0;
    return {
      line: (value) => {
        const text = `${canonical(value)}\n`;
        hash.update(text);
        lines += 1;
        return text;
      },
      end: () => void entries.push({ name, lines, sha256: hash.digest('hex') }),
    };
  };
  const first = sum(HEADER);
  yield first.line(header);
  first.end();
  for await (const { name, lines } of sections) {
    const section = sum(name);
    yield section.line({ section: name });
    for await (const line of lines) yield section.line(line);
    section.end();
  }
  const manifest = canonical({ manifest: entries });
  yield `${manifest}\n`;
  const { publicKey, sign } = key;
  const signature = sign(Buffer.from(SIGNED + manifest));
  yield `${canonical({ signature, keyId: publicKey.keyId, publicKey: publicKey.text, algorithm: 'Ed25519' })}\n`;
}
