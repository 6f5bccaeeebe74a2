import { createHmac } from 'node:crypto';
import { exportJWK } from 'jose';
import { Oidc } from '../apps/ledger/src/access/oidc.js';
import { apiOf, historyOf, newId, openedAccount, type Answer } from './support/api.js';
import { AUDIENCE, newKey, startIssuer, type Issuer } from './support/issuer.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-01T10:00:00+08:00');
let issuer: Issuer;
let service: TestService;
beforeAll(async () => {
  issuer = await startIssuer();
  const oidc = { issuer: issuer.url, audience: AUDIENCE, rolesClaim: 'realm.roles', accountsClaim: 'accounts' };
  service = await startTestService({ eventStoreUrl: await startStore(), clock, access: { oidc } });
});

const EVERYWHERE = { accounts: ['*'] };
const ops = { realm: { roles: ['ops', 'something-else'] }, ...EVERYWHERE };

const signed = (claims: object): Promise<string> => issuer.sign({ ...claims }, { now: clock.now() });

const read = (token: string): Promise<Answer> => apiOf(service.url, token).get('/v1/accounts');

/** Nobody is let in, and is told why. */
const refused = async (token: string, why: string): Promise<void> => {
  const answer = await read(token);
  expect(answer).toMatchObject({ status: 401, body: { type: '/problems/unauthorized' } });
  expect(answer.body['detail']).toBe(`The token is not valid: ${why}.`);
  expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token of the issuer', () => {
  it('lets in, with the role that it names, and names its subject in the events', async () => {
    const { accountId } = await openedAccount(service);
    const api = apiOf(service.url, await signed(ops));
    expect(await api.send('TopUp', { accountId, amount: '1.00' })).toMatchObject({ status: 201 });
    expect(await api.send('BanAccount', { accountId })).toMatchObject({ status: 403 });
    const history = await historyOf(service, accountId);
    expect(history.at(-1)).toMatchObject({ metadata: { actor: { subject: 'oidc:u-1', role: 'ops' } } });
  });

  it('acts in the least of its roles that may', async () => {
    const { accountId } = await openedAccount(service);
    const token = await signed({ realm: { roles: 'admin payments reader' }, ...EVERYWHERE });
    await apiOf(service.url, token).send('TopUp', { accountId, amount: '1.00' });
    await apiOf(service.url, token).send('GrantGift', { accountId, amount: '1.00' });
    const roles = (await historyOf(service, accountId)).slice(-2);
    expect(roles).toMatchObject([
      { metadata: { actor: { role: 'payments' } } },
      { metadata: { actor: { role: 'admin' } } },
    ]);
  });

  it('without a role that is known may nothing', async () => {
    for (const realm of [undefined, {}, { roles: [] }, { roles: ['root'] }, { roles: { admin: true } }, 'admin'])
      expect(await read(await signed({ realm, ...EVERYWHERE }))).toMatchObject({ status: 403 });
  });

  it('is bound to the accounts that it names, and without the claim to none at all', async () => {
    const { accountId } = await openedAccount(service);
    const realm = { roles: ['reader'] };
    const asked = async (claims: object): Promise<number> =>
      (await apiOf(service.url, await signed({ realm, ...claims })).get(`/v1/accounts/${accountId}`)).status;
    expect(await asked({ accounts: [accountId] })).toBe(200);
    expect(await asked({ accounts: accountId })).toBe(200);
    expect(await asked({ accounts: [newId('other')] })).toBe(403);
    expect(await asked({})).toBe(403);
    expect(await asked(EVERYWHERE)).toBe(200);
  });

  it('does not bring an address into the streams', async () => {
    const { accountId } = await openedAccount(service);
    const token = await signed({ ...ops, sub: 'somebody@example.com' });
    await apiOf(service.url, token).send('TopUp', { accountId, amount: '1.00' });
    const last = JSON.stringify((await historyOf(service, accountId)).at(-1));
    expect(last).toMatch(/"subject":"oidc:[\w-]{43}"/);
    expect(last).not.toContain('example');
  });
});

