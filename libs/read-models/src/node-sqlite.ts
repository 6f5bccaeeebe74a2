/** `node:sqlite` under the interface that Kysely's dialect expects; statements are prepared once. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

export const nodeSqlite = (file: DatabaseSync): SqliteDatabase => {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = adapted(file.prepare(sql));
      // A look-up of many keys has a text for every number of them; the map must not grow without end.
      if (prepared.size < 200) prepared.set(sql, statement);
      return statement;
    },
  };
};

const adapted = (statement: StatementSync): SqliteStatement => {
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
