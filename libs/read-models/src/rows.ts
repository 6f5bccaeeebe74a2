/** The rows of an account, derived from its state and nothing else. */
import { accountView, appView, FOLD_VERSION, nextDueAt, toStored, type Account } from '@ledger/domain';
import type { Insertable } from 'kysely';
import type { AccountRow, AppRow } from './tables.js';

/** An account's state with its place in the stream; `chain` is that of the event at `revision`. */
export type Folded = { readonly account: Account; readonly revision: bigint; readonly chain: string };

export const accountRow = ({ account, revision, chain }: Folded): Insertable<AccountRow> => ({
  account_id: account.accountId,
  revision,
  chain,
  fold_version: FOLD_VERSION,
  state: toStored(account),
  currency: account.currency,
  overdue_since: accountView(account).overdueSince,
  next_due_at: nextDueAt(account),
});

/** The rows of the apps that differ between two states of an account; of all its apps when there is no earlier state. */
export const changedAppRows = (before: Account | null, after: Account): readonly Insertable<AppRow>[] =>
  [...after.apps.values()]
    .filter((app) => before?.apps.get(app.appId) !== app)
    .map((app) => {
      const { accountId, status, priceBook, termEndsAt } = appView(after.accountId, app, after.lastAt);
      return {
        app_id: app.appId,
        account_id: accountId,
        status,
        price_book: priceBook,
        term_ends_at: termEndsAt,
      };
    });
