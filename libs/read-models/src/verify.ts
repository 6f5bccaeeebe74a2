/** Accounts folded from their streams and compared with their rows. */
import { accountStream, type Account } from '@ledger/domain';
import type { EventStore, RecordedEvent } from '@ledger/event-store';
import { sql } from 'kysely';
import type { ReadDatabase } from './database.js';
import { foldBatch, type Changes } from './fold-batch.js';
import { accountRow, changedApps, appRow, holdRows } from './rows.js';
import { refs, TABLES, type TableName } from './schema.js';
import { armed } from './timer-rows.js';

export type Difference = {
  readonly accountId: string;
  readonly table: TableName;
  readonly key: string;
  /** Null where the whole row is there only once. */
  readonly column: string | null;
  readonly served: string | null;
  readonly expected: string | null;
};

type Cell = string | number | bigint | null | undefined;
type Row = { readonly [column: string]: Cell };
type Rows = ReadonlyMap<string, Row>;
const COMPARED = ['accounts', 'apps', 'app_holds', 'timers', 'orders', 'bills', 'bill_lines'] as const;
const MOST_TRIES = 20;

/** A page of the accounts, from the one after `after`; or as many of them, whichever they are. */
export const someAccounts = async (
  { db }: ReadDatabase,
  which: { readonly after: string } | 'sample',
  most: number,
): Promise<readonly string[]> => {
  const accounts = db.selectFrom('accounts').select('account_id').limit(most);
  const rows = await (
    which === 'sample'
      ? accounts.orderBy(sql`random()`)
      : accounts.where('account_id', '>', which.after).orderBy('account_id')
  ).execute();
  return rows.map(({ account_id }) => account_id);
};

/** All that differs between the rows of an account and its stream, up to the revision that the rows have. */
export const verifyAccount = async (
  database: ReadDatabase,
  store: EventStore,
  accountId: string,
): Promise<readonly Difference[]> => {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const revision = await revisionOf(database, accountId);
    if (revision === null) return [];
    const served = await servedRows(database, accountId);
    // The projector may have written in between: then these rows are of two revisions.
    if (revision !== (await revisionOf(database, accountId))) continue;
    const expected = expectedRows(accountId, await eventsOf(store, accountId, BigInt(revision)));
    return COMPARED.flatMap((table) => differences(accountId, table, served[table], expected[table]));
  }
  throw new Error(`${accountId} changes faster than its rows can be read`);
};

const revisionOf = async ({ db }: ReadDatabase, accountId: string): Promise<string | null> => {
  const row = await db.selectFrom('accounts').select('revision').where('account_id', '=', accountId).executeTakeFirst();
  return row ? String(row.revision) : null;
};

const eventsOf = async (store: EventStore, accountId: string, revision: bigint): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  const limit = Number(revision) + 1;
  for await (const recorded of store.read(accountStream(accountId), { limit, requiresLeader: true }))
    events.push(recorded);
  return events;
};

type ByTable = { readonly [Table in (typeof COMPARED)[number]]: Rows };

const servedRows = async ({ db }: ReadDatabase, accountId: string): Promise<ByTable> => {
  const rows = async (table: TableName): Promise<Rows> => {
    const found = await sql<Row>`
      select ${refs(Object.keys(TABLES[table].columns))} from ${sql.table(table)} where account_id = ${accountId}`.execute(
      db,
    );
    return byKey(table, found.rows);
  };
  return {
    accounts: await rows('accounts'),
    apps: await rows('apps'),
    app_holds: await rows('app_holds'),
    timers: await rows('timers'),
    orders: await rows('orders'),
    bills: await rows('bills'),
    bill_lines: await rows('bill_lines'),
  };
};

const NOTHING = { states: new Map(), quarantined: new Set<string>(), orders: new Map(), bills: new Map() };

const expectedRows = (accountId: string, events: readonly RecordedEvent[]): ByTable => {
  const { states, orders, bills, lines, timers }: Changes = foldBatch(events, NOTHING);
  const state = states.get(accountId);
  const ofAccount = (rowsOf: (account: Account) => readonly Row[]): readonly Row[] =>
    state ? rowsOf(state.account) : [];
  return {
    accounts: byKey('accounts', state ? [accountRow(state)] : []),
    apps: byKey(
      'apps',
      ofAccount((account) => changedApps(null, account).map((app) => appRow(account, app))),
    ),
    app_holds: byKey(
      'app_holds',
      ofAccount((account) => [...holdRows(account).values()]),
    ),
    timers: byKey('timers', [...timers.values()].flatMap(armed)),
    orders: byKey('orders', [...orders.values()]),
    bills: byKey('bills', [...bills.values()]),
    bill_lines: byKey('bill_lines', lines),
  };
};

const byKey = (table: TableName, rows: readonly Row[]): Rows =>
  new Map(rows.map((row) => [TABLES[table].key.map((column) => String(row[column])).join(' '), row]));

const textOf = (value: Cell): string | null => (value === null || value === undefined ? null : String(value));

const differences = (accountId: string, table: TableName, served: Rows, expected: Rows): readonly Difference[] => {
  const keys = [...new Set([...served.keys(), ...expected.keys()])];
  return keys.flatMap((key): readonly Difference[] => {
    const [there, wanted] = [served.get(key), expected.get(key)];
    if (!there || !wanted)
      return [
        { accountId, table, key, column: null, served: there ? 'a row' : null, expected: wanted ? 'a row' : null },
      ];
    return Object.keys(TABLES[table].columns)
      .map((column) => ({ column, served: textOf(there[column]), expected: textOf(wanted[column]) }))
      .filter((pair) => pair.served !== pair.expected)
      .map((pair) => ({ accountId, table, key, ...pair }));
  });
};
