import { describe, expect, it } from '@jest/globals';
import { createApp, grantGift, issueVoucher, openAccount, purchase, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-01T10:00:01+08:00';

/** Standard is 399 a month. */
const app = given(T, openAccount('USD'), createApp('intl-2024'));

describe('P-2.5 payment order: vouchers, then gift balance, then cash', () => {
  it('P-2.5 each only for what the one before left', () => {
    const paid = app
      .and(T, topUp('500.00'), grantGift('100.00'), issueVoucher('v', '50.00'))
      .when(LATER, purchase('standard', { vouchers: ['v'] }))
      .then({
        type: 'Purchased',
        order: {
          amount: '399.00',
          paid: { vouchers: [{ voucherId: 'v', amount: '50.00' }], gift: '100.00', cash: '249.00' },
        },
      });
    expect(paid.account()).toMatchObject({ cash: '251.00', gift: '0.00', vouchers: [{ voucherId: 'v', used: true }] });
  });

  it('P-2.5 cash is left alone when the gift balance covers it', () => {
    const paid = app
      .and(T, topUp('500.00'), grantGift('400.00'))
      .when(LATER, purchase('standard'))
      .then({ type: 'Purchased', order: { paid: { vouchers: [], gift: '399.00', cash: '0.00' } } });
    expect(paid.account()).toMatchObject({ cash: '500.00', gift: '1.00' });
  });

  it('P-2.5 a voucher that is not named is not used', () => {
    const paid = app
      .and(T, topUp('399.00'), issueVoucher('v', '50.00'))
      .when(LATER, purchase('standard'))
      .then({ type: 'Purchased', order: { paid: { vouchers: [], cash: '399.00' } } });
    expect(paid.account().vouchers).toMatchObject([{ voucherId: 'v', used: false }]);
  });
});

describe('P-2.5 what the wallet cannot cover in full is refused, and nothing is taken', () => {
  it.each([
    ['cash alone', app.and(T, topUp('399.00')), app.and(T, topUp('398.99'))],
    ['gift alone', app.and(T, grantGift('399.00')), app.and(T, grantGift('398.99'))],
    ['both', app.and(T, topUp('299.00'), grantGift('100.00')), app.and(T, topUp('298.99'), grantGift('100.00'))],
  ] as const)('P-2.5 %s: to the cent', (_, enough, lacking) => {
    expect(enough.when(LATER, purchase('standard')).then({ type: 'Purchased' }).account()).toMatchObject({
      cash: '0.00',
      gift: '0.00',
    });
    lacking
      .when(LATER, purchase('standard'))
      .thenRefused('InsufficientFunds', 'P-2.5', { required: '399.00', available: '398.99' });
  });

  it('P-2.5 vouchers are no exception', () => {
    const lacking = app.and(T, topUp('298.99'), issueVoucher('v', '100.00'));
    lacking.when(LATER, purchase('standard', { vouchers: ['v'] })).thenRefused('InsufficientFunds', 'P-2.5');
    lacking
      .and(LATER, topUp('0.01'))
      .when(LATER, purchase('standard', { vouchers: ['v'] }))
      .then({ type: 'Purchased', order: { paid: { vouchers: [{ amount: '100.00' }], gift: '0.00', cash: '299.00' } } });
  });

  it('P-2.5 what costs nothing needs no money', () => {
    const free = { id: 'free', payPercent: '0', refundable: true };
    app.when(LATER, purchase('standard', { promotion: free })).then({ type: 'Purchased', order: { amount: '0.00' } });
  });
});
