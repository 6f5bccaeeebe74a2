/**
 * How the tables of one version are made. Rows are derived, so these have no history of migrations: another shape is
 * another version, filled from the store.
 */
import { FOLD_VERSION } from '@ledger/domain';
import { sql, type AliasedRawBuilder, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { RowTables, Tables } from './tables.js';

/** Raised with every change below, and with every change of what the rows are derived by. */
const ROWS_VERSION = 2;

/** Tables of another shape are not written to, and not read. */
export const SHAPE = `${FOLD_VERSION}.${ROWS_VERSION}`;

export type ColumnKind = 'text' | 'text null' | 'integer' | 'integer null' | 'bigint' | 'bigint null';

type Table<Row> = {
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [Column in keyof Row]: ColumnKind };
  readonly indexes: { readonly [name: string]: readonly (keyof Row & string)[] };
};

export type TableName = keyof RowTables;

export const TABLES: { readonly [Name in TableName]: Table<RowTables[Name]> } = {
  accounts: {
    key: ['account_id'],
    columns: {
      account_id: 'text',
      revision: 'bigint',
      chain: 'text',
      fold_version: 'integer',
      state: 'text',
      currency: 'text',
      cash: 'text',
      gift: 'text',
      overdue_since: 'text null',
      suspends_at: 'text null',
      banned_at: 'text null',
      prompt_due_at: 'bigint null',
      settlement_due_at: 'bigint null',
    },
    indexes: {
      by_overdue: ['overdue_since', 'account_id'],
      by_ban: ['banned_at', 'account_id'],
      by_prompt_due: ['prompt_due_at', 'account_id'],
      by_settlement_due: ['settlement_due_at', 'account_id'],
    },
  },
  apps: {
    key: ['app_id'],
    columns: {
      app_id: 'text',
      account_id: 'text',
      name: 'text null',
      data_centre: 'text',
      created_at: 'text',
      status: 'text',
      price_book: 'text',
      migrating_to: 'text null',
      migrates_at: 'text null',
      package: 'text null',
      renewal: 'text null',
      term_started_at: 'text null',
      term_ends_at: 'text null',
      grace_ends_at: 'text null',
      trial_ends_at: 'text null',
      suspended_since: 'text null',
      reclaim_at: 'text null',
    },
    indexes: {
      by_account: ['account_id', 'app_id'],
      by_status: ['status', 'app_id'],
      by_book: ['price_book', 'app_id'],
      by_next_book: ['migrating_to', 'app_id'],
      by_package: ['package', 'app_id'],
      by_term_end: ['term_ends_at', 'app_id'],
    },
  },
  app_holds: {
    key: ['app_id', 'hold'],
    columns: { app_id: 'text', hold: 'text', account_id: 'text' },
    indexes: { by_hold: ['hold', 'app_id'], by_account: ['account_id', 'app_id'] },
  },
  timers: {
    key: ['account_id', 'timer_id'],
    columns: {
      account_id: 'text',
      timer_id: 'text',
      kind: 'text',
      due_at: 'text',
      app_id: 'text null',
      product: 'text null',
      period: 'text null',
      days_left: 'integer null',
      armed_revision: 'bigint',
      armed_type: 'text',
    },
    indexes: {
      by_due: ['due_at', 'account_id', 'timer_id'],
      by_kind: ['kind', 'due_at', 'account_id', 'timer_id'],
      by_app: ['app_id', 'due_at'],
    },
  },
  orders: {
    key: ['order_id'],
    columns: {
      order_id: 'text',
      account_id: 'text',
      app_id: 'text',
      number: 'integer',
      kind: 'text',
      origin: 'text',
      placed_at: 'text',
      product: 'text',
      upgraded_to: 'text null',
      upgraded_at: 'text null',
      price_book: 'text',
      price_row: 'text',
      months: 'integer null',
      quantity: 'integer',
      starts_at: 'text',
      ends_at: 'text null',
      list_price: 'text',
      amount: 'text',
      vouchers: 'text',
      gift: 'text',
      cash: 'text',
      promotion: 'text null',
      refunded_at: 'text null',
    },
    indexes: {
      by_account: ['account_id', 'placed_at', 'order_id'],
      by_app: ['app_id', 'number'],
    },
  },
  bills: {
    key: ['bill_id'],
    columns: {
      bill_id: 'text',
      account_id: 'text',
      period: 'text',
      issued_at: 'text',
      total: 'text',
      gift: 'text',
      cash: 'text',
      lines: 'integer',
      parts: 'integer',
      parts_issued: 'integer',
    },
    indexes: { by_account: ['account_id', 'issued_at', 'bill_id'], by_period: ['period', 'bill_id'] },
  },
  bill_lines: {
    key: ['bill_id', 'line'],
    columns: {
      bill_id: 'text',
      line: 'integer',
      account_id: 'text',
      app_id: 'text',
      meter: 'text',
      region: 'text null',
      figure: 'text',
      peak_day: 'text null',
      free: 'text',
      units: 'text',
      unit_price: 'text',
      book: 'text',
      package: 'text',
      served_seconds: 'bigint',
      of_seconds: 'bigint',
      amount: 'text',
      adjusts: 'text null',
    },
    indexes: { by_account: ['account_id', 'bill_id', 'line'], by_app: ['app_id', 'bill_id', 'line'] },
  },
  quarantined: {
    key: ['account_id'],
    columns: { account_id: 'text', stream: 'text', revision: 'bigint', type: 'text', reason: 'text' },
    indexes: {},
  },
};

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** The table of a version; readers go by the view that has the plain name. */
export const versioned = <Name extends TableName>(table: Name, version: number): `${Name}_${number}` =>
  `${table}_${version}`;

/** The same, as something to select from by the plain name. */
export const tableOf = <Name extends TableName>(
  table: Name,
  version: number,
): AliasedRawBuilder<Selectable<RowTables[Name]>, Name> =>
  sql<Selectable<RowTables[Name]>>`${sql.table(versioned(table, version))}`.as(table);

/** Makes the tables and indexes of a version, empty. `text` is a type whose order is that of its bytes. */
export const createTables = async (db: Kysely<Tables>, version: number, text: RawBuilder<unknown>): Promise<void> => {
  for (const name of TABLE_NAMES) {
    const { columns, indexes } = TABLES[name];
    const key: readonly string[] = TABLES[name].key;
    const table = versioned(name, version);
    const defined = Object.entries(columns).map(([column, kind]) => columnOf(column, kind, text));
    const primary = sql`primary key (${refs(key)})`;
    await sql`create table ${sql.table(table)} (${sql.join([...defined, primary])})`.execute(db);
    for (const [index, on] of Object.entries<readonly string[]>(indexes))
      await sql`create index ${sql.ref(`${table}_${index}`)} on ${sql.table(table)} (${refs(on)})`.execute(db);
  }
};

/** Columns, as a list. */
export const refs = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql.ref(column)));

const columnOf = (name: string, kind: ColumnKind, text: RawBuilder<unknown>): RawBuilder<unknown> => {
  const [type = '', nullable] = kind.split(' ');
  return sql`${sql.ref(name)} ${type === 'text' ? text : sql.raw(type)} ${sql.raw(nullable ? '' : 'not null')}`;
};

/** From now on readers see this version. In the transaction that says so in `active_version`. */
export const showVersion = async (db: Kysely<Tables>, version: number): Promise<void> => {
  for (const name of TABLE_NAMES) {
    await sql`drop view if exists ${sql.table(name)}`.execute(db);
    await sql`create view ${sql.table(name)} as select * from ${sql.table(versioned(name, version))}`.execute(db);
  }
};
