/**
 * The movements of a wallet with the balances after each. Balances are nowhere in the stream: they are folded up to where
 * a page begins, from the projector's state where that is not too new, and remembered for the page that comes next.
 */
import {
  accountStream,
  balanceAfter,
  balanceBefore,
  movementOf,
  type AccountEvent,
  type Movement,
  type Split,
} from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type EventStore, type RecordedEvent } from '@ledger/event-store';
import { LRUCache } from 'lru-cache';
import { quarantined } from './quarantined.js';
import { streamPage, type PageAsked, type StreamPage } from './stream-page.js';
import type { JournalEntryDto } from './streams.answers.dto.js';

const EMPTY: Split = { gift: '0.00', cash: '0.00' };

/** What a wallet held after the event at `revision`. */
export type KnownBalance = { readonly revision: bigint; readonly balance: Split };

type Moved = { readonly recorded: RecordedEvent; readonly event: AccountEvent; readonly movement: Movement };

export class Journal {
  readonly #balances = new LRUCache<string, Split>({ max: 10_000 });

  constructor(
    private readonly store: EventStore,
    /** A balance that is known without the store; null when there is none. */
    private readonly known: (accountId: string) => Promise<KnownBalance | null>,
  ) {}

  /** Throws a StoreError. */
  async page(accountId: string, asked: PageAsked): Promise<StreamPage<JournalEntryDto>> {
    const stream = accountStream(accountId);
    const { items, next } = await streamPage(this.store, stream, asked, (recorded) => {
      const event = decoded(recorded);
      const movement = movementOf(event);
      return movement && { recorded, event, movement };
    });
    const [first] = items;
    if (!first) return { items: [], next };
    const backwards = asked.order === 'newest-first';
    // Going back, what is remembered is the balance before a page; going on, the one after it: the next page's beginning.
    const begins = backwards ? first.recorded.revision : first.recorded.revision - 1n;
    let balance = await this.#balanceAt(accountId, begins, asked.after === null ? null : edge(asked.after, backwards));
    const entries = items.map((item) => {
      const before = balance;
      balance = backwards ? balanceBefore(before, item.movement) : balanceAfter(before, item.movement);
      return entry(item, backwards ? before : balance);
    });
    if (next !== null) this.#balances.set(keyOf(accountId, edge(next, backwards)), balance);
    return { items: entries, next };
  }

  /** `remembered` is a revision between which and `revision` nothing has moved. */
  async #balanceAt(accountId: string, revision: bigint, remembered: bigint | null): Promise<Split> {
    const kept = remembered === null ? undefined : this.#balances.get(keyOf(accountId, remembered));
    if (kept) return kept;
    const known = await this.known(accountId);
    const start = known && known.revision <= revision ? known : { revision: -1n, balance: EMPTY };
    let { balance } = start;
    if (start.revision === revision) return balance;
    const from = start.revision + 1n;
    for await (const recorded of this.store.read(accountStream(accountId), { from, requiresLeader: true })) {
      if (recorded.revision > revision) break;
      const movement = movementOf(decoded(recorded));
      if (movement) balance = balanceAfter(balance, movement);
    }
    return balance;
  }
}

/** The last event whose movement is in the balance where a page goes on: `after` itself, or the one before it. */
const edge = (after: bigint, backwards: boolean): bigint => (backwards ? after - 1n : after);

const keyOf = (accountId: string, revision: bigint): string => `${accountId}/${revision}`;

const decoded = (recorded: RecordedEvent): AccountEvent => {
  const found = decode(ACCOUNT_EVENTS, recorded);
  if (found.kind === 'unreadable') throw quarantined(found);
  return found.event;
};

const entry = ({ recorded, event, movement }: Moved, { gift, cash }: Split): JournalEntryDto => ({
  revision: String(recorded.revision),
  at: event.effectiveAt,
  type: event.type,
  ...movement,
  balance: { gift, cash },
  appId: 'appId' in event ? (event.appId ?? null) : null,
  product: productOf(event),
  orderId: 'order' in event ? event.order.orderId : null,
  billId: 'billId' in event ? event.billId : null,
  service: 'service' in event ? event.service : null,
  reference: 'reference' in event ? (event.reference ?? null) : null,
});

const productOf = (event: AccountEvent): string | null => {
  if ('order' in event) return event.order.product;
  if (event.type === 'Upgraded') return event.to;
  return event.type === 'Refunded' ? event.product : null;
};
