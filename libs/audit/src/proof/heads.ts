/**
 * Where every stream stood at one time, signed: what was cut off or written anew afterwards is found by comparing. Chains say
 * that nothing before a stream's end was changed; only a list of ends says that nothing was taken from them.
 */
import { iso, type Instant } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import type { StreamHead } from './account-outline.js';
import type { PublicKey, SigningKey } from './keys.js';
import { readSealedFile, type SealProblem } from './read-sealed-file.js';
import { sealedLines } from './sealed-file.js';

export const HEADS_FORMAT = 'ledger-heads/1';
const HEADS = 'heads';

/** The streams that have a chain. */
const PREFIXES = ['account-', 'usage-', 'claim-'] as const;

/** One pass through the log up to where it ends now; some 200 bytes of memory a stream. Throws a StoreError. */
export const headsOf = async (store: EventStore, signal: AbortSignal): Promise<readonly StreamHead[]> => {
  const heads = new Map<string, StreamHead>();
  const last = (await store.head())?.commit;
  if (last === undefined) return [];
  const end = new AbortController();
  const either = AbortSignal.any([signal, end.signal]);
  try {
    for await (const batch of store.subscribe({ prefixes: PREFIXES, from: 'start', signal: either })) {
      for (const { stream, revision, metadata } of batch.events)
        heads.set(stream, { stream, revision: String(revision), chain: chainIn(metadata) });
      if (batch.caughtUp || (batch.position !== 'start' && batch.position.commit >= last)) break;
    }
  } finally {
    end.abort();
  }
  signal.throwIfAborted();
  return [...heads.values()].toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
};

const chainIn = (metadata: unknown): string => {
  const { chain }: { readonly chain?: unknown } = Object(metadata);
  return typeof chain === 'string' ? chain : '';
};

export const headsFile = (
  heads: readonly StreamHead[],
  { storeId, at, key }: { readonly storeId: string | null; readonly at: Instant; readonly key: SigningKey },
): AsyncIterable<string> => {
  const header = { format: HEADS_FORMAT, storeId, madeAt: iso(at) };
  return sealedLines(header, one(heads), key);
};

async function* one(lines: readonly StreamHead[]): AsyncGenerator<{ name: string; lines: readonly StreamHead[] }> {
  yield { name: HEADS, lines };
}

export type HeadsRead = {
  readonly storeId: string | null;
  readonly madeAt: string | null;
  readonly heads: readonly StreamHead[];
  readonly problems: readonly (Omit<SealProblem, 'kind'> & { readonly kind: SealProblem['kind'] | 'unknown-format' })[];
};

/** A list made earlier, held to its seal. Never throws. */
export const readHeadsFile = (bytes: Uint8Array, key: PublicKey): HeadsRead => {
  const { header, sections, problems } = readSealedFile(bytes, key);
  const { format, storeId, madeAt } = header ?? {};
  const isOurs = format === HEADS_FORMAT;
  return {
    storeId: typeof storeId === 'string' ? storeId : null,
    madeAt: typeof madeAt === 'string' ? madeAt : null,
    heads: (isOurs ? (sections.get(HEADS) ?? []) : []).flatMap(({ stream, revision, chain }) =>
      typeof stream === 'string' && typeof revision === 'string' && typeof chain === 'string'
        ? [{ stream, revision, chain }]
        : [],
    ),
    problems: isOurs
      ? problems
      : [...problems, { kind: 'unknown-format', where: 'line 1', expected: HEADS_FORMAT, actual: String(format) }],
  };
};

export type HeadDifference = {
  /** `cut`: the stream ends before it did. `rewritten`: another event stands where it ended. */
  readonly kind: 'cut' | 'rewritten';
  readonly stream: string;
  readonly revision: string;
  readonly expected: string;
  readonly actual: string | null;
};

/** What became of a stream since: null where it stands as it did, however much has come after. Throws a StoreError. */
export const compareHead = async (
  store: EventStore,
  { stream, revision, chain }: StreamHead,
): Promise<HeadDifference | null> => {
  for await (const recorded of store.read(stream, { from: BigInt(revision), limit: 1, requiresLeader: true })) {
    const actual = chainIn(recorded.metadata);
    if (String(recorded.revision) === revision && actual === chain) return null;
    return { kind: 'rewritten', stream, revision, expected: chain, actual };
  }
  return { kind: 'cut', stream, revision, expected: chain, actual: null };
};
