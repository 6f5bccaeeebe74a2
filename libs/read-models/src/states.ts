/** The states that the rows were derived from. */
import { fromStored } from '@ledger/domain';
import type { RecordedEvent, StoredState } from '@ledger/event-store';
import { LRUCache } from 'lru-cache';
import type { ReadDatabase } from './database.js';
import { accountsOf, touchedBy, type Known } from './fold-batch.js';
import type { Folded } from './rows.js';
import { tableOf } from './schema.js';
import type { BillRow, OrderRow } from './tables.js';

/** The write path's starting point for an account that it does not have in memory; null when there is none. */
export const storedState = async ({ db }: ReadDatabase, accountId: string): Promise<StoredState | null> => {
  const row = await db
    .selectFrom('accounts')
    .select(['revision', 'chain', 'state', 'fold_version'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!row) return null;
  return { revision: BigInt(row.revision), chain: row.chain, state: row.state, foldVersion: row.fold_version };
};

/** A projector's states of one version of the tables: those it used last in memory, all others from the rows. */
export class States {
  readonly #recent = new LRUCache<string, Folded>({ max: 1000 });

  constructor(
    private readonly database: ReadDatabase,
    private readonly version: number,
  ) {}

  /** All that folding the events needs. */
  async of(events: readonly RecordedEvent[]): Promise<Known> {
    const accountIds = accountsOf(events);
    const states = new Map<string, Folded>();
    const unknown: string[] = [];
    for (const accountId of accountIds) {
      const recent = this.#recent.get(accountId);
      if (recent) states.set(accountId, recent);
      else unknown.push(accountId);
    }
    for (const [accountId, stored] of await this.#stored(unknown)) states.set(accountId, stored);
    const { orders, bills } = touchedBy(events);
    return {
      states,
      quarantined: await this.#quarantined(accountIds),
      orders: new Map((await this.#orders(orders)).map((row) => [row.order_id, row])),
      bills: new Map((await this.#bills(bills)).map((row) => [row.bill_id, row])),
    };
  }

  /** Call it once the states are committed. */
  keep(states: ReadonlyMap<string, Folded>): void {
    for (const [accountId, state] of states) this.#recent.set(accountId, state);
  }

  async #stored(accountIds: readonly string[]): Promise<ReadonlyMap<string, Folded>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.database.db
      .selectFrom(tableOf('accounts', this.version))
      .select(['account_id', 'revision', 'chain', 'state'])
      .where('account_id', 'in', accountIds)
      .execute();
    return new Map(
      rows.map(({ account_id, state, revision, chain }) => [
        account_id,
        { account: fromStored(state), revision: BigInt(revision), chain },
      ]),
    );
  }

  async #quarantined(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (accountIds.length === 0) return new Set();
    const rows = await this.database.db
      .selectFrom(tableOf('quarantined', this.version))
      .select('account_id')
      .where('account_id', 'in', accountIds)
      .execute();
    return new Set(rows.map(({ account_id }) => account_id));
  }

  async #orders(orderIds: readonly string[]): Promise<readonly OrderRow[]> {
    if (orderIds.length === 0) return [];
    const orders = this.database.db.selectFrom(tableOf('orders', this.version)).selectAll();
    return orders.where('order_id', 'in', orderIds).execute();
  }

  async #bills(billIds: readonly string[]): Promise<readonly BillRow[]> {
    if (billIds.length === 0) return [];
    const bills = this.database.db.selectFrom(tableOf('bills', this.version)).selectAll();
    return bills.where('bill_id', 'in', billIds).execute();
  }
}
