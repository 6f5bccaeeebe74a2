import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What became of each notice, and how far the log was read for them: nothing in the store says it. */
export const notices: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('ops_notice_deliveries')
      .addColumn('delivery_id', 'text', (column) => column.primaryKey())
      .addColumn('event_id', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('account_id', 'text', (column) => column.notNull())
      .addColumn('app_id', 'text')
      .addColumn('notice', 'text', (column) => column.notNull())
      .addColumn('days_left', 'integer')
      .addColumn('effective_at', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('via', 'text')
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
      .addColumn('settled_at', 'text')
      .execute();
    await db.schema
      .createIndex('ops_notice_deliveries_due')
      .on('ops_notice_deliveries')
      .columns(['state', 'next_attempt_at'])
      .execute();
    await db.schema
      .createIndex('ops_notice_deliveries_listed')
      .on('ops_notice_deliveries')
      .columns(['state', 'effective_at', 'delivery_id'])
      .execute();
    await db.schema
      .createTable('ops_notice_checkpoint')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('store_id', 'text', (column) => column.notNull())
      .addColumn('position', 'text', (column) => column.notNull())
      .execute();
  },
};
