import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { REMEMBERED } from '../libs/event-store/src/command-memory.js';
import { historyOf, newId, openedAccount, typesOf, type Json } from './support/api.js';
import { bodyOf, itemsOf, receiptOf, sendBatch, type BatchAnswer, type BatchLine } from './support/batches.js';
import { DATABASES, serviceOver, START_MS } from './support/reads.js';
import { atTheEnd, TestClock, until, type TestService } from './support/service.js';

describe.each(DATABASES)('batches over %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await serviceOver(kind, new TestClock('2024-08-01T10:00:00Z'));
  }, START_MS);

  const send = (body: string, batchId = newId('batch'), more: object = {}): Promise<BatchAnswer> =>
    sendBatch(service, service.token, { batchId, body, ...more });

  const statusOf = async (batchId: string): Promise<Json> => (await service.get(`/v1/batches/${batchId}`)).body;

  /** The items in the order of their lines. */
  const byLine = (answer: BatchAnswer): readonly BatchLine[] =>
    itemsOf(answer).toSorted((a, b) => Number(a['item']) - Number(b['item']));

  it('decide the commands of an account in order, and tell each as it is decided', async () => {
    const [a, b] = [newId('a'), newId('b')];
    const answer = await send(
      bodyOf([
        ['OpenAccount', { accountId: a, currency: 'USD' }],
        ['OpenAccount', { accountId: b, currency: 'CNY' }],
        ['TopUp', { accountId: a, amount: '5.00' }],
        ['TopUp', { accountId: b, amount: '7.00', reason: 'by hand' }],
        ['BlockRefunds', { accountId: a, appId: 'none' }],
      ]),
    );
    expect(answer.status).toBe(200);
    expect(byLine(answer)).toMatchObject([
      { item: 0, status: 201, replayed: false, receipt: { stream: `account-${a}`, revision: '0' } },
      { item: 1, status: 201, receipt: { stream: `account-${b}`, revision: '0' } },
      { item: 2, status: 201, receipt: { events: [{ type: 'FundsToppedUp', data: { amount: '5.00' } }] } },
      { item: 3, status: 201 },
      { item: 4, status: 404, problem: { refusal: 'AppUnknown', clause: 'P-1.3' } },
    ]);
    expect(answer.lines.at(-1)).toMatchObject({
      kind: 'finished',
      items: 5,
      done: 4,
      refused: 1,
      malformed: 0,
      open: 0,
    });
  });

  it('answer a line that is no command with what is wrong with it, and go on', async () => {
    const { accountId, appId } = await openedAccount(service);
    const batchId = newId('batch');
    const body = [
      'not json',
      '',
      JSON.stringify({ command: 'Purchase', body: { accountId, appId, product: 'standard', months: '1' } }),
      JSON.stringify({ command: 'Fly', body: {} }),
      JSON.stringify({ command: 'TopUp', body: { accountId, amount: '1.00' }, key: 'no spaces', colour: 'red' }),
      JSON.stringify({ command: 'TopUp' }),
      '[]\r',
      JSON.stringify({ command: 'TopUp', body: { accountId, amount: '1.00' } }),
    ].join('\n');
    const answer = await send(body, batchId);
    const fields = byLine(answer).map(({ item, status, problem }) => {
      const { errors = [] } = Object(problem) as { readonly errors?: readonly { readonly field: string }[] };
      return [item, status, errors.map(({ field }) => field)];
    });
    expect(fields).toEqual([
      [0, 400, ['']],
      [2, 400, ['body.months']],
      [3, 400, ['command']],
      [4, 400, ['key', 'colour']],
      [5, 400, ['body']],
      [6, 400, ['']],
      [7, 201, []],
    ]);
    expect(await statusOf(batchId)).toMatchObject({ items: 7, done: 1, refused: 0, malformed: 6, open: 0 });
    expect(byLine(await send(body, batchId)).slice(0, 6)).toEqual(byLine(answer).slice(0, 6));
  });

  it('sent again under their id do nothing again, and answer each item as it was', async () => {
    const { accountId, appId } = await openedAccount(service, '1.00');
    const batchId = newId('batch');
    const body = bodyOf([
      ['Purchase', { accountId, appId, product: 'standard', months: 1 }],
      ['TopUp', { accountId, amount: '1000.00' }],
      ['SetContact', { accountId, email: 'someone@example.com' }],
      ['BlockRefunds', { accountId }],
      ['BlockRefunds', { accountId }],
      ['SetContact', { accountId, phone: '+6512345678' }],
    ]);
    const first = byLine(await send(body, batchId));
    expect(first.map(({ status }) => status)).toEqual([422, 201, 201, 201, 201, 201]);
    const again = byLine(await send(body, batchId));
    // The first is refused as it was, though there is money now: it was decided. A contact that was set again is gone.
    expect(again.filter((_, item) => item !== 2)).toEqual(
      first
        .filter((_, item) => item !== 2)
        .map((line) => (line['status'] === 201 ? { ...line, replayed: true } : line)),
    );
    expect(receiptOf(again[2])).toMatchObject({ stream: `contact-${accountId}`, events: [] });
    const types = typesOf(await historyOf(service, accountId));
    expect(types.filter((type) => type === 'FundsToppedUp')).toHaveLength(2);
    expect(types.filter((type) => type === 'RefundsBlocked')).toHaveLength(1);
  });

  it('keep the key that a line has for itself', async () => {
    const { accountId } = await openedAccount(service);
    const line = (amount: string): string =>
      JSON.stringify({ command: 'TopUp', body: { accountId, amount }, key: `k-${accountId}` });
    expect(itemsOf(await send(line('2.00')))).toMatchObject([{ status: 201, replayed: false }]);
    expect(itemsOf(await send(line('2.00')))).toMatchObject([{ status: 201, replayed: true }]);
    const other = itemsOf(await send(line('3.00')));
    expect(other).toMatchObject([{ status: 409, problem: { type: '/problems/key-reused' } }]);
  });

  it('refuse another body under the same id before anything of it happens', async () => {
    const { accountId } = await openedAccount(service);
    const batchId = newId('batch');
    await send(bodyOf([['TopUp', { accountId, amount: '1.00' }]]), batchId);
    const other = await send(bodyOf([['TopUp', { accountId, amount: '2.00' }]]), batchId);
    expect(other).toMatchObject({ status: 409, lines: [{ type: '/problems/key-reused' }] });
    expect(await historyOf(service, accountId)).toHaveLength(4);
  });

  it('stop when whoever sent them is gone, and go on when they are sent again', async () => {
    const accounts = await Promise.all(Array.from({ length: 40 }, () => openedAccount(service)));
    const body = bodyOf(
      Array.from({ length: 800 }, (_, i) => [
        'TopUp',
        { accountId: accounts[i % accounts.length]?.accountId, amount: '1.00' },
      ]),
    );
    const batchId = newId('batch');
    const gone = new AbortController();
    let heard = 0;
    const onLine = (): void => {
      heard += 1;
      if (heard === 50) gone.abort();
    };
    await send(body, batchId, { onLine, signal: gone.signal });
    await until(async () => !(await statusOf(batchId))['isRunning']);
    const left = Number((await statusOf(batchId))['open']);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(751);
    const second = await send(body, batchId);
    expect(second.lines.at(-1)).toMatchObject({ kind: 'finished', done: 800 });
    expect(itemsOf(second).filter(({ replayed }) => replayed === false)).toHaveLength(left);
    for (const { accountId } of accounts) expect(await historyOf(service, accountId)).toHaveLength(3 + 20);
  }, 60_000);

  it('are carried out once at a time', async () => {
    const { accountId } = await openedAccount(service);
    const batchId = newId('batch');
    const body = bodyOf(Array.from({ length: 300 }, () => ['TopUp', { accountId, amount: '1.00' }]));
    let second: Promise<BatchAnswer> | undefined;
    const first = await send(body, batchId, { onLine: () => (second ??= send(body, batchId)) });
    expect(await second).toMatchObject({ status: 503, lines: [{ type: expect.stringMatching(/\/batch-running$/) }] });
    expect(first.lines.at(-1)).toMatchObject({ kind: 'finished', done: 300 });
  });

  it.each([
    ['without an id', { 'content-type': 'application/x-ndjson' }, '{}', 400],
    ['with an id that is none', { 'content-type': 'application/x-ndjson', 'batch-id': 'a b' }, '{}', 400],
    ['without a line', { 'content-type': 'application/x-ndjson', 'batch-id': 'empty' }, '\n \r\n', 400],
    ['as one JSON document', { 'content-type': 'application/json', 'batch-id': 'json' }, '[]', 415],
    [
      'with more than 20,000 lines',
      { 'content-type': 'application/x-ndjson', 'batch-id': 'l' },
      '{}\n'.repeat(20_001),
      413,
    ],
  ])('are refused %s', async (_, headers, body, status) => {
    const authorization = `Bearer ${service.token}`;
    const answer = await service.raw('/v1/batches', { method: 'POST', headers: { ...headers, authorization }, body });
    expect(answer).toMatchObject({ status, body: { type: expect.stringMatching(/^\/problems\//), status } });
  });

  it('are not read of who has no token, and unknown where none was sent', async () => {
    const headers = { 'content-type': 'application/x-ndjson', 'batch-id': 'b' };
    expect(await service.raw('/v1/batches', { method: 'POST', headers, body: '{}' })).toMatchObject({ status: 401 });
    expect(await service.get('/v1/batches/none')).toMatchObject({ status: 404 });
  });

  it('do not come in where one command is meant', async () => {
    const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/x-ndjson' };
    const answer = await service.raw('/v1/commands/TopUp', { method: 'POST', headers, body: '{}' });
    expect(answer).toMatchObject({ status: 415 });
  });
});

describe('a batch of more commands for an account than its stream remembers', () => {
  it('does none of them twice when it is sent again', async () => {
    const service = await serviceOver('node:sqlite', new TestClock('2024-08-01T10:00:00Z'));
    const { accountId } = await openedAccount(service);
    const batchId = newId('batch');
    const body = bodyOf(Array.from({ length: REMEMBERED + 20 }, () => ['TopUp', { accountId, amount: '1.00' }]));
    await sendBatch(service, service.token, { batchId, body });
    const again = await sendBatch(service, service.token, { batchId, body });
    expect(again.lines.at(-1)).toMatchObject({ kind: 'finished', done: REMEMBERED + 20 });
    expect(itemsOf(again).every(({ replayed }) => replayed === true)).toBe(true);
    expect(itemsOf(again)[0]).toMatchObject({ item: 0, receipt: { revision: '3' } });
    const { body: account } = await service.get(`/v1/accounts/${accountId}`);
    expect(account).toMatchObject({ revision: String(2 + REMEMBERED + 20) });
  }, 120_000);
});

describe('a batch that another process has taken', () => {
  it('ends at once, and leaves the rest to that', async () => {
    const service = await serviceOver('node:sqlite', new TestClock('2024-08-01T10:00:00Z'));
    const { accountId } = await openedAccount(service);
    const batchId = newId('batch');
    const body = bodyOf(Array.from({ length: 300 }, () => ['TopUp', { accountId, amount: '1.00' }]));
    const rows = new DatabaseSync(join(service.dataDir, 'read-models.sqlite'));
    atTheEnd(() => rows.close());
    rows.exec('pragma busy_timeout = 5000');
    const take = rows.prepare("update ops_batches set holder = 'another' where batch_id = ?");
    let isTaken = false;
    const onLine = (): void => {
      if (!isTaken) take.run(batchId);
      isTaken = true;
    };
    const first = await sendBatch(service, service.token, { batchId, body, onLine });
    expect(first.lines.at(-1)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('Another process') });
    const again = await sendBatch(service, service.token, { batchId, body });
    expect(again.lines.at(-1)).toMatchObject({ kind: 'finished', done: 300 });
    expect(await historyOf(service, accountId)).toHaveLength(3 + 300);
  });
});
