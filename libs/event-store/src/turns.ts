/** Whose turn it is on an account, how long that may take, and how an error becomes an answer. */
import { backoff, pause } from './in-time.js';
import { Patience, outcomeOf, unavailable } from './interruption.js';
import { KeyedQueue } from './keyed-queue.js';
import type { Contention, Quarantined, Unavailable } from './outcome.js';
import { StoreError } from './port.js';

/** Why a command is decided again: somebody else wrote, or the kept state must not answer. */
export type Again = 'conflict' | 'stale';

export type Bounds = {
  /** Milliseconds after which a command is answered `unavailable`, its wait in the queue included. */
  readonly patience: number;
  /** How often a command is decided again because somebody else wrote first. */
  readonly conflicts: number;
};

export class Turns {
  readonly #queue = new KeyedQueue();

  constructor(
    private readonly bounds: Bounds,
    /** What is kept of the account is not to be trusted any more. */
    private readonly distrust: (accountId: string) => void,
  ) {}

  /** Decides again while somebody else was there first, and not for ever. The kept state is trusted once. */
  untilDecided<T extends object>(
    accountId: string,
    decide: (patience: Patience, trust: boolean) => Promise<T | Again>,
  ): Promise<T | Contention | Unavailable | Quarantined> {
    return this.one<T | Contention>(accountId, async (patience) => {
      let trust = true;
      for (let conflicts = 0; conflicts <= this.bounds.conflicts;) {
        const answer = await decide(patience, trust);
        if (answer !== 'conflict' && answer !== 'stale') return answer;
        trust = false;
        if (answer === 'stale') continue;
        conflicts += 1;
        await pause(backoff(conflicts, 1, 50));
        if (patience.isOver) break;
      }
      return { kind: 'contention' };
    });
  }

  /** One task at a time for each account. An error that is no answer is a bug, and goes on as one. */
  one<T>(accountId: string, task: (patience: Patience) => Promise<T>): Promise<T | Unavailable | Quarantined> {
    const patience = new Patience(this.bounds.patience);
    return this.#queue.run(accountId, async () => {
      try {
        if (patience.isOver) throw unavailable('no turn in time');
        return await whileAway(task, patience);
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome !== null) return outcome;
        this.distrust(accountId);
        throw error;
      }
    });
  }
}

/** A store that cannot be read now may be there again in a second: another leader, a restart. What was appended is found by its ids. */
const whileAway = async <T>(task: (patience: Patience) => Promise<T>, patience: Patience): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await task(patience);
    } catch (error) {
      const isAway = error instanceof StoreError && error.failure === 'unavailable';
      if (!isAway || patience.isOver) throw error;
      await pause(backoff(attempt, 50, 1000));
    }
  }
};