describe('nobody is let in by a token', () => {
  it('that has expired', async () => {
    await refused(await issuer.sign(ops, { now: clock.now() - 306_000 }), 'it has expired');
    expect(await read(await issuer.sign(ops, { now: clock.now() - 303_000 }))).toMatchObject({ status: 200 });
  });

  it('that is not good yet', async () => {
    await refused(await signed({ ...ops, nbf: Math.floor(clock.now() / 1000) + 60 }), 'its claim nbf is not right');
  });

  it('for somebody else', async () => {
    await refused(await signed({ ...ops, aud: 'another' }), 'its claim aud is not right');
    await refused(await signed({ ...ops, aud: undefined }), 'its claim aud is not right');
  });

  it('of somebody else', async () => {
    await refused(await signed({ ...ops, iss: 'https://issuer.example' }), 'its claim iss is not right');
  });

  it('without an end or a subject', async () => {
    await refused(await signed({ ...ops, exp: undefined }), 'its claim exp is not right');
    await refused(await signed({ ...ops, sub: undefined }), 'its claim sub is not right');
  });

  it('in which anything was changed', async () => {
    const [head = '', , signature = ''] = (await signed({ ...ops, realm: { roles: ['reader'] } })).split('.');
    const at = Math.floor(clock.now() / 1000);
    const body = part({
      iss: issuer.url,
      aud: AUDIENCE,
      sub: 'u-1',
      iat: at,
      exp: at + 300,
      realm: { roles: ['admin'] },
    });
    await refused(`${head}.${body}.${signature}`, 'its signature is not right');
  });

  it('without a signature', async () => {
    const [, body = ''] = (await signed(ops)).split('.');
    await refused(`${part({ alg: 'none' })}.${body}.`, 'its algorithm is not allowed');
  });

  it('signed with a secret that everybody knows: the public key', async () => {
    const [, body = ''] = (await signed(ops)).split('.');
    const secret = JSON.stringify(await exportJWK(issuer.key.publicKey));
    const signing = `${part({ alg: 'HS256', kid: issuer.key.kid })}.${body}`;
    const signature = createHmac('sha256', secret).update(signing).digest('base64url');
    await refused(`${signing}.${signature}`, 'its algorithm is not allowed');
  });

  it('signed with a key that the issuer does not have', async () => {
    await refused(
      await issuer.sign(ops, { now: clock.now(), key: await newKey('key-9') }),
      'the issuer has no such key',
    );
    const stolenName = await newKey(issuer.key.kid);
    await refused(await issuer.sign(ops, { now: clock.now(), key: stolenName }), 'its signature is not right');
  });

  it('that only looks like one', async () => {
    for (const text of ['a.b.c', '..', `${part({ alg: 'ES256' })}.${part({})}.`, 'x.y.z'.repeat(1000)]) {
      const { status } = await read(text);
      expect(status).toBe(401);
    }
  });
});

describe('the keys of the issuer', () => {
  const oidcOf = (of: Issuer, cooldownMs = 0): Oidc => {
    const settings = { issuer: of.url, audience: AUDIENCE, rolesClaim: 'roles', accountsClaim: null };
    return new Oidc(settings, () => Date.now(), cooldownMs);
  };

  it('are asked for again when a token names a new one', async () => {
    const own = await startIssuer();
    const oidc = oidcOf(own);
    const before = await own.sign({ roles: ['ops'] });
    expect(await oidc.verify(before)).toMatchObject({ roles: ['ops'], accounts: null });
    await own.rotate();
    expect(await oidc.verify(await own.sign({ roles: ['ops'] }))).toMatchObject({ roles: ['ops'] });
    expect(await oidc.verify(before)).toEqual({ why: 'the issuer has no such key' });
  });

  it('are not asked for by every token that names an unknown one', async () => {
    const own = await startIssuer();
    const oidc = oidcOf(own, 60_000);
    await oidc.verify(await own.sign({}));
    const stray = await own.sign({}, { key: await newKey('key-9') });
    for (let n = 0; n < 20; n++) expect(await oidc.verify(stray)).toEqual({ why: 'the issuer has no such key' });
    expect(own.asked()).toBe(1);
  });

  it('that were had once are good while the issuer is away; without any nobody knows, and it is tried again', async () => {
    const own = await startIssuer();
    const [known, fresh] = [oidcOf(own, 60_000), oidcOf(own)];
    const token = await own.sign({ roles: ['ops'] });
    await known.verify(token);
    await own.away();
    expect(await known.verify(token)).toMatchObject({ roles: ['ops'] });
    expect(await fresh.verify(token)).toBe('away');
    await own.back();
    expect(await fresh.verify(token)).toMatchObject({ roles: ['ops'] });
  });

  it('are needed: a service without them says that it does not know, and lets its own tokens in', async () => {
    const own = await startIssuer();
    const oidc = { issuer: own.url, audience: AUDIENCE, rolesClaim: 'roles', accountsClaim: null };
    const token = await own.sign({ roles: ['ops'] });
    await own.away();
    const lonely = await startTestService({ eventStoreUrl: await startStore(), access: { oidc } });
    const answer = await apiOf(lonely.url, token).get('/v1/accounts');
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/issuer-away' } });
    expect(await lonely.get('/v1/accounts')).toMatchObject({ status: 200 });
  });
});
