import { historyOf, newId, openedAccount, type Answer, type Api, type Json } from './support/api.js';
import { temporaryFolder, until } from './support/service.js';
import { startServing, type Serving } from './support/serving.js';

const start = (dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Serving> =>
  startServing(dataDir, { LOG_LEVEL: 'warn', ...env });

/** What a client was told: an answer, or an error of the way there. */
type Sent = { readonly accountId: string; readonly key: string; readonly answer: Answer | 'failed' };

/** A client that sends one command after the other until it is not accepted any more. */
const client = async (api: Api, accountId: string, sent: Sent[]): Promise<void> => {
  for (;;) {
    const key = newId('key');
    const answer = await api.send('TopUp', { accountId, amount: '1.00' }, { key }).catch(() => 'failed' as const);
    sent.push({ accountId, key, answer });
    if (!isReceipt(answer)) return;
  }
};

const isReceipt = (answer: Answer | 'failed'): answer is Answer => answer !== 'failed' && answer.status === 201;

describe('SIGTERM under load', () => {
  it('ends with exit code 0, every request answered or failed, and nothing acknowledged missing', async () => {
    const dataDir = await temporaryFolder();
    const first = await start(dataDir);
    const accounts = await Promise.all(Array.from({ length: 10 }, () => openedAccount(first)));
    const sent: Sent[] = [];
    const clients = Array.from({ length: 50 }, (_, i) => client(first, accounts[i % 10]?.accountId ?? '', sent));
    await until(async () => Promise.resolve(sent.length >= 200));
    expect(await first.running.end('SIGTERM')).toBe(0);
    await Promise.all(clients); // none is left without an answer or an error
    for (const { answer } of sent)
      if (answer !== 'failed' && !isReceipt(answer))
        expect(answer).toMatchObject({ status: 503, body: { type: '/problems/stopping' } });

    const second = await start(dataDir);
    for (const { accountId } of accounts) {
      const mine = sent.filter((one) => one.accountId === accountId);
      const ids = new Set((await historyOf(second, accountId)).map(({ id }) => id));
      for (const { answer } of mine)
        if (isReceipt(answer)) for (const { id } of answer.body['events'] as readonly Json[]) expect(ids).toContain(id);
      for (const { key } of mine) {
        const again = await second.send('TopUp', { accountId, amount: '1.00' }, { key });
        expect(again.status).toBe(201);
      }
      expect(await historyOf(second, accountId)).toHaveLength(3 + mine.length);
    }
    expect(await second.running.end('SIGTERM')).toBe(0);
  }, 120_000);

  it('is told by /readyz at once, while requests are still answered', async () => {
    const api = await start(await temporaryFolder(), { DRAIN_SECONDS: '3' });
    const { accountId } = await openedAccount(api);
    const ended = api.running.end('SIGTERM');
    await until(async () => (await api.raw('/readyz')).status === 503);
    expect(await api.raw('/readyz')).toMatchObject({ body: { type: '/problems/stopping' } });
    const answer = await api.send('TopUp', { accountId, amount: '1.00' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('connection')).toBe('close');
    expect(await ended).toBe(0);
  }, 120_000);
});
