import { accountStream } from '@ledger/domain';
import type { EventStore, RecordedEvent } from '@ledger/event-store';
import { foldBatch } from './fold-batch.js';
import { tableOf } from './schema.js';
import type { States } from './states.js';
import { inTransaction, tell, writeChanges, type Target } from './write-batch.js';
import { remove } from './write-rows.js';

/** What a retry made of an account: it is up with its stream again, it still waits for somebody, or it never had to. */
export type Retried = 'goes-on' | 'still-quarantined' | 'not-quarantined';

/** Tries every quarantined account again: newer code may read what older code could not. Throws a StoreError. */
export const retryAllQuarantined = async (target: Target, states: States, store: EventStore): Promise<void> => {
  const { database, version } = target;
  const rows = await database.db.selectFrom(tableOf('quarantined', version)).select('account_id').execute();
  for (const { account_id: accountId } of rows) await retryQuarantined(target, states, store, accountId);
};

/**
 * Tries an account again, from its last state to the end of its stream. It stays quarantined until its rows are there: the
 * subscription has passed over what is read here, and brings only what comes after. Throws a StoreError.
 */
export const retryQuarantined = async (
  target: Target,
  states: States,
  store: EventStore,
  accountId: string,
): Promise<Retried> => {
  const { database, version } = target;
  const quarantined = await database.db
    .selectFrom(tableOf('quarantined', version))
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!quarantined) return 'not-quarantined';
  let from = await nextRevision(target, accountId);
  for (;;) {
    const page = await pageOf(store, accountId, from, database.mostEventsPerBatch);
    const isLast = page.length < database.mostEventsPerBatch;
    const known = { ...(await states.of(page)), quarantined: new Set<string>() };
    const changes = foldBatch(page, known);
    await inTransaction(target, async (writing) => {
      if (isLast) await remove(writing, 'quarantined', [{ account_id: accountId }]);
      await writeChanges(writing, known, changes);
      // Not with a position that others could take for the next batch's.
      await tell(target, writing, page, null);
    });
    states.keep(changes.states);
    if (changes.unreadable.size > 0) return 'still-quarantined';
    if (isLast) return 'goes-on';
    from += BigInt(page.length);
  }
};

const nextRevision = async ({ database, version }: Target, accountId: string): Promise<bigint> => {
  const row = await database.db
    .selectFrom(tableOf('accounts', version))
    .select('revision')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ? BigInt(row.revision) + 1n : 0n;
};

const pageOf = async (
  store: EventStore,
  accountId: string,
  from: bigint,
  limit: number,
): Promise<readonly RecordedEvent[]> => {
  const page: RecordedEvent[] = [];
  for await (const recorded of store.read(accountStream(accountId), { from, limit, requiresLeader: true }))
    page.push(recorded);
  return page;
};
