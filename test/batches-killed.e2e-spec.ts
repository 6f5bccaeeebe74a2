/** A batch whose service is killed in the middle of it, on the embedded store: 10,000 commands in `npm run faults`. */
import { historyOf, type Api, type Json } from './support/api.js';
import { bodyOf, itemsOf, receiptOf, sendBatch, type BatchAnswer } from './support/batches.js';
import { report, SIZE } from './support/faults.js';
import { temporaryFolder } from './support/service.js';
import { startServing, type Serving } from './support/serving.js';

const { commands, accounts } = SIZE.batch;
const BATCH = 'top-ups-of-august';

let dataDir: string;
beforeAll(async () => {
  dataDir = await temporaryFolder();
});

const start = (): Promise<Serving> => startServing(dataDir);

const nameOf = (i: number): string => `acme-${i % accounts}`;

/** Opens every account, then tops each up by another amount each time: which command happened shows in the stream. */
const body = bodyOf(
  Array.from({ length: commands }, (_, i) =>
    i < accounts
      ? ['OpenAccount', { accountId: nameOf(i), currency: 'USD' }]
      : ['TopUp', { accountId: nameOf(i), amount: `${Math.floor(i / accounts)}.00` }],
  ),
);

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

it(
  'each command happens once when the service is killed in the middle of the batch and the batch is sent again',
  async () => {
    const first = await start();
    let heard = 0;
    const answer = await sendBatch(first, first.token, {
      batchId: BATCH,
      body,
      onLine: ({ kind }) => {
        if (kind === 'item' && ++heard === Math.floor(commands / 2)) first.running.process.kill('SIGKILL');
      },
    });
    expect(await first.running.ended).toBe('SIGKILL');
    expect(heard).toBeLessThan(commands);

    const second = await start();
    const { body: status } = await second.get(`/v1/batches/${BATCH}`);
    expect(status).toMatchObject({ items: commands, isRunning: false });
    expect(Number(status['done'])).toBeGreaterThanOrEqual(heard);
    const begun = performance.now();
    const again = await sendBatch(second, second.token, { batchId: BATCH, body });
    report(`${String(status['done'])} of ${commands} were kept at the kill; all were answered in ${seconds(begun)} s`);
    expect(again.lines.at(-1)).toMatchObject({ kind: 'finished', items: commands, done: commands, open: 0 });
    expectTheFirstReceipts(answer, again);
    await expectEachOnce(second);
    expect(await second.running.end('SIGTERM')).toBe(0);
  },
  SIZE.limitMs,
);

const expectTheFirstReceipts = (first: BatchAnswer, again: BatchAnswer): void => {
  const later = new Map(itemsOf(again).map((line) => [line['item'], line]));
  expect(later.size).toBe(commands);
  for (const line of itemsOf(first)) {
    expect(later.get(line['item'])).toMatchObject({ status: 201, replayed: true });
    expect(receiptOf(later.get(line['item']))['events']).toEqual(receiptOf(line)['events']);
  }
};

/** In the streams, and in the order of the lines. */
const expectEachOnce = async (api: Api): Promise<void> => {
  for (let account = 0; account < accounts; account += 1) {
    const events = await historyOf(api, nameOf(account));
    const amounts = events.slice(1).map(({ data }) => (data as Json)['amount']);
    const each = Array.from({ length: events.length - 1 }, (_, n) => `${n + 1}.00`);
    expect([events[0]?.['type'], ...amounts]).toEqual(['AccountOpened', ...each]);
    expect(events).toHaveLength(Math.ceil((commands - account) / accounts));
  }
};
