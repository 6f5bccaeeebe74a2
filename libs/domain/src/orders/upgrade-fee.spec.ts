import { describe, expect, it } from '@jest/globals';
import { createApp, grantGift, openAccount, purchase, renew, topUp, upgrade } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('3000.00'), createApp('intl-2024'), purchase('standard'));

describe('P-4.2 the fee is the difference of the list prices for the share of each month still to run', () => {
  it.each([
    ['whole in the second of the purchase', BOUGHT, '300.00', '300/1'],
    // 300 × (2,678,400 − 864,000) ÷ 2,678,400 = 300 × 21 ÷ 31 = 203.225…
    ['21 of 31 days', '2024-08-11T10:00:00+08:00', '203.23', '6300/31'],
    // The smallest half cent: 300 × 1,116 ÷ 2,678,400 = 0.125; half up.
    ['1,116 seconds', '2024-09-01T09:41:24+08:00', '0.13', '1/8'],
    // 300 × 1,115 ÷ 2,678,400 = 0.12489
    ['1,115 seconds', '2024-09-01T09:41:25+08:00', '0.12', '1115/8928'],
  ])('%s', (_, time, fee, unrounded) => {
    standard.when(time, upgrade('premium')).thenAmong({ type: 'Upgraded', fee, parts: [{ fee, unrounded }] });
  });

  it('a month lies between the boundaries of the term, which a book may set at midnight', () => {
    // 15 March 10:00 → 15 April 00:00 is 2,642,400 s, of which 1,778,400 are left on the 25th, 10:00: 1500 × 247 ÷ 367.
    given('2024-03-15T10:00:00+08:00', openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('pro'))
      .when('2024-03-25T10:00:00+08:00', upgrade('flagship'))
      .thenAmong({ type: 'Upgraded', fee: '1009.54', parts: [{ unrounded: '370500/367' }] });
  });

  it('boundaries are counted from the first anchor, so a month may be short', () => {
    // 31 January → 29 February is 29 days, 19 of them left: 300 × 19 ÷ 29 = 196.551…; then two months whole.
    given('2024-01-31T10:00:00+08:00', openAccount('USD'), topUp('9000.00'), createApp('intl-2024'))
      .and('2024-01-31T10:00:00+08:00', purchase('standard', { months: 3 }))
      .when('2024-02-10T10:00:00+08:00', upgrade('premium'))
      .thenAmong({ type: 'Upgraded', fee: '796.55', parts: [{ unrounded: '23100/29' }] });
  });

  it('a promotion lowers what was paid, not the price that the month carries', () => {
    given(BOUGHT, openAccount('USD'), topUp('3000.00'), createApp('intl-2024'))
      .and(BOUGHT, purchase('standard', { promotion: { id: 'half', payPercent: '50', refundable: true } }))
      .when('2024-08-11T10:00:00+08:00', upgrade('premium'))
      .thenAmong({ type: 'Upgraded', fee: '203.23' });
  });

  it('an order is lifted from the price that it carries; one that is over is not lifted any more', () => {
    const pro = given('2023-12-15T10:00:00+08:00', openAccount('CNY'), topUp('99999.00'), createApp('cn-2023'))
      .and('2023-12-15T10:00:00+08:00', purchase('pro'))
      .and('2023-12-20T10:00:00+08:00', renew('pro', 2))
      .and('2024-01-02T10:00:00+08:00', renew('pro', 1));
    // 15 January → 15 February: 2000 × 1,186,200 ÷ 2,678,400 = 885.752…; 2000 for the next month at 999, 1500 for that at 1499.
    pro.when('2024-02-01T06:30:00+08:00', upgrade('flagship')).thenAmong({
      type: 'Upgraded',
      fee: '4385.75',
      parts: [
        { orderId: 'p1-2', fee: '2885.75', unrounded: '268375/93' },
        { orderId: 'p1-3', fee: '1500.00', unrounded: '1500/1' },
      ],
    });
  });
});

describe('P-4.2 the fee is attributed to the orders it lifts, and so are the gift and the cash that paid it', () => {
  /** Pro at 999 for one month and two more, then at 1499 for one. */
  const pro = given('2023-12-15T10:00:00+08:00', openAccount('CNY'), topUp('4496.00'), createApp('cn-2023'))
    .and('2023-12-15T10:00:00+08:00', purchase('pro'))
    .and('2023-12-20T10:00:00+08:00', renew('pro', 2))
    .and('2024-01-02T10:00:00+08:00', renew('pro', 1));
  const NOW = '2024-01-10T18:00:00+08:00';

  it('in proportion to their unrounded parts, the last takes the rest', () => {
    // 15 December 10:00 → 15 January 00:00: 2000 × 367,200 ÷ 2,642,400 = 102000/367; then 2 × 2000, then 1500; in all
    // 2120500/367 = 5777.929… Of the gift 1234.56 × 102000 ÷ 2120500 = 59.384…, × 1468000 ÷ 2120500 = 854.669…, and of
    // the cash 4543.37 218.544… and 3145.334…
    pro
      .and('2024-01-10T17:00:00+08:00', topUp('4543.37'), grantGift('1234.56'))
      .when(NOW, upgrade('flagship'))
      .thenAmong({
        type: 'Upgraded',
        listPrice: '2999',
        fee: '5777.93',
        paid: { vouchers: [], gift: '1234.56', cash: '4543.37' },
        parts: [
          { orderId: 'p1-1', fee: '277.93', unrounded: '102000/367', gift: '59.38', cash: '218.54' },
          { orderId: 'p1-2', fee: '4000.00', unrounded: '4000/1', gift: '854.67', cash: '3145.33' },
          { orderId: 'p1-3', fee: '1500.00', unrounded: '1500/1', gift: '320.51', cash: '1179.50' },
        ],
      });
  });

  it('and the wallet pays it in full or not at all', () => {
    const short = pro.and('2024-01-10T17:00:00+08:00', topUp('4543.36'), grantGift('1234.56'));
    short
      .when(NOW, upgrade('flagship'))
      .thenRefused('InsufficientFunds', 'P-2.5', { required: '5777.93', available: '5777.92' });
    expect(short.until(NOW).account()).toMatchObject({ cash: '4543.36', gift: '1234.56' });
    expect(short.and(NOW, topUp('0.01'), upgrade('flagship')).account()).toMatchObject({ cash: '0.00', gift: '0.00' });
  });
});
