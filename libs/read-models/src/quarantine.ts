import { accountStream } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import type { ReadDatabase } from './database.js';
import { folded } from './fold-batch.js';
import type { Folded } from './rows.js';
import type { States } from './states.js';
import { writeChanges } from './write-batch.js';

/**
 * Tries every quarantined account again, from its last state to the end of its stream: newer code may read what older code
 * could not. What is read here ahead of the checkpoint is passed over when the subscription brings it. Throws a StoreError.
 */
export const retryQuarantined = async (database: ReadDatabase, states: States, store: EventStore): Promise<void> => {
  const rows = await database.db.selectFrom('quarantined').select('account_id').execute();
  for (const { account_id: accountId } of rows) {
    const known = await states.of([accountId]);
    const before = known.states.get(accountId) ?? null;
    const after = await readToEnd(store, accountId, before);
    if (after === 'unreadable') continue;
    const changed = new Map(after && after !== before ? [[accountId, after]] : []);
    await database.db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('quarantined').where('account_id', '=', accountId).execute();
      await writeChanges(database, transaction, known, { states: changed, unreadable: new Map() });
    });
    states.keep(changed);
  }
};

const readToEnd = async (
  store: EventStore,
  accountId: string,
  before: Folded | null,
): Promise<Folded | null | 'unreadable'> => {
  let state = before;
  const from = before === null ? 0n : before.revision + 1n;
  for await (const recorded of store.read(accountStream(accountId), { from, requiresLeader: true })) {
    const next = folded(state, recorded);
    if (next !== null && 'kind' in next) return 'unreadable';
    state = next ?? state;
  }
  return state;
};
