/**
 * An order: a stretch of a term, with the price each of its months carries and what was paid for it.
 *
 * An order keeps its list price for ever (P-1.8); an upgrade gives it a new one from the upgrade on (P-4.2), so the price is
 * a list of rates, each from an instant.
 */
import { boundary, instant, type Instant, type TermKind } from '../calendar.js';
import type { OrderData } from '../events.js';
import { add, exact, type Money } from '../money.js';
import { NOTHING, plus, share, times, type Share } from '../share.js';

export type Rate = { readonly from: Instant; readonly listPrice: string };

export type Order = {
  readonly orderId: string;
  readonly priceBook: string;
  readonly quantity: number;
  readonly startsAt: Instant;
  /** Null for a postpaid package, which has no end. */
  readonly endsAt: Instant | null;
  /** Its months lie between the boundaries `firstMonth` … `firstMonth + months` of the term; null where it has no months. */
  readonly months: number | null;
  readonly firstMonth: number;
  readonly rates: readonly Rate[];
  /** Paid for it, fees of upgrades included; vouchers are not money (P-5.1). */
  readonly gift: Money;
  readonly cash: Money;
  readonly refundable: boolean;
};

export const orderOf = (data: OrderData, firstMonth: number): Order => ({
  orderId: data.orderId,
  priceBook: data.priceBook,
  quantity: data.quantity,
  startsAt: instant(data.startsAt),
  endsAt: data.endsAt === undefined ? null : instant(data.endsAt),
  months: data.months ?? null,
  firstMonth,
  rates: [{ from: instant(data.startsAt), listPrice: data.listPrice }],
  gift: data.paid.gift,
  cash: data.paid.cash,
  refundable: data.promotion?.refundable ?? true,
});

/** P-2.10 What ends but has no months. */
export const isCallTrial = ({ months, endsAt }: OrderData): boolean => months === undefined && endsAt !== undefined;

/** P-5.1 An order is effective from its start to its end. */
export const isFinished = ({ endsAt }: Order, at: Instant): boolean => endsAt !== null && endsAt <= at;

export const hasStarted = ({ startsAt }: Order, at: Instant): boolean => startsAt <= at;

export const paidFor = (orders: readonly Order[]): { readonly gift: Money; readonly cash: Money } => ({
  gift: add(...orders.map(({ gift }) => gift)),
  cash: add(...orders.map(({ cash }) => cash)),
});

/** A term month of an order: P-2.4, P-4, P-5 count between successive boundaries. */
export type TermMonth = { readonly from: Instant; readonly to: Instant };

export const monthsOf = (order: Order, anchor: Instant, kind: TermKind): readonly TermMonth[] =>
  Array.from({ length: order.months ?? 0 }, (_, i) => ({
    from: boundary(anchor, order.firstMonth + i, kind),
    to: boundary(anchor, order.firstMonth + i + 1, kind),
  }));

/** The price in force for the order at an instant. */
export const rateAt = (order: Order, at: Instant): string =>
  (order.rates.findLast(({ from }) => from <= at) ?? order.rates[0])?.listPrice ?? '0';

/** The value of the part of a month before `until`, at the list prices it carries, for one unit, exact (P-5.2). */
export const valueUntil = (order: Order, month: TermMonth, until: Instant): Share =>
  order.rates.reduce((sum, { from, listPrice }, i) => {
    const start = Math.max(from, month.from);
    const end = Math.min(order.rates[i + 1]?.from ?? month.to, month.to, until);
    return end > start ? plus(sum, times(exact(listPrice), share(end - start, month.to - month.from))) : sum;
  }, NOTHING);
