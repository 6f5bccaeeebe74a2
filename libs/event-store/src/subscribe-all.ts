/**
 * A subscription that goes on by itself: whatever breaks, the store or the reader, it begins again at the reader's
 * checkpoint.
 */
import { backoff, pause } from './in-time.js';
import type { Batch, EventStore, Position, SubscribeOptions } from './port.js';

export type Trouble = { readonly error: unknown; readonly attempt: number; readonly retryInMs: number };

export type SubscribeAllOptions = Pick<SubscribeOptions, 'prefixes' | 'maxBatch' | 'lingerMs'> & {
  readonly store: EventStore;
  /** Where the reader stands, asked at each beginning: only the reader knows what it has kept. */
  readonly checkpoint: () => Promise<Position | 'start'>;
  /** The next batch waits for this one. `stop` ends the subscription: somebody else has taken over. */
  readonly handle: (batch: Batch) => Promise<void | 'stop'>;
  readonly onTrouble?: (trouble: Trouble) => void;
  readonly retryMs?: { readonly first: number; readonly most: number };
};

export type RunningSubscription = {
  /**
   * Resolves when nothing is handled any more: the batch at hand is finished, no other begun. Not to be awaited by
   * `handle`.
   */
  readonly stop: () => Promise<void>;
  /** Resolves at the end, however it came; never rejects. */
  readonly ended: Promise<void>;
};

export const subscribeAll = (options: SubscribeAllOptions): RunningSubscription => {
  const end = new AbortController();
  const ended = run(options, end.signal);
  return {
    ended,
    stop: () => {
      end.abort();
      return ended;
    },
  };
};

const run = async (options: SubscribeAllOptions, signal: AbortSignal): Promise<void> => {
  const { onTrouble, retryMs = { first: 50, most: 5000 } } = options;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      const stopped = await follow(options, signal, () => {
        attempt = 0;
      });
      if (stopped) return;
    } catch (error) {
      if (signal.aborted) return;
      const retryInMs = backoff(attempt, retryMs.first, retryMs.most);
      onTrouble?.({ error, attempt, retryInMs });
      await pause(retryInMs, signal);
    }
  }
};

/** True when the reader has had enough. Each batch handled says that things work again. */
const follow = async (
  { store, prefixes, checkpoint, handle, maxBatch, lingerMs }: SubscribeAllOptions,
  signal: AbortSignal,
  works: () => void,
): Promise<boolean> => {
  const from = await checkpoint();
  const sizes = { ...(maxBatch === undefined ? {} : { maxBatch }), ...(lingerMs === undefined ? {} : { lingerMs }) };
  for await (const batch of store.subscribe({ prefixes, from, signal, ...sizes })) {
    if ((await handle(batch)) === 'stop') return true;
    works();
  }
  return false;
};
