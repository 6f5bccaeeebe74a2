/**
 * A bundle proved by itself: the seal, the chains, every append decided again, the price books against our own, the state
 * against the fold. No network, no data folder, no clock.
 */
import { accountStream, bookOf, parseInstant, type Account, type Instant, type PriceBook } from '@ledger/domain';
import { canonical, isRevision, type RecordedEvent } from '@ledger/event-store';
import type { ReadStream } from './account-outline.js';
import { bookLines, bookSection, BUNDLE_FORMAT, STATE, streamSection } from './bundle.js';
import { shown, type Finding } from './finding.js';
import { firstDifference } from './first-difference.js';
import type { PublicKey } from './keys.js';
import { readSealedFile, type Json, type SealProblem } from './read-sealed-file.js';
import { stateView } from './state-view.js';
import { verifyAccount, type Verified } from './verify-account.js';

export type BundleProblemKind =
  | SealProblem['kind']
  /** The first line is not that of a bundle this program knows. */
  | 'unknown-format'
  /** A line of a stream is no event. */
  | 'not-an-event'
  /** A row of a price book is not what this program has under the same id and revision. */
  | 'price-book-differs'
  /** The state in the bundle is not what its streams lead to. */
  | 'state-differs';

export type BundleProblem = Omit<SealProblem, 'kind'> & { readonly kind: BundleProblemKind };

export type BundleVerdict = {
  readonly accountId: string | null;
  readonly madeAt: string | null;
  readonly problems: readonly BundleProblem[];
  readonly findings: readonly Finding[];
  readonly decidedAgain: number;
  readonly byOtherRules: Verified['byOtherRules'];
  /** What the streams of the bundle lead to, as the service showed it at `madeAt`; null where nothing can be folded. */
  readonly state: object | null;
};

/** Never throws: a file that is no bundle at all has problems, and that is all. */
export const verifyBundle = async (bytes: Uint8Array, key: PublicKey): Promise<BundleVerdict> => {
  const { header, sections, problems: sealProblems } = readSealedFile(bytes, key);
  const problems: BundleProblem[] = [...sealProblems];
  const { format, accountId, madeAt } = header ?? {};
  const at = typeof madeAt === 'string' ? parseInstant(madeAt) : null;
  if (format !== BUNDLE_FORMAT || typeof accountId !== 'string' || typeof madeAt !== 'string' || at === null) {
    problems.push({ kind: 'unknown-format', where: 'line 1', expected: BUNDLE_FORMAT, actual: shown(format) });
    return { accountId: null, madeAt: null, problems, findings: [], decidedAgain: 0, byOtherRules: [], state: null };
  }
  const streams = new Map<string, readonly RecordedEvent[]>();
  for (const [name, lines] of sections)
    if (name.startsWith(streamSection(''))) {
      const stream = name.slice(streamSection('').length);
      streams.set(stream, eventsOf(stream, lines, problems));
    }
  problems.push(...bookProblems(sections));
  const read: ReadStream = async function* (stream) {
    yield* streams.get(stream) ?? [];
  };
  const { account, findings, decidedAgain, byOtherRules } = await verifyAccount(read, accountId, at);
  const isReadable = account !== null && findings.every(({ kind }) => kind !== 'unreadable');
  const state = isReadable ? viewed(account, at) : null;
  problems.push(...stateProblems(sections.get(STATE), state));
  if (!streams.has(accountStream(accountId)))
    problems.push({ kind: 'section-missing', where: accountStream(accountId), expected: 'its events', actual: null });
  return { accountId, madeAt, problems, findings, decidedAgain, byOtherRules, state };
};

/** Null where the fold has fields that no event of ours would have given it. */
const viewed = (account: Account, at: Instant): object | null => {
  try {
    return stateView(account, at);
  } catch {
    return null;
  }
};

export const isProved = ({ problems, findings }: BundleVerdict): boolean => problems.length + findings.length === 0;

const eventsOf = (stream: string, lines: readonly Json[], problems: BundleProblem[]): readonly RecordedEvent[] =>
  lines.flatMap(({ revision, id, type, data, metadata }, index) => {
    if (isRevision(revision) && typeof id === 'string' && typeof type === 'string')
      return [{ stream, revision: BigInt(revision), position: { commit: 0n, prepare: 0n }, id, type, data, metadata }];
    problems.push({ kind: 'not-an-event', where: `${stream}, event ${index + 1}`, expected: 'an event', actual: null });
    return [];
  });

/** A book that this program does not have in that revision can only be held to the manifest. */
const bookProblems = (sections: ReadonlyMap<string, readonly Json[]>): readonly BundleProblem[] =>
  [...sections].flatMap(([name, lines]) => {
    const ours = ourBook(name);
    if (!ours) return [];
    const expected = [...bookLines(ours)].map((line) => JSON.parse(canonical(line)) as unknown);
    const difference = firstDifference(expected, lines);
    if (!difference) return [];
    const row = rowName(lines[Number(difference.path.split('.')[0])]);
    const where = [name, row, difference.path].filter((part) => part !== '').join(', ');
    return [
      { kind: 'price-book-differs', where, expected: shown(difference.expected), actual: shown(difference.actual) },
    ];
  });

const ourBook = (section: string): PriceBook | null => {
  const [, id = ''] = /^price-book (.+)@\d+$/.exec(section) ?? [];
  const book = bookOf(id);
  return book && bookSection(book) === section ? book : null;
};

/** `package standard`, where the line is one of a package. */
const rowName = (line: Json | undefined): string => {
  const [[kind, row] = ['', null]] = Object.entries(line ?? {});
  const { id, meter } = Object(row) as { readonly id?: unknown; readonly meter?: unknown };
  return [kind, id ?? meter].filter((part) => typeof part === 'string').join(' ');
};

/** A view of today has perhaps more fields than one of the day a bundle was made: those that were told are compared. */
const asFarAs = (told: unknown, now: unknown): unknown => {
  if (Array.isArray(told) && Array.isArray(now)) return now.map((item, index) => asFarAs(told[index], item));
  if (!isObject(told) || !isObject(now)) return now;
  const fields = Object.entries(now).filter(([name]) => Object.hasOwn(told, name));
  return Object.fromEntries(fields.map(([name, value]) => [name, asFarAs(told[name], value)]));
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const stateProblems = (section: readonly Json[] | undefined, state: object | null): readonly BundleProblem[] => {
  const folded = state === null ? null : (JSON.parse(canonical(state)) as unknown);
  const told = (section ?? []).map((line) => line['state']);
  const difference = firstDifference(asFarAs(told, [folded]), told);
  if (!difference) return [];
  const { path, expected, actual } = difference;
  return [{ kind: 'state-differs', where: `${STATE} ${path}`, expected: shown(expected), actual: shown(actual) }];
};
