import { Proxy } from '../libs/event-store/src/testing/proxy.js';
import { postgresUrl } from '../libs/read-models/src/testing/databases.js';
import { startService } from '../apps/ledger/src/service/start.js';
import { apiOf, openedAccount, type Api } from './support/api.js';
import { atTheEnd, defaultSettings, startStore, startTestService, temporaryFolder, until } from './support/service.js';

type Where = { readonly eventStoreUrl: string; readonly databaseUrl: string | null; readonly dataDir?: string };

/** Of a service whose start waits for nothing. */
const started = async (where: Where): Promise<Api> => {
  const { dataDir = await temporaryFolder(), ...urls } = where;
  const service = await startService({ ...defaultSettings(), ...urls, port: 0, dataDir, logLevel: 'silent' });
  atTheEnd(() => service.stop());
  return apiOf(service.url, service.token);
};

const ready = async (api: Api): Promise<boolean> => (await api.raw('/readyz')).status === 200;

describe('a service that starts', () => {
  it('while PostgreSQL is away comes up, takes commands, is not ready, and becomes ready by itself', async () => {
    const closing = new AsyncDisposableStack();
    atTheEnd(() => closing.disposeAsync());
    const { proxy, connectionString } = await Proxy.before(await postgresUrl(closing));
    atTheEnd(() => proxy.close());
    proxy.isDown = true;
    const api = await started({ eventStoreUrl: await startStore(), databaseUrl: connectionString });
    const { accountId } = await openedAccount(api);
    expect(await api.raw('/healthz')).toMatchObject({ status: 200, body: { status: 'degraded' } });
    await until(async () => String((await api.raw('/readyz')).body['detail']).includes('The read database'));
    expect(await api.get(`/v1/accounts/${accountId}`)).toMatchObject({ status: 503 });
    proxy.isDown = false;
    await until(() => ready(api));
    expect(await api.get(`/v1/accounts/${accountId}`)).toMatchObject({ status: 200, body: { cash: '1000.00' } });
  });

  it('while the store is away comes up, is not ready, and becomes ready by itself', async () => {
    const { proxy, connectionString } = await Proxy.before(await startStore());
    atTheEnd(() => proxy.close());
    proxy.isDown = true;
    const api = await started({ eventStoreUrl: connectionString, databaseUrl: null });
    await until(async () => String((await api.raw('/readyz')).body['detail']).includes('The event store'));
    expect(await api.raw('/healthz')).toMatchObject({ status: 200 });
    proxy.isDown = false;
    await until(() => ready(api));
    await openedAccount(api);
  }, 60_000);

  it('on rows of another store answers nothing but what is wrong', async () => {
    const first = await startTestService({ eventStoreUrl: await startStore() });
    const { accountId } = await openedAccount(first);
    await first.stop();
    const api = await started({ eventStoreUrl: await startStore(), databaseUrl: null, dataDir: first.dataDir });
    await until(async () => String((await api.raw('/readyz')).body['detail']).includes('was filled from the store'));
    expect(await api.get(`/v1/accounts/${accountId}`)).toMatchObject({ status: 503 });
    expect(await api.raw('/healthz')).toMatchObject({
      status: 200,
      body: { status: 'degraded', projector: 'stopped' },
    });
    const { body } = await api.get('/metrics');
    expect(body['text']).toContain('ledger_projector_state{state="stopped"} 1');
  });
});
