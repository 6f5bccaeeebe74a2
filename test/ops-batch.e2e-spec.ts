/** Batches of the command line under kills, of itself and of the service; at full size in `npm run faults`. */
import { jest } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyOf, typesOf, type Json } from './support/api.js';
import { isFull, report } from './support/faults.js';
import { shell, type Shell } from './support/ledger-cli.js';
import { temporaryFolder, until } from './support/service.js';
import { startServing, type Serving } from './support/serving.js';

const SIZE = isFull ? { accounts: 1000, kills: 10, limitMs: 1_200_000 } : { accounts: 30, kills: 3, limitMs: 240_000 };
const FOR_EACH = 10;

jest.setTimeout(SIZE.limitMs);

/** On the port that it had before, where there was one. */
const serve = (dataDir: string, port = '0'): Promise<Serving> => startServing(dataDir, { PORT: port });

/** Each account is opened, then topped up under a reference of its own, all accounts in turns. */
const commands = (accounts: number): readonly Json[] =>
  Array.from({ length: FOR_EACH }, (_, turn) =>
    Array.from({ length: accounts }, (__, i) => {
      const accountId = `a${i}`;
      return turn === 0
        ? { command: 'OpenAccount', body: { accountId, currency: 'USD' } }
        : { command: 'TopUp', body: { accountId, amount: '1.00', reference: `turn-${turn}` } };
    }),
  ).flat();

const chargesOf = (accounts: number): readonly Json[] =>
  Array.from({ length: accounts * 2 }, (_, i) => ({
    command: 'ChargeAccount',
    body: { accountId: `a${i % accounts}`, amount: '0.01', service: 'sms' },
  }));

const ndjson = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');

const linesIn = (path: string): number => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0);

