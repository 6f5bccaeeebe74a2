/**
 * P-0.7 Before anything is decided for an account at an instant, all that was due by then happens, each at its own
 * instant. A late command, a late clock and two clocks at once all write the same facts; between them the expected
 * revision decides.
 */
import { iso, usageStream } from '@ledger/domain';
import type { AccountEvent, Instant, Timer, UsageEvent } from '@ledger/domain';
import { commit } from './commit.js';
import { clockId } from './fold.js';
import type { Fold } from './fold.js';
import { unavailable } from './interruption.js';
import type { Patience } from './interruption.js';
import type { Origins } from './origins.js';
import type { Rules } from './rules.js';
import type { StreamFolds } from './stream-folds.js';

/** How many usage streams of one settlement are read side by side, so that a month's end leaves room for commands. */
const READS_SIDE_BY_SIDE = 8;

/** The account after what was due, how many appends that took, and the deadlines that they were. */
export type Timely<A> = { readonly account: Fold<A>; readonly appends: number; readonly fired: readonly Timer[] };

export class TimeFirst<A, U> {
  constructor(
    private readonly rules: Rules<A, U>,
    private readonly accounts: StreamFolds<A, AccountEvent>,
    private readonly usage: StreamFolds<U, UsageEvent>,
    private readonly origins: Origins,
  ) {}

  /** One append for each `advance`; on the hot path, where nothing is due, one comparison. */
  async advance(
    accountId: string,
    start: Fold<A>,
    until: Instant,
    patience: Patience,
  ): Promise<Timely<A> | 'conflict'> {
    let account = start;
    const fired: Timer[] = [];
    for (let appends = 0; ; appends += 1) {
      const dueAt = account.state === null ? null : this.rules.nextDueAt(account.state);
      if (account.state === null || dueAt === null || dueAt > until) return { account, appends, fired };
      if (patience.isOver) throw unavailable(`${accountId} is still catching up with ${iso(dueAt)}`);
      const decided = this.rules.advance(account.state, await this.#usageDue(account.state, dueAt));
      const origin = this.origins.ofClock(clockId(accountId, iso(dueAt), account), decided);
      const committed = await commit(this.accounts, account, decided.events, origin, patience);
      if (committed === 'conflict') return committed;
      account = committed.fold;
      fired.push(...(decided.fired ?? []));
    }
  }

  /** The usage that counts in what is due at the instant (P-7.6); streams without any are left out. */
  async #usageDue(account: A, dueAt: Instant): Promise<ReadonlyMap<string, U>> {
    const streams = this.rules.usageDue(account).map(({ appId, month }) => usageStream(appId, month));
    const read = new Map<string, U>();
    for (let first = 0; first < streams.length; first += READS_SIDE_BY_SIDE) {
      const some = streams.slice(first, first + READS_SIDE_BY_SIDE);
      const folds = await Promise.all(some.map((stream) => this.usage.before(stream, dueAt)));
      for (const { stream, state } of folds) if (state !== null) read.set(stream, state);
    }
    return read;
  }
}
