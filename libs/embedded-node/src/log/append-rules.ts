/** The expected revision of a stream that is not there. */
export const NO_STREAM = -1;

/** What the caller says about the stream: a revision, NO_STREAM, `exists`, or nothing at all. */
export type Expected = number | 'any' | 'exists';

/** As much of a stream as the rules look at. */
export type StreamFacts = {
  /** Revision of the last event ever written, deleted or not; NO_STREAM where there is none. */
  readonly lastRevision: number;
  readonly softDeleted: boolean;
  readonly tombstoned: boolean;
};

/** Questions to the log about one stream, asked on retries and for `any` only: the usual append needs no look-up. */
export type KnownIds = {
  readonly idAt: (revision: number) => string | undefined;
  /** Where the event with this id stands; its last place if it was written twice. */
  readonly revisionOf: (id: string) => number | undefined;
};

export type Decision =
  | { readonly is: 'append' | 'wrong-expected-version' | 'stream-deleted' }
  | { readonly is: 'repeated'; readonly lastRevision: number };

const append: Decision = { is: 'append' };
const wrongExpectedVersion: Decision = { is: 'wrong-expected-version' };
const streamDeleted: Decision = { is: 'stream-deleted' };

/**
 * Whether a batch of events (by their ids) may be appended to a stream, has been appended already, or is refused.
 * Ids are compared, data is not. Deleting a stream asks the same question with no ids.
 */
export const decideAppend = (
  expected: Expected,
  ids: readonly string[],
  stream: StreamFacts,
  known: KnownIds,
): Decision => {
  if (stream.tombstoned) return streamDeleted;
  if (expected === 'exists' && stream.softDeleted) return streamDeleted;
  if (expected === 'exists' && stream.lastRevision === NO_STREAM) return wrongExpectedVersion;
  if (expected === 'any' || expected === 'exists') return decideByIds(ids, known);
  if (expected > stream.lastRevision) return wrongExpectedVersion;
  if (expected === stream.lastRevision) return append;
  return decideRepetition(expected, ids, stream, known);
};

/** Without an exact revision only the ids can tell a retry from a new batch. */
const decideByIds = (ids: readonly string[], known: KnownIds): Decision => {
  let lastRevision: number | undefined;
  for (const [index, id] of ids.entries()) {
    const revision = known.revisionOf(id);
    if (revision === undefined) return index === 0 ? append : wrongExpectedVersion;
    lastRevision = revision;
  }
  return lastRevision === undefined ? append : { is: 'repeated', lastRevision };
};

/** The stream has moved on since `expected`: a retry finds its own ids there, anybody else comes too late. */
const decideRepetition = (expected: number, ids: readonly string[], stream: StreamFacts, known: KnownIds): Decision => {
  const first = ids[0];
  if (first === undefined || known.idAt(expected + 1) !== first) {
    // A deleted stream counts as absent, so it may be begun again; its revisions go on.
    return expected === NO_STREAM && stream.softDeleted ? append : wrongExpectedVersion;
  }
  const same = ids.every((id, index) => known.idAt(expected + 1 + index) === id);
  return same ? { is: 'repeated', lastRevision: expected + ids.length } : wrongExpectedVersion;
};
