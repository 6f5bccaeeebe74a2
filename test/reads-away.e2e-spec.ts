import { randomUUID } from 'node:crypto';
import { accountStream } from '@ledger/domain';
import { EventStoreAdapter } from '@ledger/event-store';
import { Proxy } from '../libs/event-store/src/testing/proxy.js';
import { postgresUrl } from '../libs/read-models/src/testing/databases.js';
import { openedAccount, type Json, type Names } from './support/api.js';
import { done, START_MS } from './support/reads.js';
import { atTheEnd, startStore, startTestService, until, type TestService } from './support/service.js';

const problem = (name: string): object => ({
  status: 503,
  body: { type: `/problems/${name}`, status: 503 },
});

let eventStoreUrl: string;
let service: TestService;
let storeWire: Proxy;
let databaseWire: Proxy;
let names: Names;

/** A service whose wires to its store and to its database can be cut. */
beforeAll(async () => {
  eventStoreUrl = await startStore();
  const closing = new AsyncDisposableStack();
  atTheEnd(() => closing.disposeAsync());
  const toStore = await Proxy.before(eventStoreUrl);
  const toDatabase = await Proxy.before(await postgresUrl(closing));
  [storeWire, databaseWire] = [toStore.proxy, toDatabase.proxy];
  for (const wire of [storeWire, databaseWire]) atTheEnd(() => wire.close());
  service = await startTestService({
    eventStoreUrl: toStore.connectionString,
    databaseUrl: toDatabase.connectionString,
  });
  names = await openedAccount(service);
  const last = await done(service, 'GrantGift', { accountId: names.accountId, amount: '1.00' });
  await service.get(`/v1/apps/${names.appId}/entitlements?minPosition=${last}`);
}, START_MS);

const away = (wire: Proxy): void => {
  wire.isDown = true;
  wire.cut();
};

describe('reads, while the database is away', () => {
  it('answer what they can, say so where they cannot, and go on when it is back', async () => {
    away(databaseWire);
    const { accountId, appId } = names;
    for (const path of [
      `/v1/accounts/${accountId}`,
      '/v1/accounts',
      '/v1/apps',
      '/v1/timers',
      `/v1/apps/${appId}/usage`,
    ]) {
      const answer = await service.get(path);
      expect(answer).toMatchObject(problem('database-away'));
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    expect(await service.get(`/v1/apps/${appId}/entitlements`)).toMatchObject({ status: 200, body: { serving: true } });
    for (const list of ['history', 'journal', 'notices', 'refusals'])
      expect(await service.get(`/v1/accounts/${accountId}/${list}`)).toMatchObject({ status: 200 });
    databaseWire.isDown = false;
    await until(async () => (await service.get(`/v1/accounts/${accountId}`)).status === 200);
    const last = await done(service, 'DisableApp', names);
    await until(async () => (await service.get(`/v1/apps/${appId}/entitlements?minPosition=${last}`)).status === 200);
    expect(await service.get(`/v1/apps/${appId}/entitlements`)).toMatchObject({ body: { holds: ['disabled'] } });
  });
});

describe('reads, while the store is away', () => {
  it('answer from rows and memory, and say so where they need it', async () => {
    away(storeWire);
    const { accountId, appId } = names;
    for (const path of [`/v1/accounts/${accountId}/history`, `/v1/apps/${appId}/usage`])
      expect(await service.get(path)).toMatchObject(problem('store-away'));
    for (const path of [`/v1/accounts/${accountId}`, '/v1/apps', `/v1/apps/${appId}/entitlements`])
      expect(await service.get(path)).toMatchObject({ status: 200 });
    expect(await service.get(`/v1/apps/${appId}/entitlements?at=2024-01-01T00:00:00Z`)).toMatchObject(
      problem('store-away'),
    );
    storeWire.isDown = false;
    await until(async () => (await service.get(`/v1/accounts/${accountId}/history`)).status === 200);
  }, 60_000);
});

describe('an event that cannot be read', () => {
  it('marks its account in the list and stops what is read from its stream, where it stands', async () => {
    const store = new EventStoreAdapter({ connectionString: eventStoreUrl });
    atTheEnd(() => store.close());
    const { accountId } = await openedAccount(service);
    const mystery = { id: randomUUID(), type: 'Mystery', data: {}, metadata: {} };
    await store.append(accountStream(accountId), [mystery], 'any');
    const mark = async (): Promise<unknown> => {
      const { body } = await service.get('/v1/accounts?limit=200');
      return (body['accounts'] as readonly Json[]).find((account) => account['accountId'] === accountId)?.[
        'quarantined'
      ];
    };
    await until(async () => (await mark()) === true);
    const { body: first } = await service.get(`/v1/accounts/${accountId}/journal`);
    expect(first).toMatchObject({ entries: [{ type: 'FundsToppedUp' }], next: expect.any(String) });
    expect(await service.get(String(first['next']))).toMatchObject(problem('quarantined'));
    const { body } = await service.get(`/v1/accounts/${accountId}/history?order=newest-first&limit=1`);
    expect(body['events']).toMatchObject([{ type: 'Mystery' }]);
    const other = await openedAccount(service);
    expect(await service.get(`/v1/accounts/${other.accountId}/journal`)).toMatchObject({ status: 200 });
  });
});
