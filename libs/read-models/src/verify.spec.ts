import { randomUUID } from 'node:crypto';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { accountStream } from '@ledger/domain';
import { EventStoreAdapter, type EventStore } from '@ledger/event-store';
import { sql } from 'kysely';
import type { ReadDatabase } from './database.js';
import { lagOf } from './lag.js';
import { projections } from './projections.js';
import { Projector } from './projector.js';
import { retryAccount } from './retry.js';
import { DATABASES, testDatabase } from './testing/databases.js';
import { writePast } from './testing/history.js';
import { someAccounts, verifyAccount } from './verify.js';

const closing = new AsyncDisposableStack();
let store: EventStore;

beforeAll(async () => {
  const node = await startEmbeddedNode({ path: ':memory:' });
  closing.defer(() => node.stop());
  const adapter = new EventStoreAdapter({ connectionString: node.connectionString });
  closing.defer(() => adapter.close());
  store = adapter;
  for (const accountId of ['a1', 'a2', 'a3']) await writePast(store, accountId);
  await store.append(accountStream('a4'), [{ id: randomUUID(), type: 'Mystery', data: {}, metadata: {} }], 'no-stream');
}, 60_000);
afterAll(() => closing.disposeAsync());

const live = async (database: ReadDatabase): Promise<Projector> => {
  const projector = new Projector(database, store, () => Promise.resolve('store-1'));
  closing.defer(() => projector.stop());
  projector.start();
  while (projector.status.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
  return projector;
};

describe.each(DATABASES)('on %s', (kind) => {
  const open = async (): Promise<ReadDatabase> => (await testDatabase(kind, closing)).open();

  it('rows that are what the stream says have no difference, and every difference is named', async () => {
    const database = await open();
    await live(database);
    expect(await someAccounts(database, { after: 'a1' }, 10)).toEqual(['a2', 'a3']);
    expect(await someAccounts(database, 'sample', 2)).toHaveLength(2);
    for (const accountId of ['a1', 'a2', 'a3']) expect(await verifyAccount(database, store, accountId)).toEqual([]);
    await sql`update accounts_1 set cash = '1.23' where account_id = 'a1'`.execute(database.db);
    await sql`delete from orders_1 where order_id = 'a1-2-1'`.execute(database.db);
    await sql`update apps_1 set account_id = 'a1' where app_id = 'a2-1'`.execute(database.db);
    const differences = await verifyAccount(database, store, 'a1');
    expect(differences.map(({ table, key, column }) => [table, key, column])).toEqual([
      ['accounts', 'a1', 'cash'],
      ['apps', 'a2-1', null],
      ['orders', 'a1-2-1', null],
    ]);
    expect(differences[0]).toMatchObject({ served: '1.23' });
  });

  it('the projections say how far they are, and up to date there is no lag', async () => {
    const database = await open();
    const projector = await live(database);
    const [served, ...others] = await projections(database);
    expect(served).toMatchObject({ version: 1, isServed: true, caughtUp: true });
    expect(served?.events).toBeGreaterThan(60);
    expect(others).toEqual([]);
    expect(await lagOf(projector, store, Date.now())).toEqual({ events: 0, seconds: 0 });
  });

  it('what is not projected yet is the lag', async () => {
    const database = await open();
    const projector = new Projector(database, store, () => Promise.resolve('store-1'));
    expect(await lagOf(projector, store, Date.now())).toEqual({ events: null, seconds: null });
  });

  it('a quarantined account is tried again on request, while the projector goes on', async () => {
    const database = await open();
    const projector = await live(database);
    expect(await retryAccount(database, store, 'a1')).toBe('not-quarantined');
    expect(await retryAccount(database, store, 'a4')).toBe('still-quarantined');
    // As if what could not be read then could be now.
    await sql`insert into quarantined_1 (account_id, stream, revision, type, reason)
      values ('a2', 'account-a2', 0, 'AccountOpened', 'broken upcast')`.execute(database.db);
    expect(await retryAccount(database, store, 'a2')).toBe('goes-on');
    expect(await database.db.selectFrom('quarantined').select('account_id').execute()).toEqual([{ account_id: 'a4' }]);
    while (projector.status.state !== 'live') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await verifyAccount(database, store, 'a2')).toEqual([]);
  });
});
