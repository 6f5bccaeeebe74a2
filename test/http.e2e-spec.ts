import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { newId, openedAccount } from './support/api.js';
import { startStore, startTestService, type TestService } from './support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ eventStoreUrl: await startStore() });
});

const problem = (name: string, status: number, more: object = {}): object => ({
  status,
  body: { type: `/problems/${name}`, status, ...more },
});

const authorized = (): { authorization: string } => ({ authorization: `Bearer ${service.token}` });
const json = { 'content-type': 'application/json' };

describe('a malformed command', () => {
  it('is told every bad field', async () => {
    const body = { accountId: 'no spaces', appId: 'x', product: 1, months: '1', colour: 'red' };
    const answer = await service.send('Purchase', body);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer).toMatchObject(
      problem('malformed', 400, {
        errors: [
          { field: 'accountId', rule: 'id', message: expect.any(String) },
          { field: 'product', rule: 'id' },
          { field: 'months', rule: 'months' },
          { field: 'colour', rule: 'unknown-field' },
        ],
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a space inside', 'with space'],
    ['a letter beyond ASCII', 'ü'],
    ['201 characters', 'x'.repeat(201)],
  ])('needs a key, and %s is none', async (_, key) => {
    const init = { method: 'POST', headers: { ...authorized(), ...json }, body: '{"accountId":"a","currency":"USD"}' };
    const encoded = Buffer.from(key, 'utf8').toString('latin1');
    const headers = key === '' ? init.headers : { ...init.headers, 'idempotency-key': encoded };
    expect(await service.raw('/v1/commands/OpenAccount', { ...init, headers })).toMatchObject(
      problem('malformed', 400, { errors: [{ field: 'Idempotency-Key' }] }),
    );
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'not json'],
    ['half a JSON', '{"accountId":"a"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['a prototype', '{"__proto__":{"accountId":"a"},"accountId":"a"}'],
    ['a constructor', '{"constructor":{"prototype":{"accountId":"a"}},"accountId":"a"}'],
    ['an object for an id', '{"accountId":{"$ne":1}}'],
    ['a list for an id', '{"accountId":["a"]}'],
    ['a very deep list', `{"accountId":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ])('of %s is a 400', async (_, body) =>
    expect(await service.send('EraseContact', body)).toMatchObject(
      problem('malformed', 400, { errors: [{ field: expect.any(String), message: expect.any(String) }] }),
    ),
  );

  it('with a query that means nothing is a 400', async () =>
    expect(await service.send('EraseContact', { accountId: 'a' }, { query: '?dryRun=perhaps' })).toMatchObject(
      problem('malformed', 400, { errors: [{ field: 'dryRun' }] }),
    ));

  it.each(['Fly', '__proto__', 'constructor', 'openaccount'])('%s is no command', async (name) =>
    expect(await service.send(name, {})).toMatchObject(problem('command-unknown', 404)),
  );

  it('above 1 MiB is a 413', async () =>
    expect(await service.send('EraseContact', { accountId: 'a', reason: 'x'.repeat(1024 * 1024) })).toMatchObject(
      problem('too-large', 413),
    ));

  it('that is no JSON by its own account is a 415', async () => {
    const headers = { ...authorized(), 'content-type': 'text/xml', 'idempotency-key': newId('k') };
    expect(await service.raw('/v1/commands/OpenAccount', { method: 'POST', headers, body: '<a/>' })).toMatchObject(
      problem('unsupported-media-type', 415),
    );
  });
});

describe('what is not there', () => {
  it('is a 404', async () => {
    const missing = newId('none');
    expect(await service.get(`/v1/accounts/${missing}`)).toMatchObject(problem('account-unknown', 404));
    expect(await service.get(`/v1/accounts/${missing}/history`)).toMatchObject(problem('account-unknown', 404));
    expect(await service.get('/v1/accounts/..%2Fetc/history')).toMatchObject(problem('account-unknown', 404));
    expect(await service.get(`/v1/apps/${missing}`)).toMatchObject(problem('app-unknown', 404));
    expect(await service.get('/v1/nothing')).toMatchObject(problem('not-found', 404));
    expect(await service.get('/v1/accounts/%zz')).toMatchObject({ status: 400 });
  });

  it('is a 404 with the name of the refusal for a command', async () => {
    const { accountId } = await openedAccount(service);
    expect(await service.send('TopUp', { accountId: newId('none'), amount: '1' })).toMatchObject({
      status: 404,
      body: { refusal: 'AccountUnknown', clause: 'P-1.1' },
    });
    expect(await service.send('ExtendTrial', { accountId, appId: newId('none') })).toMatchObject({
      status: 404,
      body: { refusal: 'AppUnknown', clause: 'P-1.3' },
    });
  });
});

describe('a read that names a position', () => {
  it('waits for it, and not for ever', async () => {
    const { accountId } = await openedAccount(service);
    const far = await service.get(`/v1/accounts/${accountId}?minPosition=${'9'.repeat(18)}/${'9'.repeat(18)}`);
    expect(far).toMatchObject(
      problem('not-projected-yet', 503, {
        lag: { minPosition: expect.any(String), projected: expect.stringMatching(/^\d+\/\d+$/) },
      }),
    );
    expect(far.headers.get('retry-after')).toBe('1');
  });

  it.each(['x', '1', '1/2/3', '-1/0'])('is malformed with %s', async (position) =>
    expect(await service.get(`/v1/accounts/a?minPosition=${position}`)).toMatchObject(
      problem('malformed', 400, { errors: [{ field: 'minPosition' }] }),
    ),
  );

  it.each(['limit=0', 'limit=201', 'limit=x', 'after=-1', 'after=x'])(
    'of history is malformed with %s',
    async (query) =>
      expect(await service.get(`/v1/accounts/a/history?${query}`)).toMatchObject(problem('malformed', 400)),
  );
});

describe('the token', () => {
  it('is needed everywhere but for health and documentation', async () => {
    for (const path of ['/v1/accounts/a', '/v1/apps/a', '/v1/accounts/a/history']) {
      const answer = await service.raw(path);
      expect(answer).toMatchObject(problem('unauthorized', 401));
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="subscription-ledger"');
    }
    const post = await service.raw('/v1/commands/OpenAccount', { method: 'POST', headers: json, body: '{}' });
    expect(post).toMatchObject(problem('unauthorized', 401));
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/docs', '/docs/swagger-ui-bundle.js'])
      expect(await service.raw(path)).toMatchObject({ status: 200 });
  });

  it.each(['', 'x', 'Bearer', 'Bearer x', 'Basic x'])('is not "%s"', async (authorization) => {
    const answer = await service.raw('/v1/accounts/a', { headers: { authorization } });
    expect(answer).toMatchObject(problem('unauthorized', 401));
  });

  it('is for the owner of the data folder only', async () => {
    const { mode } = await stat(join(service.dataDir, 'token'));
    expect(mode & 0o777).toBe(0o600);
    expect(service.token.length).toBeGreaterThanOrEqual(40);
  });
});

describe('the OpenAPI document', () => {
  it('has every command with its body, and every read', async () => {
    const { body } = await service.raw('/openapi.json');
    const paths = Object.keys(body['paths'] as object);
    expect(paths.filter((path) => path.startsWith('/v1/commands/'))).toHaveLength(25);
    expect(paths).toEqual(
      expect.arrayContaining(['/v1/accounts/{id}', '/v1/apps/{appId}', '/v1/accounts/{id}/history', '/readyz']),
    );
    expect(body).toMatchObject({
      paths: {
        '/v1/commands/TopUp': {
          post: {
            requestBody: {
              content: {
                'application/json': { schema: { required: ['accountId', 'amount'], additionalProperties: false } },
              },
            },
          },
        },
      },
    });
  });
});

describe('a connection that breaks off', () => {
  it('leaves the service as it was', async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/commands/TopUp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"accountId":',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    expect(await service.raw('/readyz')).toMatchObject({ status: 200 });
  });
});
