import { newId, type Answer, type Json } from './support/api.js';
import { DATABASES, done, serviceOver, START_MS } from './support/reads.js';
import { TestClock, type TestService } from './support/service.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';

const problem = (name: string, status: number, more: object = {}): object => ({
  status,
  body: { type: `/problems/${name}`, status, ...more },
});

describe.each(DATABASES)('entitlements, over %s', (kind) => {
  const clock = new TestClock(BOUGHT);
  let service: TestService;
  beforeAll(async () => {
    service = await serviceOver(kind, clock);
  }, START_MS);
  beforeEach(() => {
    clock.instantNow = BOUGHT;
  });

  type Bought = { readonly accountId: string; readonly appId: string; readonly path: string; readonly last: string };

  /** An app with the package for a month. */
  const bought = async (product = 'standard'): Promise<Bought> => {
    const [accountId, appId] = [newId('a'), newId('app')];
    await done(service, 'OpenAccount', { accountId, currency: 'USD' });
    await done(service, 'TopUp', { accountId, amount: '5000.00' });
    await done(service, 'CreateApp', { accountId, appId, dataCentre: 'singapore', priceBook: 'intl-2024' });
    const last = await done(service, 'Purchase', { accountId, appId, product, months: 1 });
    return { accountId, appId, path: `/v1/apps/${appId}/entitlements`, last };
  };

  const check = (path: string, body: unknown, query = ''): Promise<Answer> =>
    service.raw(`${path}/check${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const withTag = (path: string, etag: string): Promise<Answer> =>
    service.raw(path, { headers: { authorization: `Bearer ${service.token}`, 'if-none-match': etag } });

  it('are limits and features of the package', async () => {
    const { accountId, appId, path, last } = await bought();
    const { status, headers, body } = await service.get(`${path}?minPosition=${last}`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(body).toMatchObject({
      appId,
      accountId,
      priceBook: 'intl-2024',
      status: 'active',
      package: 'standard',
      serving: true,
      holds: [],
      suspendedSince: null,
      limits: { groupsPerUser: 500, users: 'unlimited' },
      features: ['global-access'],
    });
    const app = await service.get(`/v1/apps/${appId}`);
    const { serving, limits, features } = body;
    expect(app.body['entitlements']).toEqual({ serving, limits, features });
  });

  it('follow every change at once for whoever names its position, however often they were asked for', async () => {
    const { accountId, appId, path, last } = await bought();
    await service.get(`${path}?minPosition=${last}`);
    for (const [name, body, expected] of [
      ['Upgrade', { to: 'premium' }, { package: 'premium', limits: { groupsPerUser: 1000 } }],
      ['Purchase', { product: 'desk', months: 1 }, { limits: { deskSeats: 3 } }],
      ['DisableApp', {}, { serving: false, holds: ['disabled'], suspendedSince: '2024-08-01T02:00:00Z', features: [] }],
      ['EnableApp', {}, { serving: true, holds: [], suspendedSince: null }],
    ] as const) {
      const position = await done(service, name, { accountId, appId, ...body });
      expect(await service.get(`${path}?minPosition=${position}`)).toMatchObject({ status: 200, body: expected });
      expect(await service.get(path)).toMatchObject({ status: 200, body: expected });
    }
  });

  it('are never those before a change, while many ask for them all the time', async () => {
    const { accountId, appId, path } = await bought();
    let over = false;
    const readers = Array.from({ length: 4 }, async () => {
      while (!over) await service.get(path);
    });
    for (let i = 0; i < 20; i++) {
      const serving = i % 2 === 1;
      const position = await done(service, serving ? 'EnableApp' : 'DisableApp', { accountId, appId });
      expect(await service.get(`${path}?minPosition=${position}`)).toMatchObject({ body: { serving } });
      expect(await service.get(path)).toMatchObject({ body: { serving } });
    }
    over = true;
    await Promise.all(readers);
  });

  it('are the same answer until they change, and cost nothing to ask again', async () => {
    const { accountId, appId, path, last } = await bought();
    const { headers, body } = await service.get(`${path}?minPosition=${last}`);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    await done(service, 'TopUp', { accountId, amount: '1.00' });
    clock.instantNow = '2024-08-05T10:00:00+08:00';
    const again = await withTag(path, `"other", W/${etag}`);
    expect(again).toMatchObject({ status: 304, body: { text: '' } });
    expect(again.headers.get('etag')).toBe(etag);
    const position = await done(service, 'DisableApp', { accountId, appId });
    const changed = await withTag(`${path}?minPosition=${position}`, etag);
    expect(changed).toMatchObject({ status: 200, body: { serving: false } });
    expect(changed.headers.get('etag')).not.toBe(etag);
    await done(service, 'EnableApp', { accountId, appId });
    expect(body).toMatchObject({ serving: true });
  });

  it('need no clock to have written what time has brought', async () => {
    const { path, last } = await bought();
    await service.get(`${path}?minPosition=${last}`);
    clock.instantNow = '2024-09-02T09:59:59+08:00';
    expect(await service.get(path)).toMatchObject({ body: { status: 'grace', serving: true } });
    clock.instantNow = '2024-09-02T10:00:00+08:00';
    expect(await service.get(path)).toMatchObject({
      body: { status: 'suspended', serving: false, holds: ['lapsed'], suspendedSince: '2024-09-02T02:00:00Z' },
    });
    clock.instantNow = '2025-06-01T00:00:00+08:00';
    expect(await service.get(path)).toMatchObject({ body: { status: 'reclaimed', serving: false, limits: {} } });
  });

  it('can be asked for any instant: those before the last event are replayed', async () => {
    const { accountId, appId, path } = await bought();
    clock.instantNow = '2024-08-10T10:00:00+08:00';
    await done(service, 'DisableApp', { accountId, appId });
    clock.instantNow = '2024-08-12T10:00:00+08:00';
    await done(service, 'EnableApp', { accountId, appId });
    clock.instantNow = '2024-08-20T10:00:00+08:00';
    const last = await done(service, 'Upgrade', { accountId, appId, to: 'premium' });
    const at = async (time: string): Promise<Answer> =>
      service.get(`${path}?at=${encodeURIComponent(time)}&minPosition=${last}`);
    expect(await at('2024-08-20T10:00:00+08:00')).toMatchObject({ body: { package: 'premium', serving: true } });
    expect(await at('2024-08-20T09:59:59+08:00')).toMatchObject({ body: { package: 'standard', serving: true } });
    expect(await at('2024-08-12T09:59:59+08:00')).toMatchObject({ body: { holds: ['disabled'] } });
    expect(await at('2024-08-10T09:59:59+08:00')).toMatchObject({ body: { holds: [], serving: true } });
    expect(await at('2024-09-01T10:00:00+08:00')).toMatchObject({ body: { status: 'grace', package: 'premium' } });
    expect(await at('2024-08-01T09:59:59+08:00')).toMatchObject(problem('app-unknown', 404));
    expect(await at('2027-08-25T10:00:00+08:00')).toMatchObject(
      problem('malformed', 400, { errors: [{ field: 'at' }] }),
    );
  });

  it('are checked, several questions in one call, and say why not and what would raise them', async () => {
    const { appId, accountId, path, last } = await bought();
    const questions = [
      { ask: 'limit', limit: 'friendsPerUser', wanted: 3000 },
      { ask: 'limit', limit: 'groupsPerUser', wanted: 501 },
      { ask: 'feature', feature: 'push' },
      { ask: 'members', groupType: 'private', wanted: 201 },
      { ask: 'group-of-user', created: 250, joined: 250 },
      { ask: 'new-group', today: { created: 10_000, dissolved: 1 }, broadcast: { created: 5, dissolved: 0 } },
    ];
    const { status, body } = await check(path, { questions }, `?minPosition=${last}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ appId, accountId, status: 'active', package: 'standard', serving: true, holds: [] });
    const premium = { kind: 'package', product: 'premium', listPrice: '699', value: 1000, enough: true };
    expect(body['answers']).toMatchObject([
      { allowed: true, limit: 'friendsPerUser', value: 3000, raisedBy: [] },
      { allowed: false, limit: 'groupsPerUser', value: 500, package: 'standard', raisedBy: [premium] },
      { allowed: false, limit: null, value: null, raisedBy: [{ kind: 'add-on', product: 'push', listPrice: '299' }] },
      { allowed: false, limit: 'membersPerGroup', value: 200, raisedBy: [] },
      { allowed: false, limit: 'groupsPerUser', value: 500, raisedBy: [premium] },
      { allowed: false, limit: 'broadcastGroupsPerDay', value: 5, raisedBy: [] },
    ]);
    clock.instantNow = '2024-08-03T10:00:00+08:00';
    const position = await done(service, 'DisableApp', { accountId, appId });
    const stopped = await check(path, { questions: questions.slice(0, 1) }, `?minPosition=${position}`);
    expect(stopped.body['answers']).toEqual([
      {
        allowed: false,
        limit: null,
        value: null,
        holds: ['disabled'],
        suspendedSince: '2024-08-03T02:00:00Z',
        package: 'standard',
        raisedBy: [],
      },
    ]);
  });

  it('are told what is wrong with a question', async () => {
    const { path } = await bought();
    const { status, body } = await check(path, { questions: [{ ask: 'limit', limit: 'users' }, { ask: 'why' }] });
    expect(status).toBe(400);
    expect((body['errors'] as readonly Json[]).map(({ field }) => field)).toEqual([
      'questions[0].wanted',
      'questions[1].ask',
    ]);
    expect(await check(`${path}/..`, { questions: [] })).toMatchObject({ status: 404 });
    expect(await service.get(`${path}?att=now`)).toMatchObject(
      problem('malformed', 400, { errors: [{ field: 'att' }] }),
    );
  });

  it('of an app that is not there are a 404, those of nobody who has no token', async () => {
    const path = `/v1/apps/${newId('none')}/entitlements`;
    expect(await service.get(path)).toMatchObject(problem('app-unknown', 404));
    expect(await check(path, { questions: [{ ask: 'feature', feature: 'push' }] })).toMatchObject(
      problem('app-unknown', 404),
    );
    expect(await service.raw(path)).toMatchObject(problem('unauthorized', 401));
    expect(await service.raw(`${path}/check`, { method: 'POST' })).toMatchObject(problem('unauthorized', 401));
  });
});
