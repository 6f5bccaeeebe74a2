import { describe, it } from '@jest/globals';
import { createApp, grantGift, issueVoucher, openAccount, purchase, refund } from '../testing/commands.js';
import { topUp, upgrade } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
/** Half of the 31 days: the fee is (699 − 399) ÷ 2 = 150.00. */
const HALF = '2024-08-16T22:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('399.00'), createApp('intl-2024'), purchase('standard'));

describe('P-2.7 P-4.2 a voucher may pay the fee of an upgrade', () => {
  const withVoucher = standard.and(
    BOUGHT,
    topUp('30.00'),
    grantGift('20.00'),
    issueVoucher('v1', '100.00', { products: ['premium'], minimumOrder: '150.00' }),
  );

  it('first, then gift, then cash; what the orders were paid is without it', () => {
    withVoucher.when(HALF, upgrade('premium', { vouchers: ['v1'] })).then({
      type: 'Upgraded',
      fee: '150.00',
      paid: { vouchers: [{ voucherId: 'v1', amount: '100.00' }], gift: '20.00', cash: '30.00' },
      parts: [{ orderId: 'p1-1', fee: '150.00', gift: '20.00', cash: '30.00' }],
    });
  });

  it('P-5.1 and a refund gives nothing back for it', () => {
    // Paid 399 + 50, used 199.50: 249.50, of which gift 249.50 × 20 ÷ 449 = 11.113…
    withVoucher
      .and(HALF, upgrade('premium', { vouchers: ['v1'] }))
      .when(HALF, refund('premium'))
      .thenAmong({ type: 'Refunded', amount: '249.50', gift: '11.11', cash: '238.39' });
  });

  it('a remainder is lost', () => {
    standard
      .and(BOUGHT, issueVoucher('v1', '500.00'))
      .when(HALF, upgrade('premium', { vouchers: ['v1'] }))
      .then({
        type: 'Upgraded',
        paid: { vouchers: [{ voucherId: 'v1', amount: '150.00' }], gift: '0.00', cash: '0.00' },
      })
      .when(HALF, purchase('push', { vouchers: ['v1'] }))
      .thenRefused('VoucherUsed', 'P-2.7');
  });
});

describe('P-2.7 a voucher that cannot pay the fee refuses the upgrade', () => {
  it.each([
    ['for the package it leaves', issueVoucher('v1', '500.00', { products: ['standard'] })],
    ['above the fee', issueVoucher('v1', '500.00', { minimumOrder: '150.01' })],
  ])('one that is %s', (_, issue) => {
    standard
      .and(BOUGHT, issue)
      .when(HALF, upgrade('premium', { vouchers: ['v1'] }))
      .thenRefused('VoucherNotApplicable', 'P-2.7', { voucherId: 'v1', product: 'premium' });
  });

  it('one that is named when the fee is paid already', () => {
    standard
      .and(BOUGHT, issueVoucher('v1', '150.00'), issueVoucher('v2', '1.00'))
      .when(HALF, upgrade('premium', { vouchers: ['v1', 'v2'] }))
      .thenRefused('VoucherNotNeeded', 'P-2.7', { voucherId: 'v2' });
  });

  it('one that is named for a fee of nothing', () => {
    // 300 × 1 ÷ 2,678,400 rounds to 0.00.
    standard
      .and(BOUGHT, issueVoucher('v1', '500.00'))
      .when('2024-09-01T09:59:59+08:00', upgrade('premium', { vouchers: ['v1'] }))
      .thenRefused('VoucherNotNeeded', 'P-2.7');
  });
});
