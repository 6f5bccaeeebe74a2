import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who may ask: the digests of the tokens that were issued. They cannot be rebuilt from the store. */
export const tokens: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('ops_tokens')
      .addColumn('token_id', 'text', (column) => column.primaryKey())
      .addColumn('digest', 'text', (column) => column.notNull().unique())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('accounts', 'text')
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text')
      .addColumn('revoked_at', 'text')
      .execute();
  },
};
