/** Proof from outside: over HTTP, and by the command line in a process of its own. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreAdapter } from '@ledger/event-store';
import { usageStream } from '@ledger/domain';
import { historyOf, newId, type Json } from './support/api.js';
import { run } from './support/process.js';
import { done, START_MS } from './support/reads.js';
import { startStore, startTestService, temporaryFolder, TestClock, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-01T10:00:00+08:00');
const [accountId, other, appId] = [newId('a'), newId('b'), newId('app')];
let service: TestService;
let storeUrl: string;
let folder: string;
let key: string;

type Said = { readonly code: number | string | null; readonly text: string };

const ops = async (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Said> => {
  const running = run('apps/ops/src/main.js', env, args);
  const code = await running.ended;
  return { code, text: running.said.join('\n') };
};
/** With the service and its data folder at hand. */
const beside = (...args: readonly string[]): Promise<Said> =>
  ops({ LEDGER_URL: service.url, DATA_DIR: service.dataDir }, ...args);
/** On a machine that has neither. */
const alone = (...args: readonly string[]): Promise<Said> =>
  ops({ LEDGER_URL: 'http://127.0.0.1:1', DATA_DIR: join(folder, 'nothing') }, ...args);

beforeAll(async () => {
  storeUrl = await startStore();
  folder = await temporaryFolder();
  service = await startTestService({ eventStoreUrl: storeUrl, clock });
  const app = { accountId, appId };
  await done(service, 'OpenAccount', { accountId, currency: 'USD' });
  await done(service, 'SetContact', { accountId, email: 'somebody@example.com' });
  await done(service, 'TopUp', { accountId, amount: '5000.00' });
  await done(service, 'CreateApp', { ...app, dataCentre: 'singapore', priceBook: 'intl-2024' });
  await done(service, 'Purchase', { ...app, product: 'standard', months: 3 });
  await done(service, 'OpenAccount', { accountId: other, currency: 'USD' });
  clock.instantNow = '2024-08-06T22:00:00+08:00';
  await done(service, 'RecordUsage', { ...app, samples: [{ meter: 'mau', day: '2024-08-06', value: 12_000 }] });
  clock.instantNow = '2024-09-04T10:00:00+08:00';
  await done(service, 'ChargeAccount', { accountId, amount: '9000.00', service: 'disk' });
  clock.instantNow = '2024-09-06T10:00:00+08:00';
  await done(service, 'TopUp', { accountId, amount: '1.00' });
}, START_MS);

describe('keys', () => {
  it('are needed to sign, and the answer says how to make one', async () => {
    const answer = await service.get(`/v1/accounts/${accountId}/bundle`);
    expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining('ledger keys make') } });
  });

  it('are made once, shown, and listed by the service', async () => {
    const made = await beside('keys', 'make');
    expect(made).toMatchObject({ code: 0, text: expect.stringContaining('in use') });
    [key = ''] = /ed25519:\S+/.exec(made.text) ?? [];
    expect(await beside('keys', 'make')).toMatchObject({ code: 1 });
    expect((await beside('keys', 'show')).text).toBe(made.text);
    expect((await service.get('/v1/audit/keys')).body).toMatchObject({ keys: [{ publicKey: key, retiredAt: null }] });
  });
});

describe('verify', () => {
  it('finds nothing wrong with what the service wrote', async () => {
    const { status, body } = await service.get(`/v1/accounts/${accountId}/verify`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accountId, ok: true, findings: [], byOtherRules: [] });
    const events = await historyOf(service, accountId);
    expect(body['streams']).toContainEqual({
      stream: `account-${accountId}`,
      revision: String(events.length - 1),
      chain: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await beside('verify', accountId)).toMatchObject({ code: 0, text: expect.stringContaining(' 0 findings') });
    expect(await beside('verify', '--all')).toMatchObject({ code: 0, text: expect.stringContaining('2 accounts') });
  });

  it('of an account that is not there is a 404, and of neither one nor all a wrong usage', async () => {
    expect(await service.get(`/v1/accounts/${newId('x')}/verify`)).toMatchObject({ status: 404 });
    expect((await beside('verify')).code).toBe(2);
    const away = { LEDGER_URL: 'http://127.0.0.1:1', LEDGER_TOKEN: service.token };
    expect((await ops(away, 'verify', accountId)).code).toBe(3);
  });
});

