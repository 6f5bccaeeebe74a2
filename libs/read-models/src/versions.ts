/** The versions of the tables: one is served, and another may be being filled beside it. */
import type { Kysely, Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import { createTables, SHAPE, showVersion, TABLE_NAMES, versioned } from './schema.js';
import type { Tables } from './tables.js';

/** The version that is served. */
export const activeVersion = async (db: Kysely<Tables>): Promise<number> => {
  const { version } = await db.selectFrom('active_version').select('version').executeTakeFirstOrThrow();
  return version;
};

/** The version that a rebuild has begun to fill; null when there is none. */
export const buildingVersion = async (db: Kysely<Tables>): Promise<number | null> => {
  const row = await db
    .selectFrom('projections')
    .select('version')
    .where('version', '>', await activeVersion(db))
    .executeTakeFirst();
  return row?.version ?? null;
};

/** Makes a version that nothing was projected into. */
export const beginVersion = async (
  { text }: ReadDatabase,
  transaction: Transaction<Tables>,
  version: number,
): Promise<void> => {
  await createTables(transaction, version, text);
  await transaction
    .insertInto('projections')
    .values({ version, shape: SHAPE, position: '', events: 0, caught_up: 0 })
    .execute();
};

/** From the end of the transaction on the version is served. The others are there until `dropOthers`. */
export const serveVersion = async (transaction: Transaction<Tables>, version: number): Promise<void> => {
  await transaction
    .insertInto('active_version')
    .values({ id: 1, version })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ version }))
    .execute();
  await showVersion(transaction, version);
};

/** Takes away a version that nobody reads any more. */
export const discardVersion = async ({ db, discard }: ReadDatabase, version: number): Promise<void> => {
  for (const name of TABLE_NAMES) await discard(versioned(name, version));
  await db.deleteFrom('projections').where('version', '=', version).execute();
};

/** Takes away every version but the one given. */
export const discardOthers = async (database: ReadDatabase, kept: number): Promise<void> => {
  const others = await database.db.selectFrom('projections').select('version').where('version', '!=', kept).execute();
  for (const { version } of others) await discardVersion(database, version);
};

/**
 * The first tables; new ones where those that are served have another shape, and everything is then projected anew. What a
 * switch has left behind goes.
 */
export const prepareTables = async (database: ReadDatabase): Promise<void> => {
  await database.db.transaction().execute(async (transaction) => {
    await database.alone(transaction);
    const versions = await transaction.selectFrom('projections').select(['version', 'shape']).execute();
    const active = await transaction.selectFrom('active_version').select('version').executeTakeFirst();
    if (versions.some(({ version, shape }) => version === active?.version && shape === SHAPE)) return;
    const next = Math.max(0, ...versions.map(({ version }) => version)) + 1;
    await beginVersion(database, transaction, next);
    await serveVersion(transaction, next);
  });
  const { db } = database;
  const old = await db
    .selectFrom('projections')
    .select('version')
    .where('version', '<', await activeVersion(db))
    .execute();
  for (const { version } of old) await discardVersion(database, version);
};
