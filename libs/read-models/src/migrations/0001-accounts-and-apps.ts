import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const accountsAndApps: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('accounts')
      .addColumn('account_id', 'text', (column) => column.primaryKey())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('chain', 'text', (column) => column.notNull())
      .addColumn('fold_version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('currency', 'text', (column) => column.notNull())
      .addColumn('overdue_since', 'text')
      .addColumn('next_due_at', 'bigint')
      .execute();
    await db.schema
      .createTable('apps')
      .addColumn('app_id', 'text', (column) => column.primaryKey())
      .addColumn('account_id', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('price_book', 'text', (column) => column.notNull())
      .addColumn('term_ends_at', 'text')
      .execute();
    await db.schema.createIndex('apps_of_account').on('apps').columns(['account_id', 'app_id']).execute();
    await db.schema
      .createTable('quarantined')
      .addColumn('account_id', 'text', (column) => column.primaryKey())
      .addColumn('stream', 'text', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('checkpoint')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('store_id', 'text', (column) => column.notNull())
      .addColumn('fold_version', 'integer', (column) => column.notNull())
      .addColumn('position', 'text', (column) => column.notNull())
      .addColumn('last_stream', 'text')
      .addColumn('last_revision', 'bigint')
      .addColumn('last_event_id', 'text')
      .addColumn('last_position', 'text')
      .execute();
  },
};
