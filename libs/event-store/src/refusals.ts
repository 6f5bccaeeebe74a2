/**
 * Who asked for what and why it did not happen, in `refusals-{accountId}`. Evidence, not state: no answer waits for it,
 * and under a flood of refusals the latest are dropped rather than the commands behind them slowed.
 */
import { iso, refusalsStream } from '@ledger/domain';
import type { Clause, Command, Details, Instant } from '@ledger/domain';
import { LRUCache } from 'lru-cache';
import { REFUSAL_EVENTS } from './catalogue.js';
import type { CommandRefused } from './catalogue.js';
import { emptyFold } from './fold.js';
import { limitStream } from './limit-stream.js';
import { askedCommand } from './metadata.js';
import type { Actor } from './outcome.js';
import type { EventStore } from './port.js';
import { seal } from './seal.js';
import type { Origin } from './seal.js';

const KEPT = 1000;
const WAITING = 1000;

/** Why: a refusal of the rules, or something that no clause forbids, like a role that may not. */
export type Why = { readonly refusal: string; readonly clause: Clause | null; readonly details: Details };

/** `accountId` is null where the account is unknown, or the asker is not even to know whether it is. */
export type Refusal = Why & { readonly accountId: string | null; readonly command: Command };

export class Refusals {
  readonly #limited = new LRUCache<string, true>({ max: 10_000 });
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(private readonly store: EventStore) {}

  record(refusal: Refusal, at: Instant, origin: Origin): void {
    if (this.#waiting >= WAITING) return;
    this.#waiting += 1;
    this.#last = this.#last
      .then(() => this.#append(refusal, at, origin))
      .catch(() => undefined)
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Resolves when what was recorded so far is written, or lost. */
  settled(): Promise<void> {
    return this.#last;
  }

  async #append(refusal: Refusal, at: Instant, origin: Origin): Promise<void> {
    const stream = refusalsStream(refusal.accountId);
    if (!this.#limited.has(stream)) {
      await limitStream(this.store, stream, KEPT);
      this.#limited.set(stream, true);
    }
    const event = refused(refusal, at, origin.actor);
    const sealed = seal(REFUSAL_EVENTS, false, emptyFold(stream), [event], origin);
    await this.store.append(
      stream,
      sealed.map(({ stored }) => stored),
      'any',
    );
  }
}

const refused = (
  { accountId, command, refusal, clause, details }: Refusal,
  at: Instant,
  actor: Actor,
): CommandRefused => ({
  type: 'CommandRefused',
  effectiveAt: iso(at),
  accountId,
  command: askedCommand(command),
  refusal,
  clause,
  details,
  actor,
});
