import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The derived tables have versions from here on (`schema.ts`). What stood in the first ones is filled again from the store. */
export const versions: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const table of ['accounts', 'apps', 'quarantined', 'checkpoint']) await db.schema.dropTable(table).execute();
    await db.schema
      .createTable('projections')
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('store_id', 'text')
      .addColumn('shape', 'text', (column) => column.notNull())
      .addColumn('position', 'text', (column) => column.notNull())
      .addColumn('last_stream', 'text')
      .addColumn('last_revision', 'bigint')
      .addColumn('last_event_id', 'text')
      .addColumn('last_position', 'text')
      .addColumn('last_recorded_at', 'text')
      .addColumn('events', 'bigint', (column) => column.notNull())
      .addColumn('caught_up', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('active_version')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