describe('a batch', () => {
  let dataDir: string;
  let service: Serving;
  let ledger: Shell;
  const env = (): { readonly [name: string]: string } => ({ LEDGER_URL: service.url, LEDGER_TOKEN: service.token });

  beforeAll(async () => {
    dataDir = await temporaryFolder();
    service = await serve(dataDir);
    ledger = await shell(env());
  });

  it(`killed again and again, and the service with it, does each of ${SIZE.accounts * FOR_EACH} commands once, in order`, async () => {
    const total = SIZE.accounts * FOR_EACH;
    const results = join(ledger.folder, 'all.ndjson.results');
    await writeFile(join(ledger.folder, 'all.ndjson'), ndjson(commands(SIZE.accounts)));
    const begun = performance.now();
    for (let kill = 1; kill <= SIZE.kills; kill++) {
      const batch = ledger.start('ledger batch all.ndjson --concurrency 16');
      await until(() => Promise.resolve(linesIn(results) > (total * kill) / (SIZE.kills + 2)));
      batch.process.kill('SIGKILL');
      expect((await batch.ended).code).toBeNull();
    }
    expect(linesIn(results)).toBeLessThan(total);
    const last = ledger.start('ledger batch all.ndjson --concurrency 16 --json');
    const { port } = new URL(service.url);
    await service.running.end('SIGKILL');
    service = await serve(dataDir, port);
    const { code, out, err } = await last.ended;
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ items: total, done: total, refused: 0, malformed: 0, unanswered: 0 });
    report(`${total} commands, ${SIZE.kills} kills: ${((performance.now() - begun) / 1000).toFixed(1)} s`);

    const items = readFileSync(results, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Json)['item']);
    expect(items.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: total }, (_, i) => i));
    for (let i = 0; i < SIZE.accounts; i++) {
      const events = await historyOf(service, `a${i}`);
      expect(typesOf(events)).toEqual([
        'AccountOpened',
        ...Array.from({ length: FOR_EACH - 1 }, () => 'FundsToppedUp'),
      ]);
      const references = events.slice(1).map(({ data }) => (data as Json)['reference']);
      expect(references).toEqual(Array.from({ length: FOR_EACH - 1 }, (_, turn) => `turn-${turn + 1}`));
    }
  });

  it('whose results are lost is sent again without anything happening twice', async () => {
    const { code, out } = await ledger.run('ledger batch all.ndjson --results again.results --concurrency 16 --json');
    expect({ code, ...(JSON.parse(out) as Json) }).toMatchObject({ code: 0, done: SIZE.accounts * FOR_EACH });
    const [first = ''] = readFileSync(join(ledger.folder, 'again.results'), 'utf8').split('\n');
    expect(JSON.parse(first)).toMatchObject({ status: 201, replayed: true });
    expect(await historyOf(service, 'a0')).toHaveLength(FOR_EACH);
  });

  it('goes on after what is refused or malformed, and says which', async () => {
    const topUp = { command: 'TopUp', body: { accountId: 'a1', amount: '1.00' }, key: 'mine-1' };
    const lines = [
      JSON.stringify(topUp),
      '',
      '{',
      '{ "command": "TopUp", "body": { "accountId": "nobody", "amount": "1" } }',
    ];
    const more = ['{ "command": "TopUp", "body": { "accountId": "a1" } }', JSON.stringify({ ...topUp, key: 'mine-2' })];
    const ended = await ledger.run('ledger batch - --results mixed.results --json', [...lines, ...more].join('\n'));
    expect(ended).toMatchObject({ code: 1 });
    expect(JSON.parse(ended.out)).toMatchObject({ items: 5, done: 2, refused: 1, malformed: 2, unanswered: 0 });
    const results = readFileSync(join(ledger.folder, 'mixed.results'), 'utf8').trimEnd().split('\n');
    const byItem = new Map(results.map((line) => JSON.parse(line) as Json).map((result) => [result['item'], result]));
    expect(byItem.get(2)).toMatchObject({ status: 400, problem: { detail: expect.stringContaining('JSON object') } });
    expect(byItem.get(3)).toMatchObject({ status: 404, problem: { refusal: 'AccountUnknown' } });
    expect(byItem.get(4)).toMatchObject({ status: 400, problem: { errors: [{ field: 'amount' }] } });
    expect(byItem.get(5)).toMatchObject({ status: 201, key: 'mine-2', accountId: 'a1' });
  });

  it('does not take the result file of another', async () => {
    await writeFile(join(ledger.folder, 'other.ndjson'), ndjson(commands(1)));
    const ended = await ledger.run('ledger batch other.ndjson --results all.ndjson.results');
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('results of another batch') });
  });

  it('ends with 3 when nobody answers any more, and leaves what is open to the next start', async () => {
    await writeFile(join(ledger.folder, 'late.ndjson'), ndjson(chargesOf(3)));
    const away = await ledger.run('ledger batch late.ndjson --wait 1 --json --url http://127.0.0.1:1');
    expect({ code: away.code, ...(JSON.parse(away.out) as Json) }).toMatchObject({ code: 3, done: 0, unanswered: 6 });
    expect(await ledger.run('ledger batch late.ndjson --json')).toMatchObject({ code: 0 });
  });
});

describe('ledger history --follow', () => {
  it('goes on over a restart of the service, until Ctrl-C', async () => {
    const dataDir = await temporaryFolder();
    const before = await serve(dataDir);
    const accountId = 'followed';
    await before.send('OpenAccount', { accountId, currency: 'USD' });
    const ledger = await shell({ LEDGER_URL: before.url, LEDGER_TOKEN: before.token });
    const following = ledger.start(`ledger history ${accountId} --follow --json`);
    let said = '';
    following.process.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const shown = (): readonly unknown[] =>
      typesOf(
        said
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Json),
      );
    await until(() => Promise.resolve(shown().length === 1));
    await before.running.end('SIGTERM');
    const after = await serve(dataDir, new URL(before.url).port);
    await after.send('TopUp', { accountId, amount: '1.00' });
    await until(() => Promise.resolve(shown().length === 2));
    expect(shown()).toEqual(['AccountOpened', 'FundsToppedUp']);
    following.process.kill('SIGINT');
    expect(await following.ended).toMatchObject({ code: 0 });
  });
});
