import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A path for tests: the log lives in memory and is gone with its node. */
export const IN_MEMORY = ':memory:';

const FORMAT = 1;

/**
 * Positions grow by the size of what is written, as in a log file, so they are sparse and `$all` is the table's own
 * order. `response` is the answer a reader gets, ready to send.
 */
const SCHEMA = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    created INTEGER NOT NULL,
    response BLOB NOT NULL
  );
  CREATE UNIQUE INDEX events_by_revision ON events (stream, revision);
  CREATE INDEX events_by_id ON events (stream, id, revision);
  PRAGMA user_version = ${FORMAT};
`;

/** Opens, or makes, the log in the folder `path`; this process alone has it until it is closed. */
export const openDatabase = (path: string): DatabaseSync => {
  if (path === IN_MEMORY) return prepared(new DatabaseSync(IN_MEMORY), path);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return prepared(new DatabaseSync(join(path, 'events.sqlite')), path);
};

const prepared = (db: DatabaseSync, path: string): DatabaseSync => {
  try {
    // Events of a kilobyte: larger pages than the usual 4 KB let a commit write a third less.
    db.exec('PRAGMA page_size = 8192');
    // EXCLUSIVE comes before WAL: the lock is then held from the first access to the end, and dies with the process.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    // Reading a stream jumps about in the table, hence a cache of 64 MB instead of 2.
    db.exec('PRAGMA cache_size = -65536');
    db.exec('BEGIN IMMEDIATE');
    const format = db.prepare('PRAGMA user_version').get()?.['user_version'];
    if (format === 0) db.exec(SCHEMA);
    else if (format !== FORMAT) throw new Error(`The store in ${path} has format ${String(format)}, not ${FORMAT}.`);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db.close();
    throw isLocked(error) ? new Error(`Another process uses the store in ${path}.`, { cause: error }) : error;
  }
};

const SQLITE_BUSY = 5;

const isLocked = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === SQLITE_BUSY;
