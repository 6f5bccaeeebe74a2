import { startEmbeddedNode } from '@ledger/embedded-node';
import { EventStoreAdapter, type EventStore } from '@ledger/event-store';
import { sql } from 'kysely';
import type { ReadDatabase } from './database.js';
import { Projector } from './projector.js';
import { rebuild, type Rebuilt, type RebuildProgress } from './rebuild.js';
import { TABLE_NAMES } from './schema.js';
import { DATABASES, testDatabase } from './testing/databases.js';
import { copyTemplate, template, writePast } from './testing/history.js';
import { activeVersion, buildingVersion } from './versions.js';

const closing = new AsyncDisposableStack();
let store: EventStore;

beforeAll(async () => {
  const node = await startEmbeddedNode({ path: ':memory:' });
  closing.defer(() => node.stop());
  const adapter = new EventStoreAdapter({ connectionString: node.connectionString });
  closing.defer(() => adapter.close());
  store = adapter;
  await writePast(store, 'first');
  await copyTemplate(store, await template(), 'copy-', 1500);
}, 60_000);
afterAll(() => closing.disposeAsync());

const storeId = (): Promise<string> => Promise.resolve('store-1');

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** A database that is live. */
const projecting = async (kind: (typeof DATABASES)[number]): Promise<[ReadDatabase, Projector]> => {
  const database = await (await testDatabase(kind, closing)).open();
  const projector = new Projector(database, store, storeId);
  closing.defer(() => projector.stop());
  projector.start();
  await until(() => projector.status.state === 'live');
  return [database, projector];
};

const rebuilding = (
  database: ReadDatabase,
  onProgress: (progress: RebuildProgress) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<Rebuilt> => rebuild({ database, store, storeId, signal, onProgress });

const rowsOf = async ({ db }: ReadDatabase): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const table of TABLE_NAMES) {
    const { rows } = await sql<{ n: number | string }>`select count(*) as n from ${sql.table(table)}`.execute(db);
    counts[table] = Number(rows[0]?.n);
  }
  return counts;
};

describe.each(DATABASES)('a rebuild on %s', (kind) => {
  it('fills new tables beside the served ones, finds them the same, and switches', async () => {
    const [database, projector] = await projecting(kind);
    const before = await rowsOf(database);
    for (const table of ['accounts', 'apps', 'app_holds', 'timers', 'orders', 'bills', 'bill_lines'])
      expect(before[table]).toBeGreaterThan(0);
    const seen: RebuildProgress[] = [];
    const result = await rebuilding(database, (progress) => void seen.push(progress));
    expect(result).toEqual({
      kind: 'switched',
      version: 2,
      comparisons: TABLE_NAMES.map((table) => ({
        table,
        served: before[table],
        rebuilt: before[table],
        differing: [],
      })),
    });
    expect(seen.at(-1)).toMatchObject({ phase: 'switching', events: seen.at(-1)?.total });
    expect(await activeVersion(database.db)).toBe(2);
    expect(await rowsOf(database)).toEqual(before);
    await until(() => projector.status.state === 'live');
    await expect(sql`select 1 from accounts_1`.execute(database.db)).rejects.toThrow(/accounts_1/);
  });

  it('names the rows that differed', async () => {
    const [database] = await projecting(kind);
    await sql`update orders_1 set cash = '0.00' where order_id = 'first-1-1'`.execute(database.db);
    await sql`delete from timers_1 where account_id = 'copy-3'`.execute(database.db);
    const result = await rebuilding(database);
    if (result.kind !== 'switched') throw new Error(result.kind);
    const differing = new Map(result.comparisons.map(({ table, differing: keys }) => [table, keys]));
    expect(differing.get('orders')).toEqual(['first-1-1']);
    expect(differing.get('timers')?.every((key) => key.startsWith('copy-3 '))).toBe(true);
    expect(differing.get('accounts')).toEqual([]);
    const fresh = await database.db.selectFrom('orders').select('cash').where('order_id', '=', 'first-1-1').execute();
    expect(fresh).not.toEqual([{ cash: '0.00' }]);
  });

  it('goes on where it was stopped', async () => {
    const [database] = await projecting(kind);
    const end = new AbortController();
    const stopped = await rebuilding(database, ({ events }) => void (events > 500 && end.abort()), end.signal);
    expect(stopped).toEqual({ kind: 'stopped' });
    expect(await activeVersion(database.db)).toBe(1);
    expect(await buildingVersion(database.db)).toBe(2);
    const seen: number[] = [];
    expect(await rebuilding(database, ({ events }) => void seen.push(events))).toMatchObject({ kind: 'switched' });
    expect(seen[0]).toBeGreaterThan(500);
  });

  it('is alone', async () => {
    const [database] = await projecting(kind);
    const both = await Promise.all([rebuilding(database), rebuilding(database)]);
    const versions = both.map((result) => (result.kind === 'switched' ? result.version : 0));
    expect(Math.max(...versions)).toBeGreaterThan(0);
    expect(await activeVersion(database.db)).toBe(Math.max(...versions));
  });
});
