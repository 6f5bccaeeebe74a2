import { describe, expect, it } from '@jest/globals';
import { instant, iso } from '../calendar.js';
import { isRefused } from '../decision.js';
import { decide } from '../decide.js';
import type { Account } from '../accounts/account.js';
import { cents } from '../invariants/amounts.js';
import { add } from '../money.js';
import {
  createApp,
  grantGift,
  issueVoucher,
  openAccount,
  purchase,
  refund,
  renew,
  topUp,
  upgrade,
} from '../testing/commands.js';
import { wrongInAny } from '../properties/failure.js';
import { given } from '../testing/scenario.js';
import { unearnedOrders } from './unearned.js';

const august = '2024-08-01T10:00:00+08:00';
const start = given(august, openAccount('USD'), topUp('20000.00'), createApp('intl-2024'));

const unearnedAt = (account: Account, time: string): readonly string[] =>
  unearnedOrders(account, instant(time)).map(
    ({ product, paid, unearned, months }) =>
      `${product} ${paid}: ${unearned} = ${months.map((month) => `${iso(month.from).slice(0, 10)} ${month.unearned}`).join(' + ')}`,
  );

describe('P-5.2 what was paid and is not yet earned', () => {
  const bought = start.and(august, purchase('standard', { months: 3 })).state();

  it.each([
    [august, 'standard 1197.00: 1197.00 = 2024-08-01 399.00 + 2024-09-01 399.00 + 2024-10-01 399.00'],
    // Half of August's 31 days is 15 days and 12 hours.
    [
      '2024-08-16T22:00:00+08:00',
      'standard 1197.00: 997.50 = 2024-08-01 199.50 + 2024-09-01 399.00 + 2024-10-01 399.00',
    ],
    ['2024-09-01T10:00:00+08:00', 'standard 1197.00: 798.00 = 2024-09-01 399.00 + 2024-10-01 399.00'],
    // A day of October's 31 is left.
    ['2024-10-31T10:00:00+08:00', 'standard 1197.00: 12.87 = 2024-10-01 12.87'],
  ])('at %s', (time, expected) => {
    expect(unearnedAt(bought, time)).toEqual([expected]);
  });

  it('is nothing from the end of the order on', () => {
    expect(unearnedAt(bought, '2024-11-01T10:00:00+08:00')).toEqual([]);
  });

  it('is of money only, not of vouchers, and in proportion where a promotion paid less', () => {
    const with100 = start.and(
      august,
      issueVoucher('v1', '99.00'),
      grantGift('100.00'),
      purchase('standard', { vouchers: ['v1'], promotion: { id: 'spring', payPercent: '50', refundable: true } }),
    );
    expect(unearnedAt(with100.state(), '2024-08-16T22:00:00+08:00')).toEqual([
      'standard 100.50: 50.25 = 2024-08-01 50.25',
    ]);
  });

  it('has the fee of an upgrade in the months that it lifts', () => {
    const upgraded = start
      .and(august, purchase('standard', { months: 1 }), renew('standard', 1))
      .and('2024-08-16T22:00:00+08:00', upgrade('premium'));
    const [now, later] = unearnedOrders(upgraded.state(), instant('2024-08-16T22:00:00+08:00'));
    const fee = upgraded.result.events.find(({ type }) => type === 'Upgraded')?.data as { readonly fee?: string };
    // Half of August and all of September at the price of standard, and the fee.
    expect(add(now?.unearned ?? '', later?.unearned ?? '')).toBe(add('199.50', '399.00', fee.fee ?? ''));
    expect(later?.unearned).toBe(later?.paid);
  });

  it('is what a refund gives back, where all was paid at list prices', () => {
    for (const time of [august, '2024-08-16T22:00:00+08:00', '2024-09-30T23:59:59+08:00', '2024-10-31T10:00:00+08:00'])
      expect(unearnedOrders(bought, instant(time)).map(({ unearned }) => unearned)).toEqual([refundOf(time)]);
  });

  const refundOf = (time: string): unknown => {
    const decision = decide(bought, refund('standard'), instant(time));
    return isRefused(decision) ? decision.refusal : Object(decision.events[0])['amount'];
  };

  it('is the sum of its months, and never more than was paid, over any history', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      for (const { after, at } of appends)
        for (const order of after ? unearnedOrders(after, at + 12_345) : []) {
          const total = add(...order.months.map(({ unearned }) => unearned));
          if (total !== order.unearned || cents(total) > cents(order.paid) || cents(total) < 0n) yield order;
        }
    });
    expect(wrong).toBeUndefined();
  });
});
