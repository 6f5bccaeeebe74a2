/**
 * All that differs between the databases, for `node:sqlite`: how it is opened, how much a statement takes, and how many
 * events make a batch. Its statements run on the caller's thread, so a batch is small.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import type { ReadDatabase } from './database.js';
import { migrate } from './migrations.js';
import type { Tables } from './tables.js';

/** WAL and NORMAL: a killed process loses nothing, and what a power cut takes is projected again from the checkpoint. */
const PRAGMAS = 'pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;';

/** Opens (or makes) the database of the read models at `path` and brings its tables up to date. */
export const openSqlite = async (path: string): Promise<ReadDatabase> => {
  const file = new DatabaseSync(path);
  file.exec(PRAGMAS);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapted(file) }) });
  await migrate(db);
  return { db, mostValues: 32_766, mostEventsPerBatch: 100, close: () => db.destroy() };
};

/** `node:sqlite` under the interface that Kysely's dialect expects; statements are prepared once. */
const adapted = (file: DatabaseSync): SqliteDatabase => {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = adaptedStatement(file.prepare(sql));
      // Bulk statements have a text for every number of rows; the map must not grow without end.
      if (prepared.size < 200) prepared.set(sql, statement);
      return statement;
    },
  };
};

const adaptedStatement = (statement: StatementSync): SqliteStatement => {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters.map(inputValue);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
};

const inputValue = (value: unknown): SQLInputValue => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new TypeError(`no column holds a ${typeof value}`);
};
