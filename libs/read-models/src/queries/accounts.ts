/** Accounts as the API shows them: one from its state as of an instant, many from their rows. */
import { accountView, fromStored, stateAt, type Account, type AccountView, type Instant } from '@ledger/domain';
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from './keyset.js';

/** The event that stopped an account's rows; they are as they were before it. */
export type Quarantine = {
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly reason: string;
};

export type StoredAccount = {
  /** As its rows have it; null when the first event cannot be read. */
  readonly stored: { readonly account: Account; readonly revision: string } | null;
  readonly quarantine: Quarantine | null;
};

export type ShownAccount = AccountView & {
  readonly accountId: string;
  /** Of the last event in it. */
  readonly revision: string;
  readonly quarantine: Quarantine | null;
};

/** Null when there is no such account. */
export const storedAccount = async ({ db }: ReadDatabase, accountId: string): Promise<StoredAccount | null> => {
  const row = await db
    .selectFrom('accounts')
    .select(['revision', 'state'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const quarantine = await quarantineOf({ db }, accountId);
  if (!row) return quarantine && { stored: null, quarantine };
  return { stored: { account: fromStored(row.state), revision: String(row.revision) }, quarantine };
};

/** The account at `at`; the quarantine of one whose first event cannot be read; null when there is neither. */
export const accountById = async (
  database: ReadDatabase,
  accountId: string,
  at: Instant,
): Promise<ShownAccount | Quarantine | null> => {
  const found = await storedAccount(database, accountId);
  if (!found?.stored) return found && found.quarantine;
  const { account, revision } = found.stored;
  return { accountId, ...accountView(stateAt(account, at)), revision, quarantine: found.quarantine };
};

const quarantineOf = async ({ db }: Pick<ReadDatabase, 'db'>, accountId: string): Promise<Quarantine | null> => {
  const row = await db.selectFrom('quarantined').selectAll().where('account_id', '=', accountId).executeTakeFirst();
  return row ? { stream: row.stream, revision: String(row.revision), type: row.type, reason: row.reason } : null;
};

/** How many accounts wait for somebody: more than none is a degraded service. */
export const quarantinedAccounts = async ({ db }: ReadDatabase): Promise<number> => {
  const { n } = await db
    .selectFrom('quarantined')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
};

export type AccountSummary = Omit<AccountView, 'vouchers' | 'currency'> & {
  readonly accountId: string;
  readonly currency: string;
  readonly revision: string;
  readonly quarantined: boolean;
};

export type AccountFilter = {
  readonly currency: string | null;
  readonly banned: boolean | null;
  /** Overdue since then, or for longer: the longest first. */
  readonly overdueSince: string | null;
};

/** Accounts as of their last events. */
export const accountsPage = (
  { db }: ReadDatabase,
  { currency, banned, overdueSince }: AccountFilter,
  wanted: PageWanted,
): Promise<Page<AccountSummary> | typeof WRONG_CURSOR> => {
  const rows = db
    .selectFrom('accounts')
    .leftJoin('quarantined', 'quarantined.account_id', 'accounts.account_id')
    .select(['accounts.account_id', 'accounts.revision', 'currency', 'cash', 'gift', 'overdue_since', 'suspends_at'])
    .select(['banned_at', 'quarantined.account_id as quarantined'])
    .$if(currency !== null, (query) => query.where('currency', '=', currency))
    .$if(banned !== null, (query) => query.where('banned_at', banned ? 'is not' : 'is', null))
    .$if(overdueSince !== null, (query) => query.where('overdue_since', '<=', overdueSince));
  const keys = overdueSince === null ? (['account_id'] as const) : (['overdue_since', 'account_id'] as const);
  return keysetPage(rows, 'accounts', keys, wanted, (row) => ({
    accountId: row.account_id,
    currency: row.currency,
    cash: row.cash,
    gift: row.gift,
    overdueSince: row.overdue_since,
    suspendsAt: row.suspends_at,
    banned: row.banned_at !== null,
    revision: String(row.revision),
    quarantined: row.quarantined !== null,
  }));
};
