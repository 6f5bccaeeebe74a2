/** What a batch of events does to the accounts it is about: the domain's fold, in memory. */
import { accountStream, evolve, type AccountEvent } from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type RecordedEvent, type UnreadableEvent } from '@ledger/event-store';
import { billLineRows, billWith, type NewLine } from './bill-rows.js';
import { ordersAfter, ordersChangedBy } from './order-rows.js';
import type { Folded } from './rows.js';
import type { BillRow, OrderRow } from './tables.js';
import { timersChangedBy, type NewTimerRow } from './timer-rows.js';

const PREFIX = accountStream('');

/** The account that an event happened to; null for an event of another kind of stream. */
export const accountOf = ({ stream }: RecordedEvent): string | null =>
  stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : null;

export const accountsOf = (events: readonly RecordedEvent[]): readonly string[] => [
  ...new Set(events.map(accountOf).filter((accountId) => accountId !== null)),
];

/** What is known of the accounts of a batch: their states, and which of them have an event that cannot be read. */
export type Known = {
  readonly states: ReadonlyMap<string, Folded>;
  readonly quarantined: ReadonlySet<string>;
  /** Those that `touchedBy` names. */
  readonly orders: ReadonlyMap<string, OrderRow>;
  readonly bills: ReadonlyMap<string, BillRow>;
};

export type Changes = {
  readonly states: ReadonlyMap<string, Folded>;
  readonly orders: ReadonlyMap<string, OrderRow>;
  readonly bills: ReadonlyMap<string, BillRow>;
  readonly lines: readonly NewLine[];
  /** Of each account, by their ids: what became of them in the end; null of those that are gone. */
  readonly timers: ReadonlyMap<string, ReadonlyMap<string, NewTimerRow | null>>;
  readonly unreadable: ReadonlyMap<string, UnreadableEvent>;
};

export type Touched = { readonly orders: readonly string[]; readonly bills: readonly string[] };

/** The rows that events change and that the state does not hold. */
export const touchedBy = (events: readonly RecordedEvent[]): Touched => {
  const orders: string[] = [];
  const bills: string[] = [];
  for (const recorded of events) {
    if (!['Upgraded', 'Refunded', 'BillIssued'].includes(recorded.type)) continue;
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') continue;
    orders.push(...ordersChangedBy(decoded.event));
    if (decoded.event.type === 'BillIssued') bills.push(decoded.event.billId);
  }
  return { orders, bills };
};

/** An account stops at its first event that cannot be read; all others go on. */
export const foldBatch = (events: readonly RecordedEvent[], known: Known): Changes => {
  const changes = new Gathered(known);
  for (const recorded of events) {
    const accountId = accountOf(recorded);
    if (accountId === null || known.quarantined.has(accountId) || changes.unreadable.has(accountId)) continue;
    const before = changes.states.get(accountId) ?? known.states.get(accountId) ?? null;
    const next = folded(before, recorded);
    if (next === null) continue;
    if (next.kind === 'unreadable') changes.unreadable.set(accountId, next);
    else changes.add(accountId, before, next);
  }
  return changes;
};

class Gathered implements Changes {
  readonly states = new Map<string, Folded>();
  readonly orders = new Map<string, OrderRow>();
  readonly bills = new Map<string, BillRow>();
  readonly lines: NewLine[] = [];
  readonly timers = new Map<string, Map<string, NewTimerRow | null>>();
  readonly unreadable = new Map<string, UnreadableEvent>();
  readonly #orders: Map<string, OrderRow>;

  constructor(private readonly known: Known) {
    this.#orders = new Map(known.orders);
  }

  add(accountId: string, before: Folded | null, { state, event }: Pick<NextState, 'state' | 'event'>): void {
    this.states.set(accountId, state);
    const timers = this.timers.get(accountId) ?? new Map<string, NewTimerRow | null>();
    const arming = { revision: state.revision, type: event.type };
    for (const [id, row] of timersChangedBy(before?.account ?? null, state.account, arming)) timers.set(id, row);
    this.timers.set(accountId, timers);
    for (const row of ordersAfter(event, state.account, this.#orders)) {
      this.#orders.set(row.order_id, row);
      this.orders.set(row.order_id, row);
    }
    if (event.type !== 'BillIssued') return;
    const earlier = this.bills.get(event.billId) ?? this.known.bills.get(event.billId);
    this.lines.push(...billLineRows(event, earlier?.lines ?? 0));
    this.bills.set(event.billId, billWith(earlier, event));
  }
}

type NextState = { readonly kind: 'folded'; readonly state: Folded; readonly event: AccountEvent };
type Next = NextState | UnreadableEvent;

/** The state after one event; null when the state has it already, which a second reading of the stream brings about. */
const folded = (before: Folded | null, recorded: RecordedEvent): Next | null => {
  const { stream, revision, type } = recorded;
  const unreadable = (reason: string): UnreadableEvent => ({ kind: 'unreadable', stream, revision, type, reason });
  const expected = before === null ? 0n : before.revision + 1n;
  if (revision < expected) return null;
  if (revision > expected) return unreadable(`revision ${expected} is missing before it`);
  const decoded = decode(ACCOUNT_EVENTS, recorded);
  if (decoded.kind === 'unreadable') return decoded;
  const { chain } = decoded.metadata;
  if (chain === undefined) return unreadable('no chain in its metadata');
  const { event } = decoded;
  try {
    return { kind: 'folded', state: { account: evolve(before?.account ?? null, event), revision, chain }, event };
  } catch (error) {
    return unreadable(`the fold failed: ${String(error)}`);
  }
};
