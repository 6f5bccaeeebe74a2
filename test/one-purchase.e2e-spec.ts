import { historyOf, newId, openedAccount, typesOf } from './support/api.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-01T10:00:00+08:00');
let store: string;
let service: TestService;

beforeAll(async () => {
  store = await startStore();
  service = await startTestService({ eventStoreUrl: store, clock });
});

describe('one real purchase, end to end', () => {
  it('goes from the command over the store and the projection to the reader, and to every other service on the store', async () => {
    const { accountId, appId } = await openedAccount(service);
    const bought = await service.send('Purchase', { accountId, appId, product: 'standard', months: 1, reason: 'T-7' });
    expect(bought).toMatchObject({
      status: 201,
      body: {
        accountId,
        stream: `account-${accountId}`,
        revision: '3',
        position: expect.stringMatching(/^\d+\/\d+$/),
        events: [
          {
            type: 'Purchased',
            revision: '3',
            data: {
              kind: 'package',
              renewal: 'manual',
              effectiveAt: '2024-08-01T02:00:00Z',
              order: {
                orderId: `${appId}-1`,
                product: 'standard',
                priceBook: 'intl-2024',
                months: 1,
                startsAt: '2024-08-01T02:00:00Z',
                endsAt: '2024-09-01T02:00:00Z',
                listPrice: '399',
                amount: '399.00',
                paid: { vouchers: [], gift: '0.00', cash: '399.00' },
              },
            },
          },
        ],
      },
    });

    const readers = [service, await startTestService({ eventStoreUrl: store, clock })];
    for (const reader of readers) {
      const position = encodeURIComponent(String(bought.body['position']));
      expect(await reader.get(`/v1/accounts/${accountId}?minPosition=${position}`)).toMatchObject({
        status: 200,
        body: { accountId, currency: 'USD', cash: '601.00', gift: '0.00', revision: '3' },
      });
      expect(await reader.get(`/v1/apps/${appId}?minPosition=${position}`)).toMatchObject({
        status: 200,
        body: {
          accountId,
          status: 'active',
          holds: [],
          package: 'standard',
          termEndsAt: '2024-09-01T02:00:00Z',
          entitlements: { serving: true, limits: { liveGroups: 50 } },
        },
      });
    }

    const history = await historyOf(service, accountId);
    expect(typesOf(history)).toEqual(['AccountOpened', 'FundsToppedUp', 'AppCreated', 'Purchased']);
    expect(history[3]).toMatchObject({
      revision: '3',
      metadata: {
        reason: 'T-7',
        actor: { role: 'admin' },
        command: { name: 'Purchase' },
        chain: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it('shows an app as of now, though no clock has written yet what is due', async () => {
    const { accountId, appId } = await openedAccount(service);
    const { body } = await service.send('Purchase', { accountId, appId, product: 'standard', months: 1 });
    const path = `/v1/apps/${appId}?minPosition=${encodeURIComponent(String(body['position']))}`;
    clock.instantNow = '2024-09-01T10:00:00+08:00';
    expect(await service.get(path)).toMatchObject({
      body: { status: 'grace', graceEndsAt: '2024-09-02T02:00:00Z', entitlements: { serving: true } },
    });
    clock.instantNow = '2024-09-02T10:00:00+08:00';
    expect(await service.get(path)).toMatchObject({
      body: { status: 'suspended', holds: ['lapsed'], entitlements: { serving: false } },
    });
    clock.instantNow = '2024-08-01T10:00:00+08:00';
  });
});

describe('the same command twice', () => {
  it('gives the first receipt and one event', async () => {
    const { accountId, appId } = await openedAccount(service);
    const key = newId('key');
    const purchase = { accountId, appId, product: 'standard', months: 1 };
    const first = await service.send('Purchase', purchase, { key });
    const again = await Promise.all([1, 2, 3].map(() => service.send('Purchase', { ...purchase }, { key })));
    expect(first.headers.has('idempotency-replayed')).toBe(false);
    for (const { status, headers, body } of again) {
      expect(status).toBe(201);
      expect(headers.get('idempotency-replayed')).toBe('true');
      expect(body).toEqual(first.body);
    }
    expect(typesOf(await historyOf(service, accountId)).filter((type) => type === 'Purchased')).toHaveLength(1);
  });

  it('is the same however it is written', async () => {
    const { accountId } = await openedAccount(service);
    const key = newId('key');
    await service.send('TopUp', { accountId, amount: '10' }, { key });
    const again = await service.send('TopUp', { amount: '10.00', accountId, reference: null }, { key });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is refused with another body', async () => {
    const { accountId } = await openedAccount(service);
    const key = newId('key');
    await service.send('TopUp', { accountId, amount: '10.00' }, { key });
    const other = await service.send('TopUp', { accountId, amount: '20.00' }, { key });
    expect(other).toMatchObject({ status: 409, body: { type: expect.stringContaining('key-reused'), status: 409 } });
    expect(await service.get(`/v1/accounts/${accountId}`)).toMatchObject({ status: 200 });
  });

  it('after a refusal is decided anew', async () => {
    const { accountId, appId } = await openedAccount(service, '100.00');
    const key = newId('key');
    const purchase = { accountId, appId, product: 'standard', months: 1 };
    expect(await service.send('Purchase', purchase, { key })).toMatchObject({
      status: 422,
      body: {
        type: '/problems/InsufficientFunds',
        refusal: 'InsufficientFunds',
        clause: 'P-2.5',
        details: { required: '399.00', available: '100.00' },
      },
    });
    await service.send('TopUp', { accountId, amount: '299.00' });
    expect(await service.send('Purchase', purchase, { key })).toMatchObject({ status: 201 });
  });
});

describe('a dry run', () => {
  it('says what would happen, and nothing does', async () => {
    const { accountId, appId } = await openedAccount(service);
    const purchase = { accountId, appId, product: 'premium', months: 1 };
    expect(await service.send('Purchase', purchase, { query: '?dryRun=true' })).toMatchObject({
      status: 200,
      body: {
        accountId,
        at: '2024-08-01T02:00:00Z',
        revision: '2',
        events: [{ type: 'Purchased' }],
        before: { cash: '1000.00' },
        after: { cash: '301.00' },
      },
    });
    expect(await historyOf(service, accountId)).toHaveLength(3);
  });
});

describe('the history', () => {
  it('is paged by revision', async () => {
    const { accountId } = await openedAccount(service);
    const first = await service.get(`/v1/accounts/${accountId}/history?limit=2`);
    expect(first.body).toMatchObject({
      events: [{ revision: '0' }, { revision: '1' }],
      next: `/v1/accounts/${accountId}/history?after=1&limit=2`,
    });
    const second = await service.get(String(first.body['next']));
    expect(second.body).toMatchObject({ events: [{ revision: '2', type: 'AppCreated' }], next: null });
    expect((await service.get(`/v1/accounts/${accountId}/history?after=99`)).body).toMatchObject({
      events: [],
      next: null,
    });
  });
});
