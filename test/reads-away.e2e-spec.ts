import { randomUUID } from 'node:crypto';
import { accountStream } from '@ledger/domain';
import { EventStoreAdapter } from '@ledger/event-store';
import { Proxy } from '../libs/event-store/src/testing/proxy.js';
import { postgresUrl } from '../libs/read-models/src/testing/databases.js';
import { openedAccount, type Answer, type Json, type Names } from './support/api.js';
import { SIZE } from './support/faults.js';
import { done, START_MS } from './support/reads.js';
import { atTheEnd, startStore, startTestService, until, type TestService } from './support/service.js';

const problem = (name: string): object => ({
  status: 503,
  body: { type: `urn:subscription-ledger:problem:${name}`, status: 503 },
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

/** The same answers, as long as it is away: a minute in `npm run faults`. */
const allTheTime = async (ask: () => Promise<void>): Promise<void> => {
  const over = performance.now() + SIZE.awayMs;
  do {
    await ask();
    await new Promise((resolve) => setTimeout(resolve, 500));
  } while (performance.now() < over);
};

/** What happens next is read back, by itself. */
const catchesUp = async (): Promise<void> => {
  const { accountId, appId } = names;
  await until(async () => (await service.get(`/v1/accounts/${accountId}`)).status === 200);
  await until(async () => (await service.get(`/v1/accounts/${accountId}/history`)).status === 200);
  let last = '';
  await until(async () => {
    const { status, body } = await service.send('GrantGift', { accountId, amount: '1.00' });
    last = encodeURIComponent(String(body['position']));
    return status === 201;
  });
  await until(async () => (await service.get(`/v1/apps/${appId}/entitlements?minPosition=${last}`)).status === 200);
};

describe('while the database is away', () => {
  it(
    'reads answer what they can and say so where they cannot, commands are done, and all catches up',
    async () => {
      away(databaseWire);
      const { accountId, appId } = names;
      await allTheTime(async () => {
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
        const entitlements = await service.get(`/v1/apps/${appId}/entitlements`);
        expect(entitlements).toMatchObject({ status: 200, body: { serving: true } });
        for (const list of ['history', 'journal', 'notices', 'refusals'])
          expect(await service.get(`/v1/accounts/${accountId}/${list}`)).toMatchObject({ status: 200 });
        await done(service, 'GrantGift', { accountId, amount: '1.00' });
      });
      databaseWire.isDown = false;
      await catchesUp();
      const last = await done(service, 'DisableApp', names);
      await until(async () => (await service.get(`/v1/apps/${appId}/entitlements?minPosition=${last}`)).status === 200);
      expect(await service.get(`/v1/apps/${appId}/entitlements`)).toMatchObject({ body: { holds: ['disabled'] } });
    },
    SIZE.limitMs,
  );
});

describe('while the store is away', () => {
  it(
    'reads answer from rows and memory and say so where they need it, and all catches up',
    async () => {
      away(storeWire);
      const { accountId, appId } = names;
      await allTheTime(async () => {
        for (const path of [`/v1/accounts/${accountId}/history`, `/v1/apps/${appId}/usage`])
          expect(await service.get(path)).toMatchObject(problem('store-away'));
        for (const path of [`/v1/accounts/${accountId}`, '/v1/apps', `/v1/apps/${appId}/entitlements`])
          expect(await service.get(path)).toMatchObject({ status: 200 });
        expect(await service.get(`/v1/apps/${appId}/entitlements?at=2024-01-01T00:00:00Z`)).toMatchObject(
          problem('store-away'),
        );
      });
      storeWire.isDown = false;
      await catchesUp();
    },
    SIZE.limitMs,
  );
});

describe('an event that cannot be read', () => {
  it('marks its account in the list and stops what is read from its stream, where it stands', async () => {
    const store = new EventStoreAdapter({ connectionString: eventStoreUrl });
    atTheEnd(() => store.close());
    const { accountId, appId } = await openedAccount(service);
    const entitled = (): Promise<Answer> => service.get(`/v1/apps/${appId}/entitlements`);
    await until(async () => (await entitled()).body['quarantined'] === false);
    const mystery = { id: randomUUID(), type: 'Mystery', data: {}, metadata: {} };
    await store.append(accountStream(accountId), [mystery], 'any');
    const mark = async (): Promise<unknown> => {
      const { body } = await service.get('/v1/accounts?limit=200');
      return (body['accounts'] as readonly Json[]).find((account) => account['accountId'] === accountId)?.[
        'quarantined'
      ];
    };
    await until(async () => (await mark()) === true);
    expect((await entitled()).body).toMatchObject({ serving: true, quarantined: true });
    const { body: first } = await service.get(`/v1/accounts/${accountId}/journal`);
    expect(first).toMatchObject({ entries: [{ type: 'FundsToppedUp' }], next: expect.any(String) });
    expect(await service.get(String(first['next']))).toMatchObject(problem('quarantined'));
    const { body } = await service.get(`/v1/accounts/${accountId}/history?order=newest-first&limit=1`);
    expect(body['events']).toMatchObject([{ type: 'Mystery' }]);
    const other = await openedAccount(service);
    expect(await service.get(`/v1/accounts/${other.accountId}/journal`)).toMatchObject({ status: 200 });
  });
});
