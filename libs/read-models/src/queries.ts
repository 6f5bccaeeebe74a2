/** What the API reads: the state that is kept, as of the instant it is asked for. */
import {
  accountView,
  advance,
  appView,
  evolve,
  fromStored,
  nextDueAt,
  usageDue,
  type Account,
  type AccountView,
  type AppView,
  type Instant,
} from '@ledger/domain';
import type { ReadDatabase } from './database.js';

/** The event that stopped an account's rows; they are as they were before it. */
export type Quarantine = {
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly reason: string;
};

export type ShownAccount = AccountView & {
  readonly accountId: string;
  /** Of the last event in it. */
  readonly revision: string;
  readonly quarantine: Quarantine | null;
};

export type ShownApp = AppView & { readonly appId: string; readonly name: string | null; readonly dataCentre: string };

/** The account at `at`; the quarantine of one whose first event cannot be read; null when there is neither. */
export const accountById = async (
  { db }: ReadDatabase,
  accountId: string,
  at: Instant,
): Promise<ShownAccount | Quarantine | null> => {
  const row = await db
    .selectFrom('accounts')
    .select(['revision', 'state'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const quarantine = await quarantineOf({ db }, accountId);
  if (!row) return quarantine;
  const account = advancedTo(at, fromStored(row.state));
  return { accountId, ...accountView(account), revision: String(row.revision), quarantine };
};

export const appById = async ({ db }: ReadDatabase, appId: string, at: Instant): Promise<ShownApp | null> => {
  const row = await db
    .selectFrom('apps')
    .innerJoin('accounts', 'accounts.account_id', 'apps.account_id')
    .select('accounts.state')
    .where('apps.app_id', '=', appId)
    .executeTakeFirst();
  if (!row) return null;
  const account = advancedTo(at, fromStored(row.state));
  const app = account.apps.get(appId);
  if (!app) throw new Error(`${appId} has a row, and its account does not know it`);
  return { appId, name: app.name, dataCentre: app.dataCentre, ...appView(account.accountId, app, at) };
};

/**
 * What is true at `at` though no clock has written it yet (P-0.7). A settlement needs the usage streams and is left to
 * the clock: the account is then shown as of its instant.
 */
const advancedTo = (at: Instant, stored: Account): Account => {
  let account = stored;
  for (;;) {
    const due = nextDueAt(account);
    if (due === null || due > at || usageDue(account).length > 0) return account;
    account = advance(account, new Map()).events.reduce<Account>(evolve, account);
  }
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
