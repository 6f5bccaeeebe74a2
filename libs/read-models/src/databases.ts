/** All that differs between PostgreSQL and `node:sqlite`. */
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely';
import pg from 'pg';
import type { ReadDatabase } from './database.js';
import { migrate } from './migrations.js';
import type { NewsChannel } from './news.js';
import { nodeSqlite } from './node-sqlite.js';
import { postgresNews } from './postgres-news.js';
import { TABLES, versioned } from './schema.js';
import type { Tables } from './tables.js';
import { prepareTables } from './versions.js';

/**
 * WAL and NORMAL: a killed process loses nothing, and what a power cut takes is projected again from the checkpoint. The log
 * is copied into the file 250 pages at a time, because a commit waits for that, and requests for the commit.
 */
const PRAGMAS =
  'pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = 250; pragma busy_timeout = 5000;';

/** Opens (or makes) the database of the read models at `path` and brings its tables up to date. */
export const openSqlite = async (path: string): Promise<ReadDatabase> => {
  const file = new DatabaseSync(path);
  file.exec(PRAGMAS);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: nodeSqlite(file) }) });
  const database: ReadDatabase = {
    db,
    isShared: false,
    news: null,
    isOnThread: true,
    mostEventsPerBatch: 100,
    text: sql`text`,
    now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    rows: (table, _version, json) => {
      const fields = Object.keys(TABLES[table].columns).map(
        (column) => sql`value ->> ${sql.lit(column)} as ${sql.ref(column)}`,
      );
      // `where true` tells the conflict clause of an upsert from a join's condition.
      return sql`select ${sql.join(fields)} from json_each(${json}) where true`;
    },
    alone: () => Promise.resolve(),
    discard: (table) => emptiedAndDropped(db, table),
    close: () => db.destroy(),
  };
  try {
    await prepare(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
};

/** Dropping a large table takes its time at once, on the thread that answers requests: it is emptied in small steps first. */
const emptiedAndDropped = async (db: Kysely<Tables>, table: string): Promise<void> => {
  const found = await sql`select 1 from sqlite_master where name = ${table}`.execute(db);
  if (found.rows.length === 0) return;
  for (let n = 1n; n > 0n; await setImmediate()) {
    const some = sql`select rowid from ${sql.table(table)} limit 100`;
    const gone = await sql`delete from ${sql.table(table)} where rowid in (${some})`.execute(db);
    n = gone.numAffectedRows ?? 0n;
  }
  await sql`drop table ${sql.table(table)}`.execute(db);
};

/** A writer that freezes in a transaction holds its locks no longer than this. */
const LONGEST_IDLE_MS = 5000;

/**
 * The PostgreSQL database that `connectionString` names. It need not be there yet: its tables are brought up to date before
 * the first query that reaches it, and every query until then fails with what the connection says.
 */
export const openPostgres = (connectionString: string): ReadDatabase => {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5000,
    idle_in_transaction_session_timeout: LONGEST_IDLE_MS,
    statement_timeout: 60_000,
    query_timeout: 65_000,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it, or between two statements of a transaction: the next query finds out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const news = postgresNews(connectionString);
  const unprepared = postgresOver(pool, news, () => Promise.resolve(pool));
  return postgresOver(pool, news, async () => {
    await prepare(unprepared);
    return pool;
  });
};

/** `begin` is called before the first query, and again before the next one when it has failed. */
const postgresOver = (pool: pg.Pool, news: NewsChannel, begin: () => Promise<pg.Pool>): ReadDatabase => {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: begin }) });
  return {
    db,
    isShared: true,
    news,
    isOnThread: false,
    mostEventsPerBatch: 250,
    text: sql`text collate "C"`,
    now: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    rows: (table, version, json) => {
      const fields = Object.keys(TABLES[table].columns).map((column) => sql.ref(column));
      const record = sql`null::${sql.table(versioned(table, version))}`;
      return sql`select ${sql.join(fields)} from json_populate_recordset(${record}, ${json}::json)`;
    },
    alone: async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtext('read models'))`.execute(transaction);
    },
    discard: async (table) => {
      await sql`drop table if exists ${sql.table(table)}`.execute(db);
    },
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
};

const prepare = async (database: ReadDatabase): Promise<void> => {
  await migrate(database.db);
  await prepareTables(database);
};
