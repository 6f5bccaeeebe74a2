/**
 * All that the ledger asks of an event store. Thin, so that changing the client is changing one file.
 *
 * Revisions and positions are bigint inside and strings outside: both can pass 2^53.
 */
import type { JsonObject } from './json.js';

/** A place in the store's log. Opaque and sparse; only the order means something. */
export type Position = { readonly commit: bigint; readonly prepare: bigint };

export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
};

/** An event as it stands in the store; what data and metadata hold is the codec's to check. */
export type RecordedEvent = {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
};

export type ExpectedRevision = bigint | 'no-stream' | 'any';

/** Only the named answers say that nothing was appended; `unclear` says nothing at all, and only the retry tells. */
export type AppendResult =
  /**
   * Revision and position of the last event; of an append that was there already, not every server says the position.
   */
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: Position | null }
  | { readonly kind: 'wrong-expected'; readonly actual: bigint | 'no-stream' }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'access-denied' }
  | { readonly kind: 'bad-request'; readonly reason: string }
  | { readonly kind: 'unclear'; readonly reason: string };

export type ReadOptions = {
  /** Inclusive, in both directions; without it from the first or, backwards, from the last event. */
  readonly from?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
  /** Followers answer stale: whoever decides on what is read asks the leader. */
  readonly requiresLeader: boolean;
};

export type SubscribeOptions = {
  /** Of stream names; an event of any other stream is not delivered. */
  readonly prefixes: readonly string[];
  /** Exclusive: the position of the last event, or of the last checkpoint, that was handled. */
  readonly from: Position | 'start';
  readonly maxBatch?: number;
  /** How long a batch that is not full waits for more. */
  readonly lingerMs?: number;
  /** Ends the iteration, promptly and without an error. */
  readonly signal: AbortSignal;
};

/**
 * Events in the order of the log; everything up to `position` was considered. Without events it is a checkpoint, or
 * says that we caught up.
 */
export type Batch = {
  readonly events: readonly RecordedEvent[];
  readonly position: Position | 'start';
  /** Whether the subscription has been through with what there was when it began. */
  readonly caughtUp: boolean;
};

/** Why the store could not be asked. `unavailable` passes by itself; the others need somebody. */
export type StoreFailure = 'unavailable' | 'stream-deleted' | 'access-denied' | 'bad-request';

/** The only exception of the port: reads and subscriptions that cannot be answered. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly failure: StoreFailure,
    message: string,
  ) {
    super(message);
  }
}

export interface EventStore {
  /** Never throws for what the store or the way to it does. */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;
  /** The events of a stream; none where it is missing or soft-deleted. Throws a StoreError. */
  read(stream: string, options: ReadOptions): AsyncIterable<RecordedEvent>;
  /** One subscription to `$all`, up to its end. Throws a StoreError when it breaks: it never resumes by itself. */
  subscribe(options: SubscribeOptions): AsyncIterable<Batch>;
  /** The position of the last event of all, whichever its stream is; null in an empty store. Throws a StoreError. */
  head(): Promise<Position | null>;
  /** Soft: the stream may begin anew. An absent stream is no error. Throws a StoreError. */
  deleteStream(stream: string): Promise<void>;
  close(): Promise<void>;
}

/** `commit/prepare`, as receipts and checkpoints give it. */
export const positionText = ({ commit, prepare }: Position): string => `${commit}/${prepare}`;

export const parsePosition = (text: string): Position | null => {
  const [, commit, prepare] = /^(\d{1,20})\/(\d{1,20})$/.exec(text) ?? [];
  return commit === undefined || prepare === undefined ? null : { commit: BigInt(commit), prepare: BigInt(prepare) };
};

export const comparePositions = (a: Position, b: Position): -1 | 0 | 1 => {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
};
