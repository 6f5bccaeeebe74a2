/** The deadlines of all accounts, the first due first, as armed at each account's last event. */
import type { TimerKind, TimerView } from '@ledger/domain';
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from './keyset.js';

export type TimerFilter = {
  readonly dueBefore: string | null;
  readonly kind: TimerKind | null;
  readonly accountId: string | null;
  readonly appId: string | null;
};

export const timersPage = (
  { db }: ReadDatabase,
  { dueBefore, kind, accountId, appId }: TimerFilter,
  wanted: PageWanted,
): Promise<Page<TimerView> | typeof WRONG_CURSOR> => {
  const rows = db
    .selectFrom('timers')
    .selectAll('timers')
    .$if(dueBefore !== null, (query) => query.where('due_at', '<', dueBefore))
    .$if(kind !== null, (query) => query.where('kind', '=', kind))
    .$if(accountId !== null, (query) => query.where('account_id', '=', accountId))
    .$if(appId !== null, (query) => query.where('app_id', '=', appId));
  return keysetPage(rows, 'timers', ['due_at', 'account_id', 'timer_id'], wanted, (row) => ({
    kind: row.kind,
    accountId: row.account_id,
    appId: row.app_id,
    dueAt: row.due_at,
    ...(row.product !== null && { product: row.product }),
    ...(row.period !== null && { period: row.period }),
    ...(row.days_left !== null && { daysLeft: row.days_left }),
  }));
};
