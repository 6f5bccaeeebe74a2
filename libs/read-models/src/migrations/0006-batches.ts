import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Batches of commands and what became of each item. Not derived: a rebuild leaves them alone. */
export const batches: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('ops_batches')
      .addColumn('batch_id', 'text', (column) => column.primaryKey())
      .addColumn('body_hash', 'text', (column) => column.notNull())
      .addColumn('items', 'integer', (column) => column.notNull())
      .addColumn('begun_at', 'text', (column) => column.notNull())
      .addColumn('holder', 'text')
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('ops_batch_results')
      .addColumn('batch_id', 'text', (column) => column.notNull())
      .addColumn('item', 'integer', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('stream', 'text')
      .addColumn('first_revision', 'bigint')
      .addColumn('last_revision', 'bigint')
      .addColumn('answer', 'text')
      .addPrimaryKeyConstraint('ops_batch_results_key', ['batch_id', 'item'])
      .execute();
  },
};