describe('an evidence bundle', () => {
  it('leads to the state that the service shows, on a machine that never saw it', async () => {
    const file = join(folder, 'a.jsonl');
    expect(await beside('bundle', accountId, '-o', file)).toMatchObject({ code: 0 });
    const proved = await alone('bundle', 'verify', file, '--key', key);
    expect(proved.code).toBe(0);
    const { state, ...about } = JSON.parse(proved.text) as Json;
    expect(about).toMatchObject({
      proved: true,
      accountId,
      problems: [],
      findings: [],
      madeAt: '2024-09-06T02:00:00Z',
    });
    const shown = state as { readonly account: Json; readonly apps: Json };
    expect((await service.get(`/v1/accounts/${accountId}`)).body).toMatchObject(shown.account);
    expect((await service.get(`/v1/apps/${appId}`)).body).toMatchObject(shown.apps[appId] as Json);
    expect(await readFile(file, 'utf8')).not.toContain('somebody@');
  });

  it('that was changed is refused by name; one cut short, too; and no file and no key are wrong usage', async () => {
    const text = await readFile(join(folder, 'a.jsonl'), 'utf8');
    const changed = join(folder, 'changed.jsonl');
    await writeFile(changed, text.replace('"amount":"5000.00"', '"amount":"5001.00"'));
    const refused = await alone('bundle', 'verify', changed, '--key', key);
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('chain-broken') });
    await writeFile(changed, text.slice(0, -500));
    const cut = await alone('bundle', 'verify', changed, '--key', key);
    expect(cut).toMatchObject({ code: 1, text: expect.stringContaining('cut-short') });
    expect((await alone('bundle', 'verify', join(folder, 'none'), '--key', key)).code).toBe(2);
    expect((await alone('bundle', 'verify', changed, '--key', 'abc')).code).toBe(2);
  });

  it('stays proved by its key after a rotation, and a later one is not', async () => {
    expect((await beside('keys', 'rotate')).code).toBe(0);
    const later = join(folder, 'later.jsonl');
    expect((await beside('bundle', accountId, '-o', later)).code).toBe(0);
    expect((await alone('bundle', 'verify', join(folder, 'a.jsonl'), '--key', key)).code).toBe(0);
    const refused = await alone('bundle', 'verify', later, '--key', key);
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('signed-by-another') });
    const { keys } = (await service.get('/v1/audit/keys')).body as { readonly keys: readonly Json[] };
    expect(keys).toMatchObject([{ publicKey: key, retiredAt: expect.any(String) }, { retiredAt: null }]);
    expect((await alone('bundle', 'verify', later, '--key', String(keys[1]?.['publicKey']))).code).toBe(0);
    key = String(keys[1]?.['publicKey']);
  });
});

describe('the trial balance', () => {
  it('sums to nothing over all accounts, as CSV and as JSON', async () => {
    const csv = await beside('trial-balance');
    expect(csv.code).toBe(0);
    expect(csv.text.split('\n')).toEqual(
      expect.arrayContaining([
        'at,currency,side,line,month,amount',
        '2024-09-06T02:00:00Z,USD,came in,toppedUp,,5001.00',
        '2024-09-06T02:00:00Z,USD,is,charged,,9000.00',
        expect.stringMatching(/^2024-09-06T02:00:00Z,USD,is,notYetEarned,2024-10,399\.00$/),
        '2024-09-06T02:00:00Z,USD,,difference,,0.00',
      ]),
    );
    const json = await beside('trial-balance', '--format', 'json', '--at', '2024-08-01T10:00:00+08:00');
    expect(json.code).toBe(0);
    // Progress stands before it, on standard error.
    expect(JSON.parse(json.text.slice(json.text.indexOf('{')))).toMatchObject({
      accounts: 2,
      off: 0,
      currencies: [{ currency: 'USD', lines: { toppedUp: '5000.00', cash: '3803.00', notYetEarned: '1197.00' } }],
    });
  });

  it('of no instant is malformed', async () => {
    expect(await service.get('/v1/audit/trial-balance?at=soon')).toMatchObject({ status: 400 });
  });
});

describe('heads', () => {
  it('stand while streams grow, and a stream that was cut is told', async () => {
    const file = join(folder, 'heads.jsonl');
    expect((await beside('heads', '-o', file)).code).toBe(0);
    await done(service, 'TopUp', { accountId, amount: '1.00' });
    expect(await beside('heads', 'verify', file, '--key', key)).toMatchObject({
      code: 0,
      text: expect.stringContaining(': 0 were cut'),
    });
    const store = new EventStoreAdapter({ connectionString: storeUrl });
    await store.deleteStream(usageStream(appId, '2024-08'));
    await store.close();
    const cut = await beside('heads', 'verify', file, '--key', key);
    expect(cut).toMatchObject({ code: 1, text: expect.stringContaining(`cut  ${usageStream(appId, '2024-08')}@0`) });
    // The bill that was drawn from it says so too.
    const verified = await beside('verify', accountId);
    expect(verified).toMatchObject({ code: 1, text: expect.stringContaining('stream-missing') });
  });

  it('are compared as they are given, and nothing else is', async () => {
    const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
    for (const heads of [undefined, [{}], [{ stream: 'contact-a', revision: '0', chain: '0'.repeat(64) }]]) {
      const body = JSON.stringify({ heads });
      expect(await service.raw('/v1/audit/heads/compare', { method: 'POST', headers, body })).toMatchObject({
        status: 400,
      });
    }
  });
});

describe('rows and stored states', () => {
  it('that were changed in the read database are found', async () => {
    const database = new DatabaseSync(join(service.dataDir, 'read-models.sqlite'));
    const change = (column: string, value: string): void =>
      void database.prepare(`update accounts_1 set ${column} = ${value} where account_id = ?`).run(other);
    const kindsOf = async (): Promise<readonly unknown[]> => {
      const { findings } = (await service.get(`/v1/accounts/${other}/verify`)).body as { findings: readonly Json[] };
      return findings.map(({ kind, what }) => `${String(kind)} ${String(what)}`);
    };
    expect(await kindsOf()).toEqual([]);
    change('cash', "'1.00'");
    expect(await kindsOf()).toEqual([`row-differs accounts ${other} cash`]);
    change('cash', "'0.00'");
    change('state', `replace(state, '"cash":"0.00"', '"cash":"7.00"')`);
    expect(await kindsOf()).toEqual(expect.arrayContaining(['state-differs state.wallet.cash']));
    database.close();
    expect((await beside('verify', '--all')).code).toBe(1);
  });
});
