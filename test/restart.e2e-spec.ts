import { join } from 'node:path';
import { historyOf, newId, openedAccount, type Api } from './support/api.js';
import { run } from './support/process.js';
import { temporaryFolder } from './support/service.js';
import { SERVICE, startServing, type Serving } from './support/serving.js';

let dataDir: string;

beforeAll(async () => {
  dataDir = await temporaryFolder();
});

/** The built service on its embedded store, as `npm start` runs it. */
const start = (): Promise<Serving> => startServing(dataDir);

const stateOf = async (api: Api, accountId: string): Promise<unknown> => [
  (await api.get(`/v1/accounts/${accountId}`)).body,
  await historyOf(api, accountId),
];

describe('the service on a data folder', () => {
  it('says where it is, where the token is and what to try', async () => {
    const { running, url } = await start();
    const said = running.said.join('\n');
    expect(said).toContain(join(dataDir, 'token'));
    expect(said).toContain(`curl -sS ${url}/v1/commands/OpenAccount`);
    expect(await running.end('SIGTERM')).toBe(0);
  });

  it('has after a stop what it had before, and stops with exit code 0', async () => {
    const first = await start();
    const { accountId, appId } = await openedAccount(first);
    const { body } = await first.send('Purchase', { accountId, appId, product: 'standard', months: 1 });
    await first.get(`/v1/accounts/${accountId}?minPosition=${String(body['position'])}`);
    const before = await stateOf(first, accountId);
    expect(await first.running.end('SIGINT')).toBe(0);
    const second = await start();
    expect(await stateOf(second, accountId)).toEqual(before);
    expect(await second.running.end('SIGTERM')).toBe(0);
  });

  it('has after kill -9 everything that it gave a receipt for, once', async () => {
    const first = await start();
    const { accountId } = await openedAccount(first);
    const keys = Array.from({ length: 150 }, () => newId('key'));
    const body = { accountId, amount: '1.00' };
    let receipts = 0;
    const sent = keys.map(async (key) => {
      const answer = await first.send('TopUp', body, { key }).catch(() => null);
      if (answer?.status === 201 && ++receipts === 20) await first.running.end('SIGKILL');
      return answer?.status === 201;
    });
    const accepted = (await Promise.all(sent)).filter((done) => done).length;
    expect(accepted).toBeGreaterThanOrEqual(20);

    const second = await start();
    const kept = (await historyOf(second, accountId)).filter(({ type }) => type === 'FundsToppedUp').length - 1;
    expect(kept).toBeGreaterThanOrEqual(accepted);
    expect(kept).toBeLessThanOrEqual(keys.length);
    for (const again of await Promise.all(keys.map((key) => second.send('TopUp', body, { key }))))
      expect(again).toMatchObject({ status: 201 });
    const history = await historyOf(second, accountId);
    expect(history.filter(({ type }) => type === 'FundsToppedUp')).toHaveLength(keys.length + 1);
    const position = String(history.at(-1)?.['position']);
    expect(await second.get(`/v1/accounts/${accountId}?minPosition=${position}`)).toMatchObject({
      body: { cash: '1150.00' },
    });
    expect(await second.running.end('SIGTERM')).toBe(0);
  });

  it('keeps a second process out of the folder', async () => {
    const first = await start();
    const second = run(SERVICE, { PORT: '0', DATA_DIR: dataDir });
    await second.says(/data folder .* is in use by another process/);
    expect(await second.ended).toBe(1);
    expect(await first.raw('/readyz')).toMatchObject({ status: 200 });
    expect(await first.running.end('SIGTERM')).toBe(0);
  });

  it('names every setting that it cannot use', async () => {
    const refused = run(SERVICE, { PORT: 'http', EVENTSTORE_URL: 'localhost:2113', DATA_DIR: dataDir });
    await refused.says(/^PORT is "http"/);
    await refused.says(/^EVENTSTORE_URL cannot be used/);
    expect(await refused.ended).toBe(1);
  });
});
