import { setImmediate } from 'node:timers/promises';
import { accountStream } from '@ledger/domain';
import { comparePositions, subscribeAll, type Batch, type EventStore, type Position } from '@ledger/event-store';
import type { Checkpoint } from './checkpoint.js';
import { Overtaken } from './lease.js';
import { Pace } from './pace.js';
import { Mismatch, VersionWriter } from './version-writer.js';
import type { Part, Target } from './write-batch.js';

/** Of usage nothing is shown, but receipts name its positions, and readers wait for those. */
export const PREFIXES = [accountStream(''), 'usage-'];

/** Fewer than a projector takes that must catch up: here others are served meanwhile, on the thread that folds. */
const MOST_EVENTS = 100;

export type Filling = {
  readonly store: EventStore;
  readonly storeId: () => Promise<string>;
  readonly target: Target;
  /** Exactly so far, or until what the store held at the beginning is there. */
  readonly until: Position | 'caught-up';
  readonly signal: AbortSignal;
  readonly onWritten: (part: Part, checkpoint: Checkpoint) => void;
};

/**
 * Fills a version from its checkpoint to an end, through every trouble of store and database that passes. Answers the
 * checkpoint then; null when the signal stopped it. Throws `Overtaken` or `Mismatch`.
 */
export const fill = async (filling: Filling): Promise<Checkpoint | null> => {
  const { store, storeId, target, until, signal, onWritten } = filling;
  const pace = new Pace(target.database);
  let writer: VersionWriter | null = null;
  let isThere = false;
  let failed: Error | null = null;
  const subscription = subscribeAll({
    store,
    prefixes: PREFIXES,
    maxBatch: MOST_EVENTS,
    checkpoint: async () => {
      writer = await VersionWriter.begin(target, store, await storeId());
      return writer.position;
    },
    handle: async (batch) => {
      const tables = writer;
      if (tables === null) return 'stop';
      isThere = until !== 'caught-up' && hasReached(tables.position, until);
      if (isThere) return 'stop';
      for (const part of pace.partsOf(upTo(until, batch))) {
        await pace.take(part, () => tables.write(part));
        onWritten(part, tables.checkpoint);
        await setImmediate(); // so that requests are answered between two batches
        if (signal.aborted) return 'stop';
      }
      isThere = until === 'caught-up' ? batch.caughtUp : hasReached(tables.position, until);
      return isThere ? 'stop' : undefined;
    },
    onTrouble: ({ error }) => {
      if (!(error instanceof Overtaken || error instanceof Mismatch)) return;
      failed = error;
      stop();
    },
  });
  const stop = (): void => void subscription.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  await subscription.ended;
  signal.removeEventListener('abort', stop);
  if (failed !== null) throw failed;
  return isThere ? checkpointOf(writer) : null;
};

const checkpointOf = (writer: VersionWriter | null): Checkpoint | null => writer?.checkpoint ?? null;

export const hasReached = (position: Position | 'start', wanted: Position): boolean =>
  position !== 'start' && comparePositions(position, wanted) >= 0;

/** The batch without what lies beyond. */
const upTo = (until: Position | 'caught-up', batch: Batch): Batch => {
  if (until === 'caught-up' || !hasReached(batch.position, until)) return batch;
  const events = batch.events.filter(({ position }) => comparePositions(position, until) <= 0);
  return { ...batch, events, position: until };
};
