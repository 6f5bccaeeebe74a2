import { historyOf, newId, openedAccount, type Answer, type Json } from './support/api.js';
import { run, type Running } from './support/process.js';
import { atTheEnd, startTestService, temporaryFolder, until, type TestService } from './support/service.js';

/** Beyond the service's own patience with a store, on a slow machine. */
const BOUNDED_MS = 60_000;

let folder: string;
let port = '0';
let store: Running;
let service: TestService;

const startStore = async (): Promise<string> => {
  store = run('libs/embedded-node/src/main.js', {}, ['--path', folder, '--port', port]);
  const { process } = store;
  atTheEnd(() => {
    process.kill('SIGKILL');
  });
  const [, url = ''] = await store.says(/(esdb:\S+)/);
  ({ port } = new URL(url.replace('esdb:', 'http:')));
  return url;
};

beforeAll(async () => {
  folder = await temporaryFolder();
  service = await startTestService({ eventStoreUrl: await startStore() });
});

type Sent = { readonly accountId: string; readonly key: string; readonly answer: Answer };

const ready = (): Promise<void> => until(async () => (await service.raw('/readyz')).status === 200);

/** 500 top-ups over ten accounts at once, and what happens to the store meanwhile. */
const topUpsWhile = async (happens: () => Promise<void>): Promise<readonly Sent[]> => {
  const accounts = await Promise.all(Array.from({ length: 10 }, () => openedAccount(service)));
  const sent = Array.from({ length: 500 }, async (_, i): Promise<Sent> => {
    const accountId = accounts[i % accounts.length]?.accountId ?? '';
    const key = newId('key');
    return { accountId, key, answer: await service.send('TopUp', { accountId, amount: '1.00' }, { key }) };
  });
  const [answers] = await Promise.all([Promise.all(sent), happens()]);
  return answers;
};

const receiptsOf = (sent: readonly Sent[]): readonly Sent[] => sent.filter(({ answer }) => answer.status === 201);

/** Each answer is a receipt or a 503; each receipt's event is in the stream; sent again, each command has happened once. */
const expectTruth = async (sent: readonly Sent[]): Promise<void> => {
  for (const { answer } of sent) {
    expect([201, 503]).toContain(answer.status);
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  }
  const accounts = new Set(sent.map(({ accountId }) => accountId));
  for (const accountId of accounts) {
    const ids = new Map((await historyOf(service, accountId)).map(({ id, revision }) => [id, revision]));
    for (const { answer } of receiptsOf(sent.filter((one) => one.accountId === accountId)))
      for (const { id, revision } of answer.body['events'] as readonly Json[]) expect(ids.get(id)).toBe(revision);
  }
  for (const { accountId, key, answer } of sent) {
    const again = await service.send('TopUp', { accountId, amount: '1.00' }, { key });
    expect(again.status).toBe(201);
    if (answer.status === 201) expect(again.body).toEqual(answer.body);
  }
  for (const accountId of accounts) {
    const toppedUp = (await historyOf(service, accountId)).filter(({ type }) => type === 'FundsToppedUp');
    expect(toppedUp).toHaveLength(1 + sent.length / accounts.size);
  }
};

describe('500 commands in flight', () => {
  it(
    'while the store is frozen for a while: each is answered, every receipt is true, nothing is doubled',
    async () => {
      const sent = await topUpsWhile(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        store.process.kill('SIGSTOP');
        await new Promise((resolve) => setTimeout(resolve, 7000));
        store.process.kill('SIGCONT');
      });
      await ready();
      await expectTruth(sent);
    },
    2 * BOUNDED_MS,
  );

  it(
    'while the store is killed and comes back: each is answered, every receipt is true, nothing is doubled',
    async () => {
      const sent = await topUpsWhile(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        await store.end('SIGKILL');
        await new Promise((resolve) => setTimeout(resolve, 3000));
        await startStore();
      });
      await ready();
      await expectTruth(sent);
    },
    2 * BOUNDED_MS,
  );

  it(
    'while the store stays away: each is a receipt or a 503 in bounded time, the service lives, and goes on when the store is back',
    async () => {
      const begun = performance.now();
      const sent = await topUpsWhile(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        await store.end('SIGTERM');
      });
      expect(performance.now() - begun).toBeLessThan(BOUNDED_MS);
      expect(receiptsOf(sent).length).toBeLessThan(sent.length);
      expect(await service.raw('/healthz')).toMatchObject({ status: 200 });
      expect(await service.raw('/readyz')).toMatchObject({
        status: 503,
        body: { detail: expect.stringMatching(/store/) },
      });
      expect(await service.get(`/v1/accounts/${sent[0]?.accountId ?? ''}`)).toMatchObject({ status: 200 });
      await startStore();
      await ready();
      await expectTruth(sent);
    },
    4 * BOUNDED_MS,
  );
});
