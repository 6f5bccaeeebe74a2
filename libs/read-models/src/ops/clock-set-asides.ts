/** Accounts that the clock has given up, until somebody looks. */
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from '../queries/keyset.js';

export type ClockSetAsideRow = { account_id: string; reason: string; since: string; tries: number };

export type SetAside = {
  readonly accountId: string;
  readonly reason: string;
  readonly since: string;
  readonly tries: number;
};

/** Nobody tries the account again until somebody says so. */
export const setAside = async ({ db }: ReadDatabase, { accountId, reason, since, tries }: SetAside): Promise<void> => {
  const row = { account_id: accountId, reason, since, tries };
  await db
    .insertInto('ops_clock_set_asides')
    .values(row)
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ reason, tries }))
    .execute();
  await db.deleteFrom('ops_clock_claims').where('account_id', '=', accountId).execute();
};

export const setAsides = ({ db }: ReadDatabase, wanted: PageWanted): Promise<Page<SetAside> | typeof WRONG_CURSOR> =>
  keysetPage(
    db.selectFrom('ops_clock_set_asides').selectAll('ops_clock_set_asides'),
    'ops_clock_set_asides',
    ['account_id'],
    wanted,
    ({ account_id: accountId, reason, since, tries }) => ({ accountId, reason, since, tries }),
  );

export const countSetAsides = async ({ db }: ReadDatabase): Promise<number> => {
  const { n } = await db
    .selectFrom('ops_clock_set_asides')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
};

/** Lets the account be tried again at once; false when it was not set aside. */
export const retrySetAside = async ({ db }: ReadDatabase, accountId: string): Promise<boolean> => {
  const { numDeletedRows } = await db
    .deleteFrom('ops_clock_set_asides')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
};
