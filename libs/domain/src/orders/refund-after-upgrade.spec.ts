import { describe, it } from '@jest/globals';
import { createApp, grantGift, issueVoucher, openAccount, purchase, refund } from '../testing/commands.js';
import { renew, topUp, upgrade } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const DAY_1 = '2024-08-02T10:00:00+08:00';
const DAY_10 = '2024-08-11T10:00:00+08:00';
const DAY_17 = '2024-08-18T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('9000.00'), createApp('intl-2024'), purchase('standard'));

describe('P-5.2 after an upgrade the time before it is valued at the old price, the time after it at the new', () => {
  it('and the sum is rounded once', () => {
    // (399 × 1 + 699 × 16) ÷ 31 = 373.645…, where 12.87 + 360.77 would be 373.64. Paid 399 + 300 × 30 ÷ 31 = 290.32.
    standard
      .and(DAY_1, upgrade('premium'))
      .when(DAY_17, refund('premium'))
      .thenAmong({
        type: 'Refunded',
        product: 'premium',
        lines: [{ orders: ['p1-1'], paid: { gift: '0.00', cash: '689.32' }, used: '373.65', amount: '315.67' }],
      });
  });

  it('whole months after it at the new price', () => {
    // (399 × 10 + 699 × 21) ÷ 31 + 699 × 10 ÷ 30 = 602.225… + 233; paid 798 + 203.225… + 300, rounded once: 503.23.
    given(BOUGHT, openAccount('USD'), topUp('9000.00'), createApp('intl-2024'))
      .and(BOUGHT, purchase('standard', { months: 2 }))
      .and(DAY_10, upgrade('premium'))
      .when('2024-09-11T10:00:00+08:00', refund('premium'))
      .thenAmong({
        type: 'Refunded',
        lines: [{ paid: { gift: '0.00', cash: '1301.23' }, used: '835.23', amount: '466.00' }],
      });
  });
});

describe('P-5.1 the fees of upgrades attributed to the orders are in what was paid', () => {
  const upgraded = standard.and(BOUGHT, renew('standard', 1)).and(DAY_10, upgrade('premium'));

  it('of the effective order and of those not yet started', () => {
    // Paid 399 + 203.23 and 399 + 300; used (399 × 10 + 699 × 7) ÷ 31 = 286.548…
    upgraded.when(DAY_17, refund('premium')).thenAmong({
      type: 'Refunded',
      lines: [{ orders: ['p1-1', 'p1-2'], paid: { gift: '0.00', cash: '1301.23' }, used: '286.55', amount: '1014.68' }],
    });
  });

  it('an order that is over takes its part of the fee with it', () => {
    upgraded.when('2024-09-11T10:00:00+08:00', refund('premium')).thenAmong({
      type: 'Refunded',
      lines: [{ orders: ['p1-2'], paid: { gift: '0.00', cash: '699.00' }, used: '233.00', amount: '466.00' }],
    });
  });

  it('P-5.4 the gift that paid the fee is gift that paid the orders', () => {
    // The fee of 203.23 is paid with 100 of gift: of 602.23 − 354.19 come back 248.04 × 100 ÷ 602.23 = 41.186… as gift.
    standard
      .and(DAY_10, grantGift('100.00'), upgrade('premium'))
      .when('2024-08-21T10:00:00+08:00', refund('premium'))
      .thenAmong({
        type: 'Refunded',
        lines: [{ paid: { gift: '100.00', cash: '502.23' }, used: '354.19', gift: '41.19', cash: '206.85' }],
        amount: '248.04',
      });
  });

  it('the voucher that paid it is not', () => {
    standard
      .and(DAY_10, issueVoucher('v1', '203.23'), upgrade('premium', { vouchers: ['v1'] }))
      .when('2024-08-21T10:00:00+08:00', refund('premium'))
      .thenAmong({
        type: 'Refunded',
        lines: [{ paid: { gift: '0.00', cash: '399.00' }, used: '354.19' }],
        amount: '44.81',
      });
  });
});

describe('P-5.1 P-4.2 an upgrade and a refund in the same second return the refund before plus the fee', () => {
  it.each([
    ['in the second of the purchase', BOUGHT, '399.00', '300.00', '699.00'],
    ['after ten days', DAY_10, '270.29', '203.23', '473.52'],
    // 399 × 17 ÷ 31 = 218.806…, 300 × 14 ÷ 31 = 135.483…
    ['after seventeen days', DAY_17, '180.19', '135.48', '315.67'],
  ])('%s', (_, time, before, fee, after) => {
    standard.when(time, refund('standard')).thenAmong({ type: 'Refunded', amount: before });
    standard
      .when(time, upgrade('premium'))
      .then({ type: 'Upgraded', fee })
      .when(time, refund('premium'))
      .thenAmong({ type: 'Refunded', amount: after });
  });

  it('with an order not yet started', () => {
    const renewed = standard.and(BOUGHT, renew('standard', 3));
    renewed.when(DAY_10, refund('standard')).thenAmong({ type: 'Refunded', amount: '1467.29' });
    renewed
      .when(DAY_10, upgrade('premium'))
      .then({ type: 'Upgraded', fee: '1103.23' })
      .when(DAY_10, refund('premium'))
      .thenAmong({ type: 'Refunded', amount: '2570.52' });
  });
});
