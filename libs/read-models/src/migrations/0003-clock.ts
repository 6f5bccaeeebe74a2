import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who is at work on which account, and which accounts the clock has given up until somebody says otherwise. */
export const clock: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('ops_clock_claims')
      .addColumn('account_id', 'text', (column) => column.primaryKey())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('ops_clock_claims_by_holder').on('ops_clock_claims').columns(['holder']).execute();
    await db.schema
      .createTable('ops_clock_set_asides')
      .addColumn('account_id', 'text', (column) => column.primaryKey())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .execute();
  },
};
