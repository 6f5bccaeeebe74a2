import { describe, expect, it } from '@jest/globals';
import { createApp, openAccount, purchase, refund, renew, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const appIn = (book: string, at: string): Scenario =>
  given(at, openAccount(book.startsWith('intl') ? 'USD' : 'CNY'), topUp('200000.00'), createApp(book));

const trial = appIn('intl-2024', T);
const standard = trial.and(T, purchase('standard'));

describe('P-2.1 a purchase starts a paid term', () => {
  const at = '2024-09-05T12:00:00+08:00';
  const started = {
    type: 'Purchased',
    effectiveAt: '2024-09-05T04:00:00Z',
    kind: 'package',
    renewal: 'manual',
    order: { product: 'premium', startsAt: '2024-09-05T04:00:00Z', endsAt: '2024-10-05T04:00:00Z' },
  } as const;

  it('P-2.1 on an app on Trial', () => {
    const bought = trial.when(T, purchase('standard')).then({
      type: 'Purchased',
      kind: 'package',
      renewal: 'manual',
      order: { orderId: 'p1-1', product: 'standard', priceBook: 'intl-2024', months: 1, quantity: 1, amount: '399.00' },
    });
    expect(bought.app()).toMatchObject({
      status: 'active',
      package: 'standard',
      termStartedAt: '2024-08-01T02:00:00Z',
      termEndsAt: '2024-09-01T02:00:00Z',
      renewal: 'manual',
      entitlements: { serving: true, limits: { users: 'unlimited', friendsPerUser: 3000 } },
    });
  });

  it.each([
    ['whose Trial is over', trial],
    ['suspended because its package lapsed', standard],
    ['suspended because its package was refunded', standard.and(T, refund('standard'))],
  ])('P-2.1 on one %s, which then serves again', (_, app) => {
    expect(app.until(at).app().status).toBe('suspended');
    const bought = app.when(at, purchase('premium')).then(started, { type: 'Resumed' });
    expect(bought.app()).toMatchObject({
      status: 'active',
      package: 'premium',
      termStartedAt: '2024-09-05T04:00:00Z',
      holds: [],
      reclaimAt: null,
    });
  });

  it('P-2.1 while a paid term runs it is refused, to its last second, for every package', () => {
    const last = '2024-09-01T09:59:59+08:00';
    standard.when(T, purchase('standard')).thenRefused('TermRunning', 'P-2.1');
    standard.when(last, purchase('standard')).thenRefused('TermRunning', 'P-2.1');
    standard.when(last, purchase('premium')).thenRefused('TermRunning', 'P-2.1');
    standard.and(T, renew('standard', 1)).when(E, purchase('premium')).thenRefused('TermRunning', 'P-2.1');
  });

  it('P-2.1 a postpaid package runs without an end', () => {
    const postpaid = appIn('intl-2022', T).and(T, purchase('standard', { months: undefined }));
    postpaid
      .when('2030-01-01T00:00:00+08:00', purchase('premium', { months: undefined }))
      .thenRefused('TermRunning', 'P-2.1');
    expect(postpaid.app()).toMatchObject({ status: 'active', termEndsAt: null, renewal: null });
    const [bought] = postpaid.result.events.filter(({ type }) => type === 'Purchased');
    expect(bought?.data).toMatchObject({ order: { listPrice: '399', amount: '0.00', paid: { cash: '0.00' } } });
    expect(bought?.data).not.toHaveProperty('order.endsAt');
    expect(bought?.data).not.toHaveProperty('order.months');
  });
});

describe('P-2.12 in grace the way on is renewal', () => {
  it.each([E, '2024-09-02T09:59:59+08:00'])('P-2.12 a purchase at %s is refused', (at) => {
    standard.when(at, purchase('standard')).thenRefused('RenewInstead', 'P-2.12');
    standard.when(at, purchase('premium')).thenRefused('RenewInstead', 'P-2.12');
    standard.when(at, purchase('desk')).thenRefused('RenewInstead', 'P-2.12');
    standard.when(at, purchase('call-trial', { months: undefined })).thenRefused('RenewInstead', 'P-2.12');
  });

  it('P-2.12 after it the package is bought again', () => {
    standard.when('2024-09-02T10:00:00+08:00', purchase('premium')).then({ type: 'Purchased' }, { type: 'Resumed' });
  });
});

describe('P-2.2 a term has 1 to 24 whole months', () => {
  it.each([1, 24])('P-2.2 %s', (months) => {
    trial.when(T, purchase('standard', { months })).then({ type: 'Purchased', order: { months } });
  });

  it.each([0, -1, 25, 1.5, null])('P-2.2 not %s', (months) => {
    trial.when(T, purchase('standard', { months })).thenRefused('MonthsOutOfRange', 'P-2.2');
    standard.when(T, purchase('desk', { months })).thenRefused('MonthsOutOfRange', 'P-2.2');
    standard.when(T, renew('standard', 1, { months })).thenRefused('MonthsOutOfRange', 'P-2.2');
  });

  it('P-2.2 nor none named', () => {
    trial.when(T, purchase('standard', { months: undefined })).thenRefused('MonthsOutOfRange', 'P-2.2');
    standard.when(T, purchase('desk', { months: undefined })).thenRefused('MonthsOutOfRange', 'P-2.2');
  });
});

describe('P-2.4 it takes effect at once, and its end is the book’s', () => {
  it.each([
    // inclusive day: through day T - 1, up to 24:00 local, which is 16:00 UTC
    ['cn-2019', 'pro', '2019-02-12T15:30:00+08:00', 1, '2019-03-11T16:00:00Z'],
    ['cn-2023', 'pro', '2024-05-01T09:00:00+08:00', 1, '2024-05-31T16:00:00Z'],
    ['cn-2023', 'pro', '2023-01-31T09:00:00+08:00', 1, '2023-02-28T16:00:00Z'],
    ['cn-2023', 'pro', '2024-01-31T09:00:00+08:00', 1, '2024-02-29T16:00:00Z'],
    ['overseas-2023', 'pro', '2024-02-29T09:00:00+08:00', 12, '2025-02-28T16:00:00Z'],
    // same instant
    ['intl-2024', 'standard', '2023-03-01T12:00:00+08:00', 1, '2023-04-01T04:00:00Z'],
    ['intl-2024', 'standard', '2023-01-31T10:00:00+08:00', 1, '2023-02-28T02:00:00Z'],
    ['intl-2024', 'standard', '2024-01-31T10:00:00+08:00', 1, '2024-02-29T02:00:00Z'],
    ['intl-2024', 'standard', '2024-02-29T10:00:00+08:00', 12, '2025-02-28T02:00:00Z'],
    ['intl-2024', 'premium', '2024-08-31T10:00:00+08:00', 24, '2026-08-31T02:00:00Z'],
  ] as const)('P-2.4 %s: %s bought at %s for %i', (book, product, at, months, endsAt) => {
    const bought = appIn(book, at)
      .when(at, purchase(product, { months }))
      .then({ type: 'Purchased', order: { endsAt } });
    expect(bought.app()).toMatchObject({ status: 'active', termEndsAt: endsAt });
  });

  it('P-2.4, P-0.1 a plug-in of intl-2024 runs through day T - 1, local, in Singapore too', () => {
    const at = '2024-08-05T23:30:00+08:00';
    const bought = appIn('intl-2024', at).and(at, purchase('standard'));
    bought.when(at, purchase('push')).then({ type: 'Purchased', order: { endsAt: '2024-09-04T16:00:00Z' } });
    bought.when(at, purchase('desk')).then({ type: 'Purchased', order: { endsAt: '2024-09-05T15:30:00Z' } });
  });

  it('P-2.4 it is valid to the last second of its last day', () => {
    const at = '2019-02-12T15:30:00+08:00';
    const pro = appIn('cn-2019', at).and(at, purchase('pro'));
    expect(pro.until('2019-03-11T23:59:59+08:00').app().status).toBe('active');
    expect(pro.until('2019-03-12T00:00:00+08:00').app().status).toBe('grace');
  });

  it('P-2.4 its first term month starts at the purchase, the next where that ends', () => {
    // 30.5 days from 1 May, 12:00, to 1 June, 00:00; half of it is over on 16 May, 18:00.
    const at = '2024-05-01T12:00:00+08:00';
    const pro = appIn('cn-2023', at).and(at, purchase('pro', { months: 2 }));
    pro
      .when('2024-05-16T18:00:00+08:00', refund('pro'))
      .thenAmong({ type: 'Refunded', lines: [{ used: '749.50' }], amount: '2248.50' });
    pro
      .when('2024-06-01T00:00:00+08:00', refund('pro'))
      .thenAmong({ type: 'Refunded', lines: [{ used: '1499.00' }], amount: '1499.00' });
  });
});
