/**
 * A paid term: the orders of one package or add-on of an app, end to end, from one anchor. P-2.4, P-2.9, P-3.1
 */
import { boundary, type Instant, type TermKind } from '../calendar.js';
import type { RenewalMode } from '../commands.js';
import type { OrderData, UpgradePart } from '../events.js';
import { add } from '../money.js';
import { hasStarted, isFinished, orderOf, type Order } from './order.js';

export type Term = {
  readonly product: string;
  /** The purchase; every boundary is counted from it, renewals included. */
  readonly anchor: Instant;
  readonly kind: TermKind;
  /** Orders not finished when the last event came, oldest first. Never empty. */
  readonly orders: readonly Order[];
  readonly renewal: RenewalMode;
};

export const startTerm = (data: OrderData, kind: TermKind, renewal: RenewalMode): Term => {
  const order = orderOf(data, 0);
  return { product: data.product, anchor: order.startsAt, kind, orders: [order], renewal };
};

const last = ({ orders }: Term): Order => {
  const order = orders.at(-1);
  if (!order) throw new Error('a term without an order');
  return order;
};

/** The end of all paid orders; null for a postpaid package. */
export const endsAt = (term: Term): Instant | null => last(term).endsAt;

/** Whether the paid time covers the instant; a term has ended at its end. */
export const runs = (term: Term, at: Instant): boolean => !isFinished(last(term), at);

export const isPostpaid = (term: Term): boolean => endsAt(term) === null;

/** The orders that a refund or an upgrade is about: the effective one and those not yet started (P-5.1). */
export const openOrders = ({ orders }: Term, at: Instant): readonly Order[] =>
  orders.filter((order) => !isFinished(order, at));

/** The order that covers an instant, or the last one when the term has ended. */
export const effectiveOrder = (term: Term, at: Instant): Order =>
  openOrders(term, at).find((order) => hasStarted(order, at)) ?? last(term);

/** How many months of the term are paid: the index of its last boundary. */
const monthsPaid = (term: Term): number => last(term).firstMonth + (last(term).months ?? 0);

/** P-3.1 Where a renewal of so many months ends: from the old expiry, counted from the first anchor. */
export const renewedUntil = (term: Term, months: number): Instant =>
  boundary(term.anchor, monthsPaid(term) + months, term.kind);

export const withRenewal = (term: Term, data: OrderData, at: Instant): Term => ({
  ...term,
  orders: [...openOrders(term, at), orderOf(data, monthsPaid(term))],
});

/** P-4.2 From the upgrade on the months still to run carry the new price, and the fee is part of what was paid for them. */
export const withUpgrade = (
  term: Term,
  to: string,
  listPrice: string,
  parts: readonly UpgradePart[],
  at: Instant,
): Term => ({
  ...term,
  product: to,
  orders: openOrders(term, at).map((order) => {
    const part = parts.find(({ orderId }) => orderId === order.orderId);
    return {
      ...order,
      rates: hasStarted(order, at) ? [...order.rates, { from: at, listPrice }] : [{ from: order.startsAt, listPrice }],
      gift: part ? add(order.gift, part.gift) : order.gift,
      cash: part ? add(order.cash, part.cash) : order.cash,
    };
  }),
});
