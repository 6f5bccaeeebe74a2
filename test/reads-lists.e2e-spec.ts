import { newId, type Json } from './support/api.js';
import { allPages, DATABASES, done, serviceOver, START_MS } from './support/reads.js';
import { TestClock, type TestService } from './support/service.js';

const NOW = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-06T10:00:00+08:00';

describe.each(DATABASES)('lists, over %s', (kind) => {
  const clock = new TestClock(NOW);
  const prefix = newId('x');
  const ids = (n: number): { readonly accountId: string; readonly appId: string } => ({
    accountId: `${prefix}-a${n}`,
    appId: `${prefix}-p${n}`,
  });
  let service: TestService;
  let last: string;

  /** Five accounts: bought, bought the dearer, disabled, overdue, banned; each an hour after the one before. */
  beforeAll(async () => {
    service = await serviceOver(kind, clock);
    for (let n = 1; n <= 5; n++) {
      clock.instantNow = `2024-08-01T1${n}:00:00+08:00`;
      const { accountId, appId } = ids(n);
      await done(service, 'OpenAccount', { accountId, currency: 'USD' });
      await done(service, 'TopUp', { accountId, amount: '1000.00' });
      const priceBook = n === 5 ? 'intl-2022' : 'intl-2024';
      await done(service, 'CreateApp', { accountId, appId, dataCentre: 'singapore', priceBook });
    }
    await done(service, 'Purchase', { ...ids(1), product: 'standard', months: 2 });
    await done(service, 'Purchase', { ...ids(2), product: 'premium', months: 1 });
    await done(service, 'DisableApp', ids(3));
    await done(service, 'ChargeAccount', { accountId: ids(4).accountId, amount: '1000.01', service: 'disk' });
    clock.instantNow = LATER;
    last = await done(service, 'BanAccount', { accountId: ids(5).accountId });
  }, START_MS);

  const items = async (path: string, field: string): Promise<readonly Json[]> => {
    const { status, body } = await service.get(`${path}${path.includes('?') ? '&' : '?'}minPosition=${last}`);
    expect(status).toBe(200);
    return (body[field] as readonly Json[]).filter(({ accountId }) => String(accountId).startsWith(prefix));
  };
  const numbers = (found: readonly Json[]): readonly number[] =>
    found.map((item) => Number(String(item['accountId']).at(-1)));

  it('accounts, with what they hold and owe', async () => {
    const found = await items('/v1/accounts', 'accounts');
    expect(numbers(found)).toEqual([1, 2, 3, 4, 5]);
    expect(found[3]).toEqual({
      accountId: ids(4).accountId,
      currency: 'USD',
      cash: '-0.01',
      gift: '0.00',
      overdueSince: '2024-08-01T07:00:00Z',
      suspendsAt: expect.any(String),
      banned: false,
      revision: expect.stringMatching(/^\d+$/),
      quarantined: false,
    });
  });

  it.each([
    ['banned=true', [5]],
    ['banned=false', [1, 2, 3, 4]],
    ['overdueSince=2024-08-01T07:00:00Z', [4]],
    ['overdueSince=2024-08-01T06:59:59Z', []],
    ['currency=CNY', []],
  ])('accounts by %s', async (filter, expected) =>
    expect(numbers(await items(`/v1/accounts?${filter}`, 'accounts'))).toEqual(expected),
  );

  it.each([
    ['status=active', [1, 2]],
    ['status=suspended', [3, 5]],
    ['hold=disabled', [3]],
    ['hold=banned', [5]],
    ['priceBook=intl-2022', [5]],
    ['package=premium', [2]],
    ['package=trial', [3, 4, 5]],
    ['termEndsBefore=2024-10-01T07:00:01Z', [2, 1]],
    ['termEndsBefore=2024-10-01T07:00:00Z', [2]],
    ['status=active&package=standard', [1]],
  ])('apps by %s', async (filter, expected) =>
    expect(numbers(await items(`/v1/apps?${filter}`, 'apps'))).toEqual(expected),
  );

  it('apps of an account, as each of them is shown', async () => {
    const [app] = await items(`/v1/apps?accountId=${ids(3).accountId}`, 'apps');
    const {
      entitlements: _,
      addOns: __,
      historyTier: ___,
      ...alone
    } = (await service.get(`/v1/apps/${ids(3).appId}`)).body;
    expect(app).toEqual({ ...alone, createdAt: '2024-08-01T05:00:00Z' });
    expect(app).toMatchObject({ status: 'suspended', holds: ['disabled'] });
  });

  it('timers: what is due, by kind, account and app', async () => {
    const { accountId, appId } = ids(2);
    expect(await items(`/v1/timers?appId=${appId}&kind=term-end`, 'timers')).toEqual([
      {
        kind: 'term-end',
        accountId,
        appId,
        dueAt: '2024-09-01T07:00:00Z',
        product: 'premium',
        armedBy: { stream: `account-${accountId}`, revision: '3', type: 'Purchased' },
        will: {
          summary: 'ends premium, with grace until 2024-09-02T07:00:00Z',
          events: ['Expired'],
          amount: null,
          required: null,
          available: null,
        },
      },
    ]);
    const all = await items(`/v1/timers?accountId=${accountId}`, 'timers');
    const due = all.map(({ dueAt }) => String(dueAt));
    expect(due).toEqual(due.toSorted());
    expect(all).toContainEqual({
      kind: 'notice',
      accountId,
      appId,
      dueAt: '2024-08-25T07:00:00Z',
      daysLeft: 7,
      armedBy: { stream: `account-${accountId}`, revision: '3', type: 'Purchased' },
      will: expect.objectContaining({ summary: 'issues the expiry notice, 7 days left', events: ['NoticeIssued'] }),
    });
    const early = await items(`/v1/timers?accountId=${accountId}&dueBefore=2024-08-26T07:00:00Z`, 'timers');
    expect(early.map(({ daysLeft }) => daysLeft)).toEqual([7]);
  });

  it('orders and bills of an account', async () => {
    const { accountId, appId } = ids(1);
    const { body } = await service.get(`/v1/accounts/${accountId}/orders?minPosition=${last}`);
    expect(body).toEqual({
      accountId,
      orders: [
        {
          orderId: `${appId}-1`,
          appId,
          kind: 'package',
          origin: 'purchase',
          placedAt: '2024-08-01T07:00:00Z',
          product: 'standard',
          upgradedTo: null,
          upgradedAt: null,
          priceBook: 'intl-2024',
          priceRow: expect.stringMatching(/^intl-2024@1\/standard\//),
          months: 2,
          quantity: 1,
          startsAt: '2024-08-01T07:00:00Z',
          endsAt: '2024-10-01T07:00:00Z',
          listPrice: '399',
          amount: '798.00',
          paid: { vouchers: '0.00', gift: '0.00', cash: '798.00' },
          promotion: null,
          refundedAt: null,
        },
      ],
      next: null,
    });
    expect(await service.get(`/v1/accounts/${accountId}/bills`)).toMatchObject({ body: { bills: [], next: null } });
  });

  it('go on from page to page, each item once, with their filters', async () => {
    for (const [path, field] of [
      ['/v1/accounts?limit=2', 'accounts'],
      ['/v1/apps?limit=1&status=active', 'apps'],
      ['/v1/apps?limit=1&termEndsBefore=2025-01-01T00:00:00Z', 'apps'],
      [`/v1/timers?limit=3&accountId=${ids(1).accountId}`, 'timers'],
    ] as const) {
      const whole = await allPages(service, path.replace(/limit=\d/, 'limit=200'), field);
      const paged = await allPages(service, path, field);
      expect(paged.items).toEqual(whole.items);
      expect(paged.pages).toBeGreaterThan(1);
    }
  });

  it('have vouchers paged, beside what the wallet holds', async () => {
    const { accountId } = ids(2);
    for (const n of [2, 1, 3])
      last = await done(service, 'IssueVoucher', {
        accountId,
        voucherId: `v${n}`,
        amount: `${n}.00`,
        validUntil: '2025-01-01T00:00:00Z',
      });
    const path = `/v1/accounts/${accountId}/wallet`;
    expect(await service.get(`${path}?limit=2&minPosition=${last}`)).toMatchObject({
      body: { cash: '301.00', gift: '0.00', currency: 'USD', next: expect.any(String) },
    });
    const { items: vouchers, pages } = await allPages(service, `${path}?limit=2`, 'vouchers');
    expect(pages).toBe(2);
    expect(vouchers.map(({ voucherId }) => voucherId)).toEqual(['v1', 'v2', 'v3']);
    expect(vouchers[0]).toEqual({
      voucherId: 'v1',
      amount: '1.00',
      used: false,
      validFrom: null,
      validUntil: '2025-01-01T00:00:00Z',
      minimumOrder: null,
      products: null,
    });
  });

  it('name everything in a question that makes no sense', async () => {
    const fields = async (path: string): Promise<unknown> => {
      const { status, body } = await service.get(path);
      expect(status).toBe(400);
      return (body['errors'] as readonly Json[]).map(({ field }) => field);
    };
    expect(await fields('/v1/apps?status=fine&hold=x&termEndsBefore=soon&limit=0&after=x&minPosition=1')).toEqual([
      'after',
      'limit',
      'status',
      'hold',
      'termEndsBefore',
      'minPosition',
    ]);
    expect(await fields('/v1/accounts?statos=x')).toEqual(['statos']);
    expect(await fields('/v1/timers?kind=alarm')).toEqual(['kind']);
    const { next } = (await service.get('/v1/accounts?limit=1')).body;
    expect(await fields(String(next).replace('/v1/accounts', '/v1/apps'))).toEqual(['after']);
  });

  it.each(['orders', 'bills', 'wallet', 'bills/x/lines'])(
    'of an account that is not there are a 404: %s',
    async (list) => {
      for (const account of [newId('none'), '..%2Fa'])
        expect(await service.get(`/v1/accounts/${account}/${list}`)).toMatchObject({
          status: 404,
          body: { type: 'urn:subscription-ledger:problem:account-unknown' },
        });
    },
  );
});
