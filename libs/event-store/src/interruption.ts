/**
 * What ends a command without a decision, from however deep in a read or an append. Caught in one place, where it
 * becomes the answer.
 */
import type { Quarantined, Unavailable, UnreadableEvent } from './outcome.js';
import { StoreError } from './port.js';

export class Interruption extends Error {
  override readonly name = 'Interruption';
  constructor(readonly outcome: Unavailable | Quarantined) {
    super(outcome.kind);
  }
}

export const unavailable = (reason: string): Interruption => new Interruption({ kind: 'unavailable', reason });

export const quarantined = (unreadable: UnreadableEvent): Interruption =>
  new Interruption({ kind: 'quarantined', unreadable });

/** The answer that an error stands for; null when it is a bug. */
export const outcomeOf = (error: unknown): Unavailable | Quarantined | null => {
  if (error instanceof Interruption) return error.outcome;
  if (error instanceof StoreError) return { kind: 'unavailable', reason: `${error.failure}: ${error.message}` };
  return null;
};

/**
 * How long a command may take in all, waiting in the queue included. Counted on the monotonic clock, not on the
 * ledger's.
 */
export class Patience {
  readonly #end: number;

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }
}
