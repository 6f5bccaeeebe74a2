/** The rows of an account that are derived from its state and nothing else. */
import { accountView, appView, FOLD_VERSION, iso, nextDueByLane, toStored, type Account } from '@ledger/domain';
import type { Insertable } from 'kysely';
import type { AccountRow, AppRow, HoldRow } from './tables.js';

/** An account's state with its place in the stream; `chain` is that of the event at `revision`. */
export type Folded = { readonly account: Account; readonly revision: bigint; readonly chain: string };

type App = Account['apps'] extends ReadonlyMap<string, infer T> ? T : never;

export const accountRow = ({ account, revision, chain }: Folded): Insertable<AccountRow> => {
  const { overdueSince, suspendsAt } = accountView(account);
  const { prompt, settlement } = nextDueByLane(account);
  return {
    account_id: account.accountId,
    revision,
    chain,
    fold_version: FOLD_VERSION,
    state: toStored(account),
    currency: account.currency,
    cash: account.wallet.cash,
    gift: account.wallet.gift,
    overdue_since: overdueSince,
    suspends_at: suspendsAt,
    banned_at: account.bannedAt === null ? null : iso(account.bannedAt),
    prompt_due_at: prompt,
    settlement_due_at: settlement,
  };
};

/** The apps that differ between two states of an account; all of them when there is no earlier state. */
export const changedApps = (before: Account | null, after: Account): readonly App[] =>
  [...after.apps.values()].filter((app) => before?.apps.get(app.appId) !== app);

export const appRow = ({ accountId, lastAt }: Account, app: App): AppRow => {
  const view = appView(accountId, app, lastAt);
  const migrates = app.package?.orders.find(({ priceBook }) => priceBook === app.migratingTo);
  return {
    app_id: app.appId,
    account_id: accountId,
    name: app.name,
    data_centre: app.dataCentre,
    created_at: iso(app.createdAt),
    status: view.status,
    // Not the view's, which depends on the instant: the row of an app changes with the app alone.
    price_book: app.priceBook,
    migrating_to: app.migratingTo,
    migrates_at: migrates ? iso(migrates.startsAt) : null,
    package: view.package,
    renewal: view.renewal,
    term_started_at: view.termStartedAt,
    term_ends_at: view.termEndsAt,
    grace_ends_at: view.graceEndsAt,
    trial_ends_at: view.trialEndsAt,
    suspended_since: view.suspendedSince,
    reclaim_at: view.reclaimAt,
  };
};

/** By their ids. */
export const holdRows = ({ accountId, apps }: Account): ReadonlyMap<string, HoldRow> =>
  new Map(
    [...apps.values()]
      .filter(({ gone }) => gone === null)
      .flatMap(({ appId, service }) =>
        service.holds.map((hold) => [`${appId}/${hold}`, { app_id: appId, hold, account_id: accountId }]),
      ),
  );

type RowsOf<Row> = (account: Account) => ReadonlyMap<string, Row>;

/** The rows that a change of state brings, and those that it takes away. */
export const difference = <Row extends object>(
  before: Account | null,
  after: Account,
  rowsOf: RowsOf<Row>,
): { readonly come: readonly Row[]; readonly gone: readonly Row[] } => {
  const old = before ? rowsOf(before) : new Map<string, Row>();
  const now = rowsOf(after);
  return {
    come: [...now].filter(([id, row]) => !isSame(old.get(id), row)).map(([, row]) => row),
    gone: [...old].filter(([id]) => !now.has(id)).map(([, row]) => row),
  };
};

const isSame = <Row extends object>(a: Row | undefined, b: Row): boolean =>
  a === b || (a !== undefined && Object.entries(b).every(([column, value]) => a[column as keyof Row] === value));
