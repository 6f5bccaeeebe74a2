/** Two versions of the tables, row by row, in stretches short enough that nobody waits for one. */
import { setImmediate } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import type { ReadDatabase } from './database.js';
import { refs, TABLE_NAMES, TABLES, versioned, type TableName } from './schema.js';

export type Comparison = {
  readonly table: TableName;
  /** How many rows are served, and how many were rebuilt. */
  readonly served: number;
  readonly rebuilt: number;
  /** The keys of rows that only one has, or that are not the same; at most `MOST_NAMED`. */
  readonly differing: readonly string[];
};

type Versions = { readonly database: ReadDatabase; readonly served: number; readonly rebuilt: number };

const ROWS_A_STRETCH = 200;
const ROWS_COUNTED_AT_ONCE = 5000;
const ACCOUNTS_A_STRETCH = 50;
const MOST_NAMED = 1000;

/** The accounts with a row that differs now: the two need not have come equally far. */
export const accountsThatDiffer = async (versions: Versions, signal: AbortSignal): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const table of TABLE_NAMES)
    for await (const isWithin of stretches(versions.database, table, versions.rebuilt, ROWS_A_STRETCH)) {
      if (signal.aborted) return found;
      for (const { account_id } of await differing(versions, table, isWithin)) found.add(account_id);
    }
  return found;
};

/** What differs in these accounts, and how many rows there are in all. Both versions must have come equally far. */
export const compare = async (versions: Versions, accountIds: readonly string[]): Promise<readonly Comparison[]> => {
  const comparisons: Comparison[] = [];
  for (const table of TABLE_NAMES) {
    const keys: string[] = [];
    for (let from = 0; from < accountIds.length && keys.length < MOST_NAMED; from += ACCOUNTS_A_STRETCH) {
      const some = accountIds.slice(from, from + ACCOUNTS_A_STRETCH);
      for (const row of await differing(versions, table, sql`account_id in (${sql.join(some)})`)) keys.push(row.key);
      await setImmediate();
    }
    const { database, served, rebuilt } = versions;
    comparisons.push({
      table,
      served: await countOf(database, table, served),
      rebuilt: await countOf(database, table, rebuilt),
      differing: [...new Set(keys)].slice(0, MOST_NAMED),
    });
  }
  return comparisons;
};

const differing = async (
  { database, served, rebuilt }: Versions,
  table: TableName,
  isWithin: RawBuilder<unknown>,
): Promise<readonly { readonly account_id: string; readonly key: string }[]> => {
  const rows = (version: number): RawBuilder<unknown> =>
    sql`select ${refs(Object.keys(TABLES[table].columns))} from ${sql.table(versioned(table, version))} where ${isWithin}`;
  const key = sql.join(
    TABLES[table].key.map((column) => sql`cast(${sql.ref(column)} as text)`),
    sql` || ' ' || `,
  );
  const found = await sql<{ account_id: string; key: string }>`
    select account_id, ${key} as key from (
      select * from (${rows(served)} except ${rows(rebuilt)}) as only_served
      union all
      select * from (${rows(rebuilt)} except ${rows(served)}) as only_rebuilt
    ) as differing`.execute(database.db);
  return found.rows;
};

/**
 * Conditions that part a table into stretches of about so many rows, the last one without an end. Requests are answered in
 * between.
 */
async function* stretches(
  { db }: ReadDatabase,
  table: TableName,
  version: number,
  rows: number,
): AsyncGenerator<RawBuilder<unknown>, void, undefined> {
  const [first = ''] = TABLES[table].key;
  const key = sql.ref(first);
  for (let from = ''; ;) {
    const { rows: ends } = await sql<{ key: string }>`
      select ${key} as key from ${sql.table(versioned(table, version))} where ${key} > ${from}
      order by ${key} limit 1 offset ${sql.lit(rows)}`.execute(db);
    const to = ends[0]?.key;
    yield to === undefined ? sql`${key} > ${from}` : sql`${key} > ${from} and ${key} <= ${to}`;
    await setImmediate();
    if (to === undefined) return;
    from = to;
  }
}

const countOf = async (database: ReadDatabase, table: TableName, version: number): Promise<number> => {
  let count = 0;
  for await (const isWithin of stretches(database, table, version, ROWS_COUNTED_AT_ONCE)) {
    const found = await sql<{ n: number | string }>`
      select count(*) as n from ${sql.table(versioned(table, version))} where ${isWithin}`.execute(database.db);
    count += Number(found.rows[0]?.n ?? 0);
  }
  return count;
};
