/** Apps as the API shows them: one from its account's state as of an instant, many from their rows. */
import {
  appView,
  fromStored,
  iso,
  stateAt,
  type AppStatus,
  type AppView,
  type Hold,
  type Instant,
} from '@ledger/domain';
import type { ReadDatabase } from '../database.js';
import type { AppRow } from '../tables.js';
import { keysetPage, WRONG_CURSOR, type Page, type PageWanted } from './keyset.js';

export type ShownApp = AppView & { readonly appId: string; readonly name: string | null; readonly dataCentre: string };

/** Whose the app is; null when there is no such app. An app belongs to one account for ever. */
export const accountOfApp = async ({ db }: ReadDatabase, appId: string): Promise<string | null> => {
  const row = await db.selectFrom('apps').select('account_id').where('app_id', '=', appId).executeTakeFirst();
  return row?.account_id ?? null;
};

export const appById = async ({ db }: ReadDatabase, appId: string, at: Instant): Promise<ShownApp | null> => {
  const row = await db
    .selectFrom('apps')
    .innerJoin('accounts', 'accounts.account_id', 'apps.account_id')
    .select('accounts.state')
    .where('apps.app_id', '=', appId)
    .executeTakeFirst();
  if (!row) return null;
  const account = stateAt(fromStored(row.state), at);
  const app = account.apps.get(appId);
  if (!app) throw new Error(`${appId} has a row, and its account does not know it`);
  return { appId, name: app.name, dataCentre: app.dataCentre, ...appView(account.accountId, app, at) };
};

export type AppSummary = Omit<AppView, 'historyTier' | 'addOns' | 'entitlements'> & {
  readonly appId: string;
  readonly name: string | null;
  readonly dataCentre: string;
  readonly createdAt: string;
};

export type AppFilter = {
  readonly accountId: string | null;
  readonly status: AppStatus | null;
  readonly hold: Hold | null;
  readonly priceBook: string | null;
  readonly package: string | null;
  /** Its term ends before then, or has ended: the first to end first. */
  readonly termEndsBefore: string | null;
};

/** Apps as of their accounts' last events; the book that each follows, as of `at`. */
export const appsPage = async (
  { db }: ReadDatabase,
  { accountId, status, hold, priceBook, package: product, termEndsBefore }: AppFilter,
  wanted: PageWanted,
  at: Instant,
): Promise<Page<AppSummary> | typeof WRONG_CURSOR> => {
  const now = iso(at);
  const rows = db
    .selectFrom('apps')
    .selectAll('apps')
    .$if(accountId !== null, (query) => query.where('account_id', '=', accountId))
    .$if(status !== null, (query) => query.where('status', '=', status))
    .$if(hold !== null, (query) =>
      query.where('app_id', 'in', db.selectFrom('app_holds').select('app_holds.app_id').where('hold', '=', hold)),
    )
    .$if(product !== null, (query) => query.where('package', '=', product))
    .$if(priceBook !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb.and([eb('migrating_to', '=', priceBook), eb('migrates_at', '<=', now)]),
          eb.and([
            eb('price_book', '=', priceBook),
            eb.or([eb('migrates_at', 'is', null), eb('migrates_at', '>', now)]),
          ]),
        ]),
      ),
    )
    .$if(termEndsBefore !== null, (query) => query.where('term_ends_at', '<', termEndsBefore));
  const keys = termEndsBefore === null ? (['app_id'] as const) : (['term_ends_at', 'app_id'] as const);
  const page = await keysetPage(rows, 'apps', keys, wanted, (row) => row);
  if (page === WRONG_CURSOR) return page;
  const holds = await holdsOf({ db }, page.items);
  return { ...page, items: page.items.map((row) => summary(row, holds.get(row.app_id) ?? [], now)) };
};

const holdsOf = async (
  { db }: Pick<ReadDatabase, 'db'>,
  apps: readonly AppRow[],
): Promise<ReadonlyMap<string, readonly Hold[]>> => {
  const suspended = apps.filter(({ status }) => status === 'suspended').map(({ app_id }) => app_id);
  if (suspended.length === 0) return new Map();
  const rows = await db
    .selectFrom('app_holds')
    .select(['app_id', 'hold'])
    .where('app_id', 'in', suspended)
    .orderBy('hold')
    .execute();
  return new Map(
    suspended.map((appId) => [appId, rows.filter(({ app_id }) => app_id === appId).map(({ hold }) => hold)]),
  );
};

const summary = (row: AppRow, holds: readonly Hold[], now: string): AppSummary => ({
  appId: row.app_id,
  accountId: row.account_id,
  name: row.name,
  dataCentre: row.data_centre,
  createdAt: row.created_at,
  priceBook:
    row.migrating_to !== null && row.migrates_at !== null && row.migrates_at <= now ? row.migrating_to : row.price_book,
  status: row.status,
  holds,
  package: row.package,
  termStartedAt: row.term_started_at,
  termEndsAt: row.term_ends_at,
  graceEndsAt: row.grace_ends_at,
  trialEndsAt: row.trial_ends_at,
  suspendedSince: row.suspended_since,
  reclaimAt: row.reclaim_at,
  renewal: row.renewal,
});
