/**
 * Pages by key: a page begins after the key of the last row seen, so that it costs the same wherever it is, and rows that
 * come or go in between neither repeat others nor hide them.
 */
import { sql, type SelectQueryBuilder, type SqlBool } from 'kysely';

/** Which list in which order, and the key of the last row seen. Opaque to all others. */
export type Cursor = readonly string[];

export type PageWanted = { readonly after: Cursor | null; readonly limit: number };

export type Page<T> = {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly next: Cursor | null;
};

/** The cursor is of another list, or of the same in another order. */
export const WRONG_CURSOR = 'wrong-cursor';

/** The rows of `table` in the order of `keys`: columns that are never null in them, together unique. */
export const keysetPage = async <DB, TB extends keyof DB, Row, T>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  table: TB & string,
  keys: readonly (keyof Row & string)[],
  { after, limit }: PageWanted,
  shown: (row: Row) => T,
): Promise<Page<T> | typeof WRONG_CURSOR> => {
  const list = `${table} by ${keys.join(', ')}`;
  if (after !== null && (after[0] !== list || after.length !== keys.length + 1)) return WRONG_CURSOR;
  const columns = keys.map((key) => sql.ref(`${table}.${key}`));
  let query = rows.limit(limit + 1);
  for (const column of columns) query = query.orderBy(column);
  if (after !== null) query = query.where(sql<SqlBool>`(${sql.join(columns)}) > (${sql.join(after.slice(1))})`);
  const found = await query.execute();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = last !== undefined && found.length > limit ? [list, ...keys.map((key) => String(last[key]))] : null;
  return { items: page.map(shown), next };
};
