import { newId, openedAccount, type Json, type Names } from './support/api.js';
import { allPages, done, serviceOver, START_MS } from './support/reads.js';
import { TestClock, until, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-01T10:00:00+08:00');
let service: TestService;
let names: Names;

/** Bought with a voucher, upgraded, charged into debt, paid; notices came by themselves; three commands were refused. */
beforeAll(async () => {
  service = await serviceOver('node:sqlite', clock);
  names = await openedAccount(service);
  const { accountId, appId } = names;
  await done(service, 'GrantGift', { accountId, amount: '50.00' });
  const voucher = { voucherId: 'v1', amount: '20.00', validUntil: '2025-01-01T00:00:00Z' };
  await done(service, 'IssueVoucher', { accountId, ...voucher });
  await done(service, 'Purchase', { accountId, appId, product: 'standard', months: 1, vouchers: ['v1'] });
  for (let i = 0; i < 3; i++) await service.send('Purchase', { accountId, appId, product: 'standard', months: 1 });
  clock.instantNow = '2024-08-16T22:00:00+08:00';
  await done(service, 'Upgrade', { accountId, appId, to: 'premium' });
  clock.instantNow = '2024-08-30T10:00:00+08:00';
  await done(service, 'ChargeAccount', { accountId, amount: '600.00', service: 'disk', reference: 'c-1' });
  await done(service, 'TopUp', { accountId, amount: '100.00', reference: 't-1' });
}, START_MS);

const path = (list: string, query = ''): string => `/v1/accounts/${names.accountId}/${list}${query}`;
const field = (items: readonly Json[], name: string): readonly unknown[] => items.map((item) => item[name]);

describe('the journal of a wallet', () => {
  it('has every movement with the balances after it, and ends with what the wallet holds', async () => {
    const { items } = await allPages(service, path('journal'), 'entries');
    expect(field(items, 'type')).toEqual([
      'FundsToppedUp',
      'GiftGranted',
      'Purchased',
      'Upgraded',
      'AccountCharged',
      'FundsToppedUp',
    ]);
    expect(items[2]).toEqual({
      revision: '5',
      at: '2024-08-01T02:00:00Z',
      type: 'Purchased',
      gift: '-50.00',
      cash: '-329.00',
      vouchers: [{ voucherId: 'v1', amount: '20.00' }],
      balance: { gift: '0.00', cash: '671.00' },
      appId: names.appId,
      product: 'standard',
      orderId: `${names.appId}-1`,
      billId: null,
      service: null,
      reference: null,
    });
    expect(items[3]).toMatchObject({ cash: '-150.00', balance: { cash: '521.00' }, product: 'premium' });
    expect(items[4]).toMatchObject({ cash: '-600.00', service: 'disk', reference: 'c-1' });
    const { body } = await service.get(`/v1/accounts/${names.accountId}`);
    expect(items.at(-1)).toMatchObject({ reference: 't-1', balance: { cash: body['cash'], gift: body['gift'] } });
  });

  it.each([1, 2, 4])('is the same in pages of %d, from either end', async (limit) => {
    const { items } = await allPages(service, path('journal'), 'entries');
    const forwards = await allPages(service, path('journal', `?limit=${limit}`), 'entries');
    expect(forwards.items).toEqual(items);
    const backwards = await allPages(service, path('journal', `?limit=${limit}&order=newest-first`), 'entries');
    expect(backwards.items).toEqual(items.toReversed());
    expect(backwards.pages).toBe(Math.ceil(items.length / limit));
  });

  it('has the balances also where nobody has paged before', async () => {
    const { items } = await allPages(service, path('journal'), 'entries');
    const other = await service.get(path('journal', '?after=6&limit=1'));
    expect(other.body['entries']).toEqual([items.find(({ type }) => type === 'AccountCharged')]);
    const before = await service.get(path('journal', '?after=6&limit=1&order=newest-first'));
    expect(before.body['entries']).toEqual([items.find(({ type }) => type === 'Purchased')]);
  });
});

describe('notices', () => {
  it('are those that time has brought, and of the arrears', async () => {
    const { items, pages } = await allPages(service, path('notices', '?limit=3'), 'notices');
    expect(pages).toBe(3);
    expect(items.map(({ notice, daysLeft }) => daysLeft ?? notice)).toEqual([7, 6, 5, 4, 3, 2, 'arrears']);
    expect(items[0]).toEqual({
      revision: expect.any(String),
      at: '2024-08-25T02:00:00Z',
      notice: 'expiry',
      appId: names.appId,
      daysLeft: 7,
    });
    expect(items.at(-1)).toMatchObject({ appId: null, daysLeft: null });
    const [latest] = (await service.get(path('notices', '?limit=1&order=newest-first'))).body['notices'] as Json[];
    expect(latest).toEqual(items.at(-1));
  });
});

describe('refusals', () => {
  it('say who asked what, and why not', async () => {
    await until(async () => (await allPages(service, path('refusals'), 'refusals')).items.length === 3);
    const { items, pages } = await allPages(service, path('refusals', '?limit=2'), 'refusals');
    expect(pages).toBe(2);
    expect(items[0]).toEqual({
      revision: '0',
      at: '2024-08-01T02:00:00Z',
      command: { name: 'Purchase', body: { ...names, product: 'standard', months: 1 } },
      refusal: 'TermRunning',
      clause: 'P-2.1',
      details: { product: 'standard' },
      actor: { subject: 'operator', role: 'admin' },
    });
  });

  it('are none for an account of which nothing was refused', async () => {
    const { accountId } = await openedAccount(service);
    expect(await service.get(`/v1/accounts/${accountId}/refusals`)).toMatchObject({
      status: 200,
      body: { accountId, refusals: [], next: null },
    });
  });
});

describe('history', () => {
  it('is everything, from either end', async () => {
    const { items } = await allPages(service, path('history'), 'events');
    expect(field(items, 'revision')).toEqual(items.map((_, i) => String(i)));
    const backwards = await allPages(service, path('history', '?limit=4&order=newest-first'), 'events');
    expect(backwards.items).toEqual(items.toReversed());
  });
});

describe('a page of a stream', () => {
  it.each(['history', 'journal', 'notices', 'refusals'])(
    'of an account that is not there is a 404: %s',
    async (list) => {
      for (const account of [newId('none'), '..%2Fa'])
        expect(await service.get(`/v1/accounts/${account}/${list}`)).toMatchObject({ status: 404 });
    },
  );

  it.each([
    ['after=x&limit=201', ['after', 'limit']],
    ['order=sideways', ['order']],
    ['befor=1', ['befor']],
    ['minPosition=x', ['minPosition']],
  ])('with %s is malformed', async (query, fields) => {
    const { status, body } = await service.get(path('journal', `?${query}`));
    expect(status).toBe(400);
    expect(field(body['errors'] as Json[], 'field')).toEqual(fields);
  });
});
