/** The versions of the tables: one is served, and another may be being filled beside it. */
import type { Kysely, Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import { createTables, dropTables, SHAPE, showVersion } from './schema.js';
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

/** Drops every version but the one given. */
export const dropOthers = async (transaction: Transaction<Tables>, kept: number): Promise<void> => {
  const others = await transaction.selectFrom('projections').select('version').where('version', '!=', kept).execute();
  for (const { version } of others) await dropTables(transaction, version);
  await transaction.deleteFrom('projections').where('version', '!=', kept).execute();
};

/** The first tables, and new ones where those that are served have another shape: everything is then projected anew. */
export const prepareTables = (database: ReadDatabase): Promise<void> =>
  database.db.transaction().execute(async (transaction) => {
    await database.alone(transaction);
    const versions = await transaction.selectFrom('projections').select(['version', 'shape']).execute();
    const active = await transaction.selectFrom('active_version').select('version').executeTakeFirst();
    if (versions.some(({ version, shape }) => version === active?.version && shape === SHAPE)) return;
    const next = Math.max(0, ...versions.map(({ version }) => version)) + 1;
    await beginVersion(database, transaction, next);
    await serveVersion(transaction, next);
    await dropOthers(transaction, next);
  });
