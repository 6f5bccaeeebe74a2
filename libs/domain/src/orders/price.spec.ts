import { describe, it } from '@jest/globals';
import type { Promotion } from '../commands.js';
import { createApp, openAccount, purchase, refund, renew, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';

const appIn = (book: string, at = T): Scenario =>
  given(at, openAccount(book.startsWith('intl') ? 'USD' : 'CNY'), topUp('200000.00'), createApp(book));

describe('P-2.3 price = monthly price × months', () => {
  it.each([
    ['cn-2019', 'pro', 3, '2997.00'],
    ['cn-2023', 'pro', 2, '2998.00'],
    ['cn-2023', 'flagship', 1, '2999.00'],
    ['overseas-2023', 'pro', 12, '35988.00'],
    ['overseas-2023', 'flagship', 24, '143976.00'],
    ['intl-2024', 'standard', 24, '9576.00'],
    ['intl-2024', 'premium', 7, '4893.00'],
  ] as const)('P-2.3 %s %s for %i months: %s', (book, product, months, amount) => {
    appIn(book)
      .when(T, purchase(product, { months }))
      .then({ type: 'Purchased', order: { months, amount, paid: { cash: amount } } });
  });

  it('P-2.3 an add-on’s too, × quantity where there is one', () => {
    const standard = appIn('intl-2024').and(T, purchase('standard'), purchase('desk'));
    standard
      .when(T, purchase('desk-seat', { months: 3, quantity: 4 }))
      .then({ type: 'Purchased', order: { listPrice: '50', quantity: 4, amount: '600.00' } });
    standard
      .when(T, purchase('bot-advanced', { quantity: 2 }))
      .then({ type: 'Purchased', order: { listPrice: '600', quantity: 2, amount: '1200.00' } });
    standard
      .and(T, purchase('bot-advanced', { quantity: 2 }))
      .when(T, renew('bot-advanced', 3))
      .then({ type: 'Renewed', order: { listPrice: '600', quantity: 2, amount: '3600.00' } });
  });
});

describe('P-2.11 a promotion says what percentage of the list price is paid', () => {
  const trial = appIn('intl-2024');
  const paying = (payPercent: string, refundable = true): Promotion => ({ id: 'spring', payPercent, refundable });

  it.each([
    ['100', 1, '399.00'],
    ['50', 2, '399.00'],
    ['0', 24, '0.00'],
    ['17.5', 1, '69.83'], // 69.825, half up
    ['33.335', 3, '399.02'], // 399.01995; rounded each month it would be 399.03
    ['0.001', 1, '0.00'], // 0.00399
    ['99.999', 1, '399.00'], // 398.99601
  ])('P-2.11, P-0.3 %s %% of %i months is %s, rounded once, half up', (payPercent, months, amount) => {
    trial
      .when(T, purchase('standard', { months, promotion: paying(payPercent) }))
      .then({ type: 'Purchased', order: { amount, paid: { vouchers: [], gift: '0.00', cash: amount } } });
  });

  it('P-2.11, P-0.3 nor is it rounded for each of a quantity', () => {
    // 3 × 50 × 33.33 % = 49.995; each rounded it would be 50.01.
    trial
      .and(T, purchase('standard'), purchase('desk'))
      .when(T, purchase('desk-seat', { quantity: 3, promotion: paying('33.33') }))
      .then({ type: 'Purchased', order: { amount: '50.00' } });
  });

  it('P-2.11 the order keeps list price and price paid', () => {
    trial.when(T, purchase('standard', { months: 2, promotion: paying('50', false) })).then({
      type: 'Purchased',
      order: {
        listPrice: '399',
        amount: '399.00',
        promotion: { id: 'spring', payPercent: '50', refundable: false },
      },
    });
  });

  it('P-2.11 and whether it can be refunded', () => {
    const bought = (refundable: boolean): Scenario =>
      trial.and(T, purchase('standard', { promotion: paying('50', refundable) }));
    bought(false).when(T, refund('standard')).thenRefused('NotRefundable', 'P-5.8');
    bought(true).when(T, refund('standard')).thenAmong({ type: 'Refunded', amount: '199.50' });
  });

  it('P-2.11 a renewal may have one too, for itself', () => {
    const standard = trial.and(T, purchase('standard'));
    standard
      .when(T, renew('standard', 2, { promotion: paying('25', false) }))
      .then({ type: 'Renewed', order: { listPrice: '399', amount: '199.50', promotion: { id: 'spring' } } });
    standard
      .and(T, renew('standard', 2, { promotion: paying('25', false) }))
      .when(T, refund('standard'))
      .thenRefused('NotRefundable', 'P-5.8');
  });
});

describe('P-1.8 an order is priced by the row in force when it is placed', () => {
  it.each([
    ['cn-2023', 'pro', '2023-12-31T23:59:59+08:00', '999', 'cn-2023@1/pro/2023-01-01'],
    ['cn-2023', 'pro', '2024-01-01T00:00:00+08:00', '1499', 'cn-2023@1/pro/2024-01-01'],
    ['cn-2023', 'flagship', '2024-01-01T00:00:00+08:00', '2999', 'cn-2023@1/flagship/2023-01-01'],
    ['cn-2019', 'pro', '2024-01-01T00:00:00+08:00', '999', 'cn-2019@1/pro/2019-01-01'],
  ] as const)('P-1.8 %s %s at %s: %s', (book, product, at, listPrice, priceRow) => {
    appIn(book, at).when(at, purchase(product)).then({ type: 'Purchased', order: { listPrice, priceRow } });
  });

  it.each([
    ['2024-06-30T23:59:59+08:00', '0', '0.00'],
    ['2024-07-01T00:00:00+08:00', '200', '400.00'],
  ])('P-1.8 two packs of bot messages at %s: %s each', (at, listPrice, amount) => {
    appIn('intl-2024', at)
      .and(at, purchase('standard'))
      .when(at, purchase('bot-messages', { quantity: 2 }))
      .then({ type: 'Purchased', order: { listPrice, amount } });
  });

  it('P-1.8 and carries that price for ever', () => {
    // Its months end on 15 January and 15 February 2024; both were bought at 999.
    const at = '2023-12-15T00:00:00+08:00';
    const pro = appIn('cn-2023', at).and(at, purchase('pro', { months: 2 }));
    pro
      .when('2024-01-15T00:00:00+08:00', refund('pro'))
      .thenAmong({ type: 'Refunded', lines: [{ used: '999.00' }], amount: '999.00' });
    pro
      .when('2024-01-30T12:00:00+08:00', refund('pro')) // half of the second month
      .thenAmong({ type: 'Refunded', lines: [{ used: '1498.50' }], amount: '499.50' });
  });

  it('P-1.8 a renewal at the new price leaves the old order its own', () => {
    const at = '2023-12-15T00:00:00+08:00';
    const renewed = appIn('cn-2023', at).and(at, purchase('pro')).and('2024-01-01T00:00:00+08:00', renew('pro', 1));
    // half of the second month, which carries 1499
    renewed
      .when('2024-01-30T12:00:00+08:00', refund('pro'))
      .thenAmong({ type: 'Refunded', lines: [{ orders: ['p1-2'], used: '749.50' }], amount: '749.50' });
  });
});
