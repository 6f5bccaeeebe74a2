/** Whether all that is due by an instant has happened and can be read. */
import { setTimeout } from 'node:timers/promises';
import type { Instant } from '@ledger/domain';
import { subscribeAll, type EventStore, type Position } from '@ledger/event-store';
import { accountsDue, PREFIXES, type Projector, type ReadDatabase } from '@ledger/read-models';

const LOOK_MS = 20;

export type Waiting = {
  readonly store: EventStore;
  readonly database: ReadDatabase;
  readonly projector: Projector;
  /** Milliseconds. */
  readonly longest: number;
};

/** How many accounts are still due, as far as can be read; `caughtUp` is false while rows lack events that were there before. */
export type StillDue = { readonly accounts: number; readonly caughtUp: boolean };

/** Waits until nothing is due any more, and not for ever. An account that is set aside is not waited for. */
export const everythingDue = async (until: Instant, waiting: Waiting): Promise<StillDue> => {
  const { store, database, projector, longest } = waiting;
  const end = performance.now() + longest;
  const last = await lastProjectable(store, projector, longest);
  // Rows that lack an earlier event do not know what it armed.
  const caughtUp = last === null || (await projector.progress.reaches(last, end - performance.now()));
  for (;;) {
    const { prompt, settlement } = await accountsDue(database, until);
    const accounts = prompt + settlement;
    if (accounts === 0 || performance.now() >= end) return { accounts, caughtUp };
    await setTimeout(LOOK_MS);
  }
};

/** The last event that rows come from, of those that the store holds now; null when the rows have them all. */
const lastProjectable = async (store: EventStore, projector: Projector, longest: number): Promise<Position | null> => {
  let last: Position | null = null;
  const subscription = subscribeAll({
    store,
    prefixes: PREFIXES,
    checkpoint: () => Promise.resolve(projector.progress.position ?? 'start'),
    handle: ({ events, caughtUp }) => {
      last = events.at(-1)?.position ?? last;
      return Promise.resolve(caughtUp ? 'stop' : undefined);
    },
  });
  const timer = globalThis.setTimeout(() => void subscription.stop(), longest);
  await subscription.ended;
  clearTimeout(timer);
  return last;
};
