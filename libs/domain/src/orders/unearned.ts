/**
 * What was paid and is not yet earned: the part of each open order's money that its months still to run stand for.
 *
 * Months weigh what their list prices say, to the second, as a refund values them (P-5.2); so an order paid at list prices
 * has as much unearned as its refund would give back. The whole is rounded once (P-0.3), and its months sum to it.
 */
import type { Account } from '../accounts/account.js';
import type { App } from '../apps/app.js';
import type { Instant } from '../calendar.js';
import { add, isZero, proportion, subtract, ZERO, type Money } from '../money.js';
import { NOTHING, minus, plus, share, type Share } from '../share.js';
import { monthsOf, valueUntil, type Order, type TermMonth } from './order.js';
import { openOrders, type Term } from './term.js';

export type UnearnedOrder = {
  readonly appId: string;
  readonly product: string;
  readonly orderId: string;
  /** Gift and cash, fees of upgrades included. */
  readonly paid: Money;
  readonly unearned: Money;
  /** By the term months that have not ended; `from` is where a month begins. */
  readonly months: readonly { readonly from: Instant; readonly unearned: Money }[];
};

/** Of every order that has not ended at the instant, over all apps. The account is one that has come no further. */
export const unearnedOrders = (account: Account, at: Instant): readonly UnearnedOrder[] =>
  [...account.apps.values()].flatMap((app) =>
    termsOf(app).flatMap((term) => openOrders(term, at).map((order) => unearnedOf(app, term, order, at))),
  );

const termsOf = ({ package: term, addOns }: App): readonly Term[] => (term ? [term, ...addOns] : addOns);

type Weighed = { readonly from: Instant; readonly whole: Share; readonly left: Share };

const unearnedOf = ({ appId }: App, term: Term, order: Order, at: Instant): UnearnedOrder => {
  const paid = add(order.gift, order.cash);
  const months = isZero(paid) ? [] : weighed(order, term, at);
  const whole = months.reduce((sum, month) => plus(sum, month.whole), NOTHING);
  let left = NOTHING;
  let before = ZERO;
  const parts = months.map((month) => {
    left = plus(left, month.left);
    const until = proportion(paid, left, whole);
    const unearned = subtract(until, before);
    before = until;
    return { from: month.from, unearned };
  });
  return {
    appId,
    product: term.product,
    orderId: order.orderId,
    paid,
    unearned: before,
    months: parts.filter(({ unearned }) => !isZero(unearned)),
  };
};

/** What each month of the order is worth, and what of it is left. */
const weighed = (order: Order, term: Term, at: Instant): readonly Weighed[] => {
  const months = stretches(order, term);
  const byPrice = months.map((month) => {
    const whole = valueUntil(order, month, month.to);
    return { from: month.from, whole, left: minus(whole, valueUntil(order, month, at)) };
  });
  // What was paid for months of no price is earned by the second.
  return byPrice.some(({ whole }) => whole.n !== 0n) ? byPrice : months.map((month) => bySecond(month, at));
};

const bySecond = ({ from, to }: TermMonth, at: Instant): Weighed => ({
  from,
  whole: share(to - from, 1),
  left: share(to - Math.min(Math.max(at, from), to), 1),
});

/** An order without months, a call trial, is one stretch; a postpaid package has no end and nothing paid. */
const stretches = (order: Order, term: Term): readonly TermMonth[] => {
  if (order.months !== null) return monthsOf(order, term.anchor, term.kind);
  return order.endsAt === null ? [] : [{ from: order.startsAt, to: order.endsAt }];
};
