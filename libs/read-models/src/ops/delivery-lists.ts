/** What an operator asks of the deliveries: lists of them, how many need a look, and another try. */
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from '../queries/keyset.js';
import { deliveryOf, type DeliveryState, type NoticeDelivery } from './notice-deliveries.js';

export type DeliveryFilter = { readonly state: DeliveryState | null; readonly accountId: string | null };

/** By the instant of the notices, the oldest first. */
export const deliveriesPage = (
  { db }: ReadDatabase,
  { state, accountId }: DeliveryFilter,
  wanted: PageWanted,
): Promise<Page<NoticeDelivery> | typeof WRONG_CURSOR> => {
  const rows = db
    .selectFrom('ops_notice_deliveries')
    .selectAll('ops_notice_deliveries')
    .$if(state !== null, (query) => query.where('state', '=', state))
    .$if(accountId !== null, (query) => query.where('account_id', '=', accountId));
  return keysetPage(rows, 'ops_notice_deliveries', ['effective_at', 'delivery_id'], wanted, deliveryOf);
};

/** What became of the wish to have a delivery tried again. */
export type DeliveryRetried = 'queued' | 'already-pending' | 'already-sent' | 'unknown';

/** As if it had never been tried; whether it is too old, or not true any more, is asked again. */
export const retryDelivery = async ({ db, now }: ReadDatabase, deliveryId: string): Promise<DeliveryRetried> => {
  const { numUpdatedRows } = await db
    .updateTable('ops_notice_deliveries')
    .set({ state: 'pending', reason: null, attempts: 0, next_attempt_at: now, settled_at: null })
    .where('delivery_id', '=', deliveryId)
    .where('state', 'in', ['dead', 'skipped'])
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n) return 'queued';
  const deliveries = db.selectFrom('ops_notice_deliveries').select('state');
  const row = await deliveries.where('delivery_id', '=', deliveryId).executeTakeFirst();
  if (!row) return 'unknown';
  return row.state === 'sent' ? 'already-sent' : 'already-pending';
};

/** How many wait to be sent, and how many were given up. */
export const countUnsent = async ({
  db,
}: ReadDatabase): Promise<{ readonly pending: number; readonly dead: number }> => {
  const rows = await db
    .selectFrom('ops_notice_deliveries')
    .select((eb) => ['state', eb.fn.countAll<number | string>().as('n')])
    .where('state', 'in', ['pending', 'dead'])
    .groupBy('state')
    .execute();
  const count = (state: DeliveryState): number => Number(rows.find((row) => row.state === state)?.n ?? 0);
  return { pending: count('pending'), dead: count('dead') };
};
