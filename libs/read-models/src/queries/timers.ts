/** The deadlines of all accounts, the first due first, as armed at each account's last event. */
import { accountStream, fromStored, type Account, type TimerKind, type TimerView } from '@ledger/domain';
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from './keyset.js';

export type TimerFilter = {
  readonly dueBefore: string | null;
  readonly kind: TimerKind | null;
  readonly accountId: string | null;
  readonly appId: string | null;
};

/** The event after which a deadline is as it is. */
export type ArmedBy = { readonly stream: string; readonly revision: string; readonly type: string };

export type ArmedTimer = TimerView & { readonly armedBy: ArmedBy };

export const timersPage = (
  { db }: ReadDatabase,
  { dueBefore, kind, accountId, appId }: TimerFilter,
  wanted: PageWanted,
): Promise<Page<ArmedTimer> | typeof WRONG_CURSOR> => {
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
    armedBy: {
      stream: accountStream(row.account_id),
      revision: String(row.armed_revision),
      type: row.armed_type,
    },
  }));
};

/** The states that the rows of these accounts come from. */
export const accountsOfTimers = async (
  { db }: ReadDatabase,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Account>> => {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['account_id', 'state'])
    .where('account_id', 'in', accountIds)
    .execute();
  return new Map(rows.map(({ account_id, state }) => [account_id, fromStored(state)]));
};
