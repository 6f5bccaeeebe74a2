/** Rows written over those with the same key, and rows taken away: one statement for a table, however many there are. */
import { sql, type Insertable, type Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import { refs, TABLES, versioned, type TableName } from './schema.js';
import type { RowTables, Tables } from './tables.js';

/** One version of the tables, within a transaction. */
export type Writing = {
  readonly database: ReadDatabase;
  readonly transaction: Transaction<Tables>;
  readonly version: number;
};

export const upsert = async <Name extends TableName>(
  { database, transaction, version }: Writing,
  table: Name,
  rows: readonly Insertable<RowTables[Name]>[],
): Promise<void> => {
  if (rows.length === 0) return;
  const key: readonly string[] = TABLES[table].key;
  const columns = Object.keys(TABLES[table].columns);
  const others = columns.filter((column) => !key.includes(column));
  const set = others.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
  await sql`
    insert into ${sql.table(versioned(table, version))} (${refs(columns)})
    ${database.rows(table, version, jsonOf(rows))}
    on conflict (${refs(key)}) do update set ${sql.join(set)}`.execute(transaction);
};

/** Takes away the rows that have the keys of those given. */
export const remove = async <Name extends TableName>(
  { database, transaction, version }: Writing,
  table: Name,
  rows: readonly Partial<Insertable<RowTables[Name]>>[],
): Promise<void> => {
  if (rows.length === 0) return;
  const key = refs(TABLES[table].key);
  await sql`
    delete from ${sql.table(versioned(table, version))} where (${key}) in
    (select ${key} from (${database.rows(table, version, jsonOf(rows))}) as gone)`.execute(transaction);
};

const jsonOf = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
