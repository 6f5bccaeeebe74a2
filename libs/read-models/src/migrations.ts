/**
 * The history of the tables that are not derived, in types that SQLite and PostgreSQL both have. A released migration is
 * never edited.
 */
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { accountsAndApps } from './migrations/0001-accounts-and-apps.js';
import { versions } from './migrations/0002-versions.js';
import { clock } from './migrations/0003-clock.js';
import { notices } from './migrations/0004-notices.js';
import type { Tables } from './tables.js';

const MIGRATIONS: { readonly [name: string]: Migration } = {
  '0001-accounts-and-apps': accountsAndApps,
  '0002-versions': versions,
  '0003-clock': clock,
  '0004-notices': notices,
};

/** Brings the tables up to date. Throws what the database says when it cannot be done. */
export const migrate = async (db: Kysely<Tables>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};
