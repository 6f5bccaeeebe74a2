/**
 * The history of the tables that are not derived, in types that SQLite and PostgreSQL both have. A released migration is
 * never edited.
 */
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Tables } from './tables.js';

const accountsAndApps: Migration = {
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

/** The derived tables have versions from here on (`schema.ts`). What stood in the first ones is filled again from the store. */
const versions: Migration = {
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

/** Brings the tables up to date. Throws what the database says when it cannot be done. */
export const migrate = async (db: Kysely<Tables>): Promise<void> => {
  const migrations = { '0001-accounts-and-apps': accountsAndApps, '0002-versions': versions };
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};
