import { describe, expect, it } from '@jest/globals';
import { addBook } from '../price-books/books.js';
import { INTL_2024 } from '../price-books/intl-2024.js';
import { createApp, openAccount, purchase, refund, renew, topUp, upgrade } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

/** A book with three ranks, of which the second becomes cheaper, for no released one has either. */
addBook({
  ...INTL_2024,
  id: 'spec-ranks',
  packages: INTL_2024.packages.flatMap((row) => {
    if (row.id !== 'premium') return [row];
    const cheaper = [
      { from: '2024-08-20', price: '499', source: 'D' },
      { from: '2024-08-25', price: '299', source: 'D' },
    ];
    const ultimate = { ...row, id: 'ultimate', prices: row.prices.map((price) => ({ ...price, price: '999' })) };
    return [{ ...row, prices: [...row.prices, ...cheaper] }, ultimate];
  }),
});

const BOUGHT = '2024-08-01T10:00:00+08:00';
const DAY_10 = '2024-08-11T10:00:00+08:00';
const DAY_20 = '2024-08-21T10:00:00+08:00';
const DAY_25 = '2024-08-26T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('9000.00'), createApp('spec-ranks'), purchase('standard'));

describe('P-4.2 from the upgrade on the months still to run carry the new list price', () => {
  const renewed = standard.and(BOUGHT, renew('standard', 1));

  it('so that the next upgrade lifts them from there, orders not yet started too', () => {
    renewed
      .when(DAY_10, upgrade('premium'))
      // 300 × 21 ÷ 31 = 203.225…, and 300 for the month not yet started.
      .then({ type: 'Upgraded', to: 'premium', fee: '503.23' })
      .when(DAY_20, upgrade('ultimate'))
      // (999 − 699) × 11 ÷ 31 = 106.451…, and 300.
      .then({ type: 'Upgraded', from: 'premium', to: 'ultimate', listPrice: '999', fee: '406.45' });
  });

  it('P-5.2 and each stretch of time is valued at the price it carries', () => {
    // (399 × 10 + 699 × 10 + 999 × 5) ÷ 31 = 515.322…; paid 2 × 399 + 503.23 + 406.45 = 1707.68.
    renewed
      .and(DAY_10, upgrade('premium'))
      .and(DAY_20, upgrade('ultimate'))
      .when(DAY_25, refund('ultimate'))
      .thenAmong({ type: 'Refunded', lines: [{ used: '515.32' }], amount: '1192.36' });
  });

  it('a renewal placed later carries the price of its own day', () => {
    renewed
      .and(DAY_10, upgrade('premium'))
      .when(DAY_20, renew('premium', 1))
      .then({ type: 'Renewed', order: { listPrice: '499', amount: '499.00' } });
  });
});

describe('P-4.2 the new price is the row in force at the upgrade', () => {
  it('not that of the purchase', () => {
    // (499 − 399) × 11 ÷ 31 = 35.483…
    standard.when(DAY_20, upgrade('premium')).then({ type: 'Upgraded', listPrice: '499', fee: '35.48' });
  });

  it('and a negative sum is 0', () => {
    standard.when(DAY_25, upgrade('premium')).then({
      type: 'Upgraded',
      listPrice: '299',
      fee: '0.00',
      paid: { vouchers: [], gift: '0.00', cash: '0.00' },
      parts: [{ orderId: 'p1-1', fee: '0.00', gift: '0.00', cash: '0.00' }],
    });
    expect(standard.and(DAY_25, upgrade('premium')).account().cash).toBe('8601.00');
  });

  it('which the months carry from then on, though nothing was paid', () => {
    // (399 × 25 + 299 × 3) ÷ 31 = 350.709…
    standard
      .and(DAY_25, upgrade('premium'))
      .when('2024-08-29T10:00:00+08:00', refund('premium'))
      .thenAmong({
        type: 'Refunded',
        lines: [{ paid: { gift: '0.00', cash: '399.00' }, used: '350.71' }],
        amount: '48.29',
      });
  });
});
