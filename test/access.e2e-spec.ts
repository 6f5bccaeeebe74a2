import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROLES, type Role } from '../apps/ledger/src/http/roles.js';
import { apiOf, historyOf, newId, openedAccount, type Answer, type Api, type Json } from './support/api.js';
import { startStore, startTestService, TestClock, until, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-01T10:00:00+08:00');
let service: TestService;
let store: string;
beforeAll(async () => {
  store = await startStore();
  service = await startTestService({ eventStoreUrl: store, clock });
});

const json = { 'content-type': 'application/json' };
const authorization = (token = service.token): { authorization: string } => ({ authorization: `Bearer ${token}` });

const issue = (body: Json): Promise<Answer> =>
  service.raw('/v1/tokens', { method: 'POST', headers: { ...authorization(), ...json }, body: JSON.stringify(body) });

const revoke = (tokenId: unknown): Promise<Answer> =>
  service.raw(`/v1/tokens/${String(tokenId)}`, { method: 'DELETE', headers: authorization() });

/** The service as somebody with a new token sees it. */
const as = async (role: Role, more: Json = {}): Promise<Api> => {
  const { status, body } = await issue({ role, ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return apiOf(service.url, String(body['token']));
};

const forbidden = { status: 403, body: { type: '/problems/forbidden', status: 403 } };
const unauthorized = { status: 401, body: { type: '/problems/unauthorized', status: 401 } };

describe('a token', () => {
  it('is shown once, and only its digest is kept', async () => {
    const { body } = await issue({ role: 'reader', accounts: ['a1'], expiresAt: '2030-01-01T00:00:00+08:00' });
    expect(body).toEqual({
      tokenId: expect.stringMatching(/^[\w-]{12}$/),
      token: expect.stringMatching(/^slt_[\w-]{43}$/),
      role: 'reader',
      accounts: ['a1'],
      createdAt: '2024-08-01T02:00:00Z',
      expiresAt: '2029-12-31T16:00:00Z',
      revokedAt: null,
    });
    const { token, ...kept } = body;
    const { body: list } = await service.get('/v1/tokens');
    expect(list['tokens']).toContainEqual(kept);
    expect(JSON.stringify(list)).not.toContain(String(token));

    const path = join(service.dataDir, 'read-models.sqlite');
    const file = new DatabaseSync(path, { readOnly: true });
    const rows = file.prepare('select * from ops_tokens').all();
    file.close();
    expect(rows).toContainEqual(
      expect.objectContaining({ digest: createHash('sha256').update(String(token)).digest('hex') }),
    );
    for (const name of [path, `${path}-wal`])
      expect((await readFile(name)).includes(Buffer.from(String(token)))).toBe(false);
  });

  it('is listed page by page', async () => {
    await issue({ role: 'meter' });
    await issue({ role: 'meter' });
    const first = await service.get('/v1/tokens?limit=1');
    expect(first.body['tokens']).toHaveLength(1);
    const second = await service.get(String(first.body['next']));
    expect(second.body['tokens']).not.toEqual(first.body['tokens']);
  });

  it('is good until it is revoked, at once', async () => {
    const { body } = await issue({ role: 'reader' });
    const reader = apiOf(service.url, String(body['token']));
    expect(await reader.get('/v1/accounts')).toMatchObject({ status: 200 });
    expect(await revoke(body['tokenId'])).toMatchObject({ status: 200, body: { revokedAt: '2024-08-01T02:00:00Z' } });
    expect(await reader.get('/v1/accounts')).toMatchObject(unauthorized);
    expect(await revoke(body['tokenId'])).toMatchObject({ status: 200 });
    expect(await revoke('none')).toMatchObject({ status: 404, body: { type: '/problems/token-unknown' } });
  });

  it('is good until it expires', async () => {
    const reader = await as('reader', { expiresAt: '2024-08-01T11:00:00+08:00' });
    expect(await reader.get('/v1/accounts')).toMatchObject({ status: 200 });
    clock.instantNow = '2024-08-01T11:00:00+08:00';
    const answer = await reader.get('/v1/accounts');
    clock.instantNow = '2024-08-01T10:00:00+08:00';
    expect(answer).toMatchObject(unauthorized);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('with one letter changed is none', async () => {
    const { body } = await issue({ role: 'reader' });
    const token = String(body['token']);
    const changed = token.slice(0, -5) + (token.at(-5) === 'A' ? 'B' : 'A') + token.slice(-4);
    expect(await apiOf(service.url, changed).get('/v1/accounts')).toMatchObject(unauthorized);
  });

  it.each([
    ['no role', {}, ['role']],
    ['a role that is none', { role: 'root' }, ['role']],
    ['no accounts in the list', { role: 'reader', accounts: [] }, ['accounts']],
    ['an account that is no id', { role: 'reader', accounts: ['no spaces'] }, ['accounts']],
    ['an admin of accounts', { role: 'admin', accounts: ['a'] }, ['accounts']],
    ['an end that is past', { role: 'reader', expiresAt: '2024-08-01T10:00:00+08:00' }, ['expiresAt']],
    ['more', { role: 'reader', colour: 'red' }, ['colour']],
    [
      'everything wrong',
      { role: 1, accounts: 2, expiresAt: 3, colour: 4 },
      ['colour', 'role', 'accounts', 'expiresAt'],
    ],
  ])('is not made of %s', async (_, body, fields) => {
    const answer = await issue(body);
    expect(answer.status).toBe(400);
    expect((answer.body['errors'] as readonly Json[]).map(({ field }) => field)).toEqual(fields);
  });

  it('is made by an admin only', async () => {
    for (const role of ROLES.filter((one) => one !== 'admin')) {
      const api = await as(role);
      expect(await api.get('/v1/tokens')).toMatchObject(forbidden);
    }
    expect(await (await as('admin')).get('/v1/tokens')).toMatchObject({ status: 200 });
  });
});

describe('a command', () => {
  it('names in its events who sent it, and in which role', async () => {
    const { accountId } = await openedAccount(service);
    const { body } = await issue({ role: 'ops' });
    await apiOf(service.url, String(body['token'])).send('TopUp', { accountId, amount: '1.00' });
    const history = await historyOf(service, accountId);
    expect(history[0]).toMatchObject({ metadata: { actor: { subject: 'operator', role: 'admin' } } });
    expect(history.at(-1)).toMatchObject({
      metadata: { actor: { subject: `token:${String(body['tokenId'])}`, role: 'ops' } },
    });
  });

  it('that a role may not send is not carried out, and is recorded for auditors', async () => {
    const { accountId } = await openedAccount(service);
    const { body } = await issue({ role: 'meter' });
    const meter = apiOf(service.url, String(body['token']));
    const amount = `${Math.floor(Math.random() * 1e9)}.00`;
    const answer = await meter.send('TopUp', { accountId, amount });
    expect(answer).toMatchObject(forbidden);
    expect(answer.body['detail']).toBe('meter may not send TopUp: ask with one of payments, ops, admin.');
    expect(await meter.send('TopUp', { accountId, amount }, { query: '?dryRun=true' })).toMatchObject(forbidden);
    expect(await historyOf(service, accountId)).toHaveLength(3);

    const auditor = await as('auditor');
    const recorded = async (): Promise<readonly Json[]> =>
      (await auditor.get('/v1/refusals?order=newest-first')).body['refusals'] as readonly Json[];
    await until(async () => JSON.stringify(await recorded()).includes(amount));
    expect(await recorded()).toContainEqual(
      expect.objectContaining({
        command: { name: 'TopUp', body: { accountId, amount } },
        refusal: 'Forbidden',
        clause: null,
        actor: { subject: `token:${String(body['tokenId'])}`, role: 'meter' },
      }),
    );
    expect(await (await as('reader')).get('/v1/refusals')).toMatchObject(forbidden);
  });

  it('is forbidden before anybody looks at its body', async () => {
    expect(await (await as('reader')).send('TopUp', { nonsense: true })).toMatchObject(forbidden);
    expect(await (await as('payments')).send('TopUp', { nonsense: true })).toMatchObject({ status: 400 });
  });
});

describe('a token that is bound to accounts', () => {
  it('may touch those, and no other', async () => {
    const [mine, other] = [await openedAccount(service), await openedAccount(service)];
    const position = String(
      (await service.send('TopUp', { accountId: other.accountId, amount: '1' })).body['position'],
    );
    await service.get(`/v1/accounts?minPosition=${encodeURIComponent(position)}`);
    const ops = await as('ops', { accounts: [mine.accountId] });
    const paths = (accountId: string, appId: string): readonly string[] => [
      `/v1/accounts/${accountId}`,
      `/v1/accounts/${accountId}/wallet`,
      `/v1/accounts/${accountId}/history`,
      `/v1/accounts/${accountId}/refusals`,
      `/v1/apps/${appId}`,
      `/v1/apps/${appId}/usage`,
      `/v1/apps/${appId}/entitlements`,
      `/v1/apps?accountId=${accountId}`,
      `/v1/timers?accountId=${accountId}`,
    ];
    for (const path of paths(mine.accountId, mine.appId)) expect(await ops.get(path)).toMatchObject({ status: 200 });
    for (const path of paths(other.accountId, other.appId)) expect(await ops.get(path)).toMatchObject(forbidden);
    expect(await ops.send('TopUp', { accountId: mine.accountId, amount: '1' })).toMatchObject({ status: 201 });
    expect(await ops.send('TopUp', { accountId: other.accountId, amount: '1' })).toMatchObject(forbidden);
    expect(await ops.send('DisableApp', { ...other, accountId: mine.accountId })).toMatchObject({ status: 404 });
  });

  it('may not ask for what is of all accounts, nor learn which others there are', async () => {
    const { accountId } = await openedAccount(service);
    const ops = await as('ops', { accounts: [accountId] });
    for (const path of [
      '/v1/accounts',
      `/v1/accounts?accountId=${accountId}`,
      '/v1/apps',
      '/v1/timers',
      `/v1/apps?accountId=${accountId}&accountId=other`,
      '/v1/projections',
      `/v1/projections?accountId=${accountId}`,
      `/v1/apps/${newId('none')}`,
      `/v1/accounts/${newId('none')}`,
    ])
      expect({ path, ...(await ops.get(path)) }).toMatchObject({ path, ...forbidden });
  });

  it('sees an app of its own that was created a moment ago, by the position of the receipt', async () => {
    const { accountId } = await openedAccount(service);
    const ops = await as('ops', { accounts: [accountId] });
    const appId = newId('app');
    const { body } = await ops.send('CreateApp', { accountId, appId, dataCentre: 'singapore' });
    const path = `/v1/apps/${appId}?minPosition=${encodeURIComponent(String(body['position']))}`;
    expect(await ops.get(path)).toMatchObject({ status: 200, body: { appId } });
  });
});

describe('limits', () => {
  it('keep one caller from taking all there is, and leave the others alone', async () => {
    const small = await startTestService({ eventStoreUrl: store, clock, access: { rateLimit: 1 } });
    const other = apiOf(
      small.url,
      String(
        (
          await small.raw('/v1/tokens', {
            method: 'POST',
            headers: { ...authorization(small.token), ...json },
            body: '{"role":"reader"}',
          })
        ).body['token'],
      ),
    );
    const answers = await Promise.all(Array.from({ length: 12 }, () => small.get('/v1/accounts')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    const tooMany = answers.find(({ status }) => status === 429);
    expect(tooMany).toMatchObject({ body: { type: '/problems/too-many-requests', status: 429 } });
    expect(Number(tooMany?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await other.get('/v1/accounts')).toMatchObject({ status: 200 });
    expect(await small.raw('/healthz')).toMatchObject({ status: 200 });
  });

  it('slow whoever tries tokens', async () => {
    const own = await startTestService({ eventStoreUrl: store, clock });
    const answers = await Promise.all(
      Array.from({ length: 510 }, (_, i) => apiOf(own.url, `slt_${i}`).get('/v1/accounts')),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toEqual(new Set([401, 429]));
    expect(await own.get('/v1/accounts')).toMatchObject({ status: 200 });
  });

  it('answer no more requests at once than they are told', async () => {
    const own = await startTestService({ eventStoreUrl: store, clock, access: { mostInFlight: 1 } });
    const far = `${'9'.repeat(18)}/${'9'.repeat(18)}`;
    const waiting = own.get(`/v1/accounts?minPosition=${far}`);
    await until(async () => (await own.get('/v1/accounts')).status === 503);
    expect(await own.get('/v1/accounts')).toMatchObject({ status: 503, body: { type: '/problems/too-busy' } });
    expect(await own.raw('/healthz')).toMatchObject({ status: 200 });
    await waiting;
    await until(async () => (await own.get('/v1/accounts')).status === 200);
  });
});

describe('every answer', () => {
  it('has the headers that keep a browser from doing anything with it', async () => {
    for (const path of ['/v1/accounts', '/v1/nothing', '/healthz', '/problems/forbidden']) {
      const { headers } = await service.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('strict-transport-security')).not.toBeNull();
    }
    expect((await service.raw('/docs')).headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
