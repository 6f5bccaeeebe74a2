import { describe, expect, it } from '@jest/globals';
import { createApp, openAccount, purchase, refund, renew, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const GRACE_ENDS = '2024-09-02T10:00:00+08:00';
const LAST_OF_GRACE = '2024-09-02T09:59:59+08:00';

const boughtIn = (book: string, product: string, at = T): Scenario =>
  given(
    at,
    openAccount(book.startsWith('intl') ? 'USD' : 'CNY'),
    topUp('30000.00'),
    createApp(book),
    purchase(product),
  );

const standard = boughtIn('intl-2024', 'standard');

describe('P-3.1 a renewal extends from the old expiry', () => {
  it.each([
    ['before expiry', '2024-08-15T12:00:00+08:00'],
    ['one second before it', '2024-09-01T09:59:59+08:00'],
    ['at expiry', E],
    ['in the last second of grace', LAST_OF_GRACE],
  ])('P-3.1 placed %s', (_, at) => {
    const renewed = standard.when(at, renew('standard', 2)).then({
      type: 'Renewed',
      automatic: false,
      order: {
        orderId: 'p1-2',
        product: 'standard',
        months: 2,
        startsAt: '2024-09-01T02:00:00Z',
        endsAt: '2024-11-01T02:00:00Z',
        listPrice: '399',
        amount: '798.00',
        paid: { gift: '0.00', cash: '798.00' },
      },
    });
    expect(renewed.app()).toMatchObject({
      status: 'active',
      termStartedAt: '2024-08-01T02:00:00Z',
      termEndsAt: '2024-11-01T02:00:00Z',
      graceEndsAt: null,
    });
    const [bought] = renewed.result.events.filter(({ type }) => type === 'Purchased');
    expect(bought?.data).toMatchObject({ order: { endsAt: '2024-09-01T02:00:00Z' } });
  });

  it('P-3.1 grace is over for it, and ends nothing any more', () => {
    const renewed = standard.and(LAST_OF_GRACE, renew('standard', 1));
    expect(renewed.until(GRACE_ENDS).app()).toMatchObject({ status: 'active', holds: [] });
    expect(standard.until(LAST_OF_GRACE).app()).toMatchObject({
      status: 'grace',
      graceEndsAt: '2024-09-02T02:00:00Z',
    });
  });

  it('P-3.1 it is an order not yet started, and comes back whole', () => {
    standard
      .and(T, renew('standard', 3))
      .when('2024-08-16T22:00:00+08:00', refund('standard')) // half of August
      .thenAmong({ type: 'Refunded', lines: [{ orders: ['p1-1', 'p1-2'], used: '199.50' }], amount: '1396.50' });
  });

  it('P-3.1 renewals follow one another', () => {
    standard
      .and(T, renew('standard', 1))
      .when(T, renew('standard', 1))
      .then({ type: 'Renewed', order: { startsAt: '2024-10-01T02:00:00Z', endsAt: '2024-11-01T02:00:00Z' } });
  });

  it('P-3.1 an add-on is renewed with its quantity', () => {
    standard
      .and(T, purchase('bot-basic', { quantity: 4 }))
      .when(E, renew('bot-basic', 2))
      .thenRefused('TermNotRunning', 'P-3.1');
    standard
      .and(T, purchase('bot-basic', { quantity: 4 }))
      .when('2024-09-01T09:59:59+08:00', renew('bot-basic', 2))
      .then({ type: 'Renewed', order: { quantity: 4, amount: '1600.00', endsAt: '2024-11-01T02:00:00Z' } });
  });
});

describe('P-2.4, P-3.1 renewals are counted from the first anchor', () => {
  it.each([
    // 31 January → 28 February → 31 March → 30 April
    ['intl-2024', 'standard', '2025-01-31T10:00:00+08:00', ['2025-03-31T02:00:00Z', '2025-04-30T02:00:00Z']],
    ['intl-2024', 'standard', '2024-01-31T10:00:00+08:00', ['2024-03-31T02:00:00Z', '2024-04-30T02:00:00Z']],
    // through 28 February, 30 March, 30 April
    ['cn-2023', 'pro', '2025-01-31T10:00:00+08:00', ['2025-03-30T16:00:00Z', '2025-04-30T16:00:00Z']],
    ['cn-2023', 'pro', '2024-02-29T10:00:00+08:00', ['2024-04-28T16:00:00Z', '2024-05-28T16:00:00Z']],
  ] as const)('P-2.4 %s: %s bought at %s', (book, product, at, [first, second]) => {
    const app = boughtIn(book, product, at);
    app
      .when(at, renew(product, 1))
      .then({ type: 'Renewed', order: { endsAt: first } })
      .when(at, renew(product, 1))
      .then({ type: 'Renewed', order: { startsAt: first, endsAt: second } });
  });

  it('P-2.4 also when each is placed in grace', () => {
    const bought = boughtIn('intl-2024', 'standard', '2025-01-31T10:00:00+08:00');
    bought
      .when('2025-03-01T09:00:00+08:00', renew('standard', 1))
      .then({ type: 'Renewed', order: { startsAt: '2025-02-28T02:00:00Z', endsAt: '2025-03-31T02:00:00Z' } })
      .when('2025-04-01T09:00:00+08:00', renew('standard', 11))
      .then({ type: 'Renewed', order: { startsAt: '2025-03-31T02:00:00Z', endsAt: '2026-02-28T02:00:00Z' } });
  });
});

describe('P-3.2 after suspension there is nothing to renew: buy again', () => {
  it('P-3.2 when the package lapsed, at E + 24 h', () => {
    standard.when(GRACE_ENDS, renew('standard', 1)).thenRefused('BuyAgain', 'P-3.2');
  });

  it('P-3.2 when it was refunded', () => {
    standard.and(T, refund('standard')).when(T, renew('standard', 1)).thenRefused('BuyAgain', 'P-3.2');
  });

  it('P-3.2 the new term starts then, with an anchor of its own', () => {
    const again = standard
      .when('2024-10-31T08:00:00+08:00', purchase('standard'))
      .then(
        { type: 'Purchased', order: { startsAt: '2024-10-31T00:00:00Z', endsAt: '2024-11-30T00:00:00Z' } },
        { type: 'Resumed' },
      );
    again
      .when('2024-10-31T08:00:01+08:00', renew('standard', 1))
      .then({ type: 'Renewed', order: { endsAt: '2024-12-31T00:00:00Z' } });
  });
});

describe('P-3.5 a renewal is priced by the row in force when it is placed', () => {
  const pro = boughtIn('cn-2023', 'pro', '2023-12-15T10:00:00+08:00');

  it.each([
    ['2023-12-31T23:59:59+08:00', '999', '1998.00'],
    ['2024-01-01T00:00:00+08:00', '1499', '2998.00'],
    ['2024-01-15T12:00:00+08:00', '1499', '2998.00'], // in grace
  ])('P-3.5 at %s: %s, whenever it starts', (at, listPrice, amount) => {
    pro
      .when(at, renew('pro', 2))
      .then({ type: 'Renewed', order: { startsAt: '2024-01-14T16:00:00Z', listPrice, amount } });
  });
});
