/** The states that the rows were derived from. */
import { fromStored } from '@ledger/domain';
import type { StoredState } from '@ledger/event-store';
import { LRUCache } from 'lru-cache';
import type { ReadDatabase } from './database.js';
import type { Known } from './fold-batch.js';
import type { Folded } from './rows.js';

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

/** The projector's states: those it used last in memory, all others from the rows. */
export class States {
  readonly #recent = new LRUCache<string, Folded>({ max: 1000 });

  constructor(private readonly database: ReadDatabase) {}

  async of(accountIds: readonly string[]): Promise<Known> {
    if (accountIds.length === 0) return { states: new Map(), quarantined: new Set() };
    const quarantined = await this.database.db
      .selectFrom('quarantined')
      .select('account_id')
      .where('account_id', 'in', accountIds)
      .execute();
    const states = new Map<string, Folded>();
    const unknown: string[] = [];
    for (const accountId of accountIds) {
      const recent = this.#recent.get(accountId);
      if (recent) states.set(accountId, recent);
      else unknown.push(accountId);
    }
    for (const [accountId, stored] of await this.#stored(unknown)) states.set(accountId, stored);
    return { states, quarantined: new Set(quarantined.map(({ account_id }) => account_id)) };
  }

  /** Call it once the states are committed. */
  keep(states: ReadonlyMap<string, Folded>): void {
    for (const [accountId, state] of states) this.#recent.set(accountId, state);
  }

  async #stored(accountIds: readonly string[]): Promise<ReadonlyMap<string, Folded>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.database.db
      .selectFrom('accounts')
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
}
