/**
 * A decision being written: its events so far, and the state as they leave it, so that each rule of a chain sees what the
 * one before did. A top-up, the end of arrears, the apps that serve again and the renewals it pays are one append.
 */
import type { Account } from './accounts/account.js';
import { iso, type Instant } from './calendar.js';
import type { Clause, Decided, ItemResult } from './decision.js';
import type { AccountEvent } from './events.js';
import { evolve } from './evolve.js';

type Unstamped<E> = E extends AccountEvent ? Omit<E, 'accountId' | 'effectiveAt'> : never;

export class Draft {
  private readonly events: AccountEvent[] = [];
  private readonly clauses = new Set<Clause>();

  private readonly effectiveAt: string;

  constructor(
    private state: Account,
    readonly at: Instant,
  ) {
    this.effectiveAt = iso(at);
  }

  get account(): Account {
    return this.state;
  }

  get length(): number {
    return this.events.length;
  }

  add(event: Unstamped<AccountEvent>, ...clauses: readonly Clause[]): this {
    const stamped = { ...event, accountId: this.state.accountId, effectiveAt: this.effectiveAt } as AccountEvent;
    this.events.push(stamped);
    this.state = evolve(this.state, stamped);
    for (const clause of clauses) this.clauses.add(clause);
    return this;
  }

  decided(items?: readonly ItemResult[]): Decided<AccountEvent> {
    return { events: this.events, clauses: [...this.clauses], ...(items && { items }), after: this.state };
  }
}
