import { describe, expect, it } from '@jest/globals';
import { createApp, issueVoucher, openAccount, purchase, refund, renew, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
/** Ten of the 31 days of the first month. */
const DAY_10 = '2024-08-11T10:00:00+08:00';

const app = given(BOUGHT, openAccount('USD'), topUp('9000.00'), createApp('intl-2024'));
const standard = app.and(BOUGHT, purchase('standard'));

/** The line of a package alone; the two events after it are specified in refund-with-add-ons.spec.ts. */
const refunded = (line: Record<string, unknown>) =>
  ({ type: 'Refunded', lines: [line], amount: line['amount'] }) as const;

describe('P-5.1 a refund is what was paid for the effective order and the unstarted ones, less the value used', () => {
  it('of one order', () => {
    // 399 × 864,000 ÷ 2,678,400 = 128.709…
    const { events } = standard.when(DAY_10, refund('standard'));
    expect(events[0]).toMatchObject({
      type: 'Refunded',
      effectiveAt: '2024-08-11T02:00:00Z',
      appId: 'p1',
      product: 'standard',
      lines: [
        {
          product: 'standard',
          orders: ['p1-1'],
          paid: { gift: '0.00', cash: '399.00' },
          used: '128.71',
          amount: '270.29',
          gift: '0.00',
          cash: '270.29',
        },
      ],
      amount: '270.29',
      gift: '0.00',
      cash: '270.29',
    });
    expect(standard.and(DAY_10, refund('standard')).account().cash).toBe('8871.29');
  });

  it('whole in the second of the purchase', () => {
    standard.when(BOUGHT, refund('standard')).thenAmong(refunded({ used: '0.00', amount: '399.00' }));
  });

  it('an order that is over does not count', () => {
    // Of September 10 of 30 days are used: 133.00.
    standard
      .and(BOUGHT, renew('standard', 1))
      .when('2024-09-11T10:00:00+08:00', refund('standard'))
      .thenAmong(
        refunded({ orders: ['p1-2'], paid: { gift: '0.00', cash: '399.00' }, used: '133.00', amount: '266.00' }),
      );
  });

  it('an order is over at its end, to the second', () => {
    const renewed = standard.and(BOUGHT, renew('standard', 1));
    // 399 × 2,678,399 ÷ 2,678,400 rounds to 399.00.
    renewed
      .when('2024-09-01T09:59:59+08:00', refund('standard'))
      .thenAmong(refunded({ orders: ['p1-1', 'p1-2'], used: '399.00', amount: '399.00' }));
    renewed
      .when('2024-09-01T10:00:00+08:00', refund('standard'))
      .thenAmong(refunded({ orders: ['p1-2'], used: '0.00', amount: '399.00' }));
  });

  it('a discount is not paid, so it does not come back', () => {
    app
      .and(BOUGHT, purchase('standard', { promotion: { id: 'half', payPercent: '50', refundable: true } }))
      .when(DAY_10, refund('standard'))
      .thenAmong(refunded({ paid: { gift: '0.00', cash: '199.50' }, used: '128.71', amount: '70.79' }));
  });

  it('nor is a voucher', () => {
    app
      .and(BOUGHT, issueVoucher('v1', '100.00'), purchase('standard', { vouchers: ['v1'] }))
      .when(DAY_10, refund('standard'))
      .thenAmong(refunded({ paid: { gift: '0.00', cash: '299.00' }, used: '128.71', amount: '170.29' }));
  });

  it('never below 0, and then the package is still given up', () => {
    const cheap = { id: 'tenth', payPercent: '10', refundable: true };
    const bought = app.and(BOUGHT, purchase('standard', { promotion: cheap }));
    bought
      .when(DAY_10, refund('standard'))
      .thenAmong(refunded({ paid: { gift: '0.00', cash: '39.90' }, used: '128.71', amount: '0.00', cash: '0.00' }));
    expect(bought.and(DAY_10, refund('standard')).app()).toMatchObject({ status: 'suspended', package: null });
  });
});

describe('P-5.2 the value used is the list price of each term month × the share of it used, to the second', () => {
  it.each([
    // 399 × 1 ÷ 2,678,400 rounds to 0.00.
    ['a second', '2024-08-01T10:00:01+08:00', '0.00', '399.00'],
    // The smallest half cent: 399 × 4,464 ÷ 2,678,400 = 0.665; half up.
    ['4,464 seconds', '2024-08-01T11:14:24+08:00', '0.67', '398.33'],
    ['4,463 seconds', '2024-08-01T11:14:23+08:00', '0.66', '398.34'],
    ['a day', '2024-08-02T10:00:00+08:00', '12.87', '386.13'],
  ])('%s', (_, time, used, amount) => {
    standard.when(time, refund('standard')).thenAmong(refunded({ used, amount }));
  });

  it('whole months used count whole, each of its own length', () => {
    // August whole, and of September 15 of 30 days: 399 + 199.50.
    app
      .and(BOUGHT, purchase('standard', { months: 3 }))
      .when('2024-09-16T10:00:00+08:00', refund('standard'))
      .thenAmong(refunded({ paid: { gift: '0.00', cash: '1197.00' }, used: '598.50', amount: '598.50' }));
  });

  it('months lie between the boundaries counted from the first anchor', () => {
    // 31 January → 29 February whole; → 31 March is 31 days, 15 of them used: 399 × 46 ÷ 31 = 592.064…
    given('2024-01-31T10:00:00+08:00', openAccount('USD'), topUp('9000.00'), createApp('intl-2024'))
      .and('2024-01-31T10:00:00+08:00', purchase('standard', { months: 2 }))
      .when('2024-03-15T10:00:00+08:00', refund('standard'))
      .thenAmong(refunded({ used: '592.06', amount: '205.94' }));
  });

  it('the first month of an inclusive-day term ends at midnight', () => {
    // 10 February 10:00 → 10 March 00:00 is 2,469,600 s, 1,209,600 of them used: 1499 × 24 ÷ 49 = 734.204…
    given('2024-02-10T10:00:00+08:00', openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('pro'))
      .when('2024-02-24T10:00:00+08:00', refund('pro'))
      .thenAmong(refunded({ used: '734.20', amount: '764.80' }));
  });

  it('at the price that the order carries, whatever it costs today', () => {
    // Bought at 999; when it is refunded Pro costs 1499. 999 × 20.5 ÷ 31 = 660.629…
    given('2023-12-16T00:00:00+08:00', openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('pro'))
      .when('2024-01-05T12:00:00+08:00', refund('pro'))
      .thenAmong(refunded({ used: '660.63', amount: '338.37' }));
  });

  it('× quantity, rounded once', () => {
    // 7 × 50 × 10 ÷ 31 = 112.903…; seven times 16.13 would be 112.91.
    standard
      .and(BOUGHT, purchase('desk'), purchase('desk-seat', { quantity: 7 }))
      .when(DAY_10, refund('desk-seat'))
      .then({ ...refunded({ used: '112.90', amount: '237.10' }), product: 'desk-seat' });
  });
});

describe('P-5.3 orders not yet started come back whole', () => {
  it('with the rest of the effective one', () => {
    standard
      .and(BOUGHT, renew('standard', 2))
      .when(DAY_10, refund('standard'))
      .thenAmong(
        refunded({
          orders: ['p1-1', 'p1-2'],
          paid: { gift: '0.00', cash: '1197.00' },
          used: '128.71',
          amount: '1068.29',
        }),
      );
  });

  it('P-5.1 and the value used is taken from all that was paid', () => {
    // 39.90 + 399.00 − 128.71.
    app
      .and(BOUGHT, purchase('standard', { promotion: { id: 'tenth', payPercent: '10', refundable: true } }))
      .and(BOUGHT, renew('standard', 1))
      .when(DAY_10, refund('standard'))
      .thenAmong(refunded({ paid: { gift: '0.00', cash: '438.90' }, used: '128.71', amount: '310.19' }));
  });
});
