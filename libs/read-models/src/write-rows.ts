/** Rows written over those with the same key, in as few statements as the database allows. */
import type { Insertable, Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import type { AccountRow, AppRow, Tables } from './tables.js';

export const writeAccounts = (
  { mostValues }: ReadDatabase,
  transaction: Transaction<Tables>,
  rows: readonly Insertable<AccountRow>[],
): Promise<void> =>
  inParts(rows, mostValues, (part) =>
    transaction
      .insertInto('accounts')
      .values(part)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet((row) => ({
          revision: row.ref('excluded.revision'),
          chain: row.ref('excluded.chain'),
          fold_version: row.ref('excluded.fold_version'),
          state: row.ref('excluded.state'),
          currency: row.ref('excluded.currency'),
          overdue_since: row.ref('excluded.overdue_since'),
          next_due_at: row.ref('excluded.next_due_at'),
        })),
      )
      .execute(),
  );

export const writeApps = (
  { mostValues }: ReadDatabase,
  transaction: Transaction<Tables>,
  rows: readonly Insertable<AppRow>[],
): Promise<void> =>
  inParts(rows, mostValues, (part) =>
    transaction
      .insertInto('apps')
      .values(part)
      .onConflict((conflict) =>
        conflict.column('app_id').doUpdateSet((row) => ({
          account_id: row.ref('excluded.account_id'),
          status: row.ref('excluded.status'),
          price_book: row.ref('excluded.price_book'),
          term_ends_at: row.ref('excluded.term_ends_at'),
        })),
      )
      .execute(),
  );

const inParts = async <Row extends object>(
  rows: readonly Row[],
  mostValues: number,
  write: (part: readonly Row[]) => Promise<unknown>,
): Promise<void> => {
  const atOnce = Math.floor(mostValues / Object.keys(rows[0] ?? {}).length);
  for (let from = 0; from < rows.length; from += atOnce) await write(rows.slice(from, from + atOnce));
};
