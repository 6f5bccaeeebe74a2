/** Orders as their events tell them: the state keeps only those that are not finished. */
import { add, type Account, type AccountEvent, type OrderData } from '@ledger/domain';
import type { OrderRow } from './tables.js';

/** The orders that an event changes and that were placed before it. */
export const ordersChangedBy = (event: AccountEvent): readonly string[] => {
  if (event.type === 'Upgraded')
    return [...event.parts.map(({ orderId }) => orderId), ...event.refunds.flatMap(({ orders }) => orders)];
  return event.type === 'Refunded' ? event.lines.flatMap(({ orders }) => orders) : [];
};

/** The rows after an event, of the orders that it places or changes. `known` has what `ordersChangedBy` names. */
export const ordersAfter = (
  event: AccountEvent,
  account: Account,
  known: ReadonlyMap<string, OrderRow>,
): readonly OrderRow[] => {
  if (event.type === 'Purchased') return [placed(event, event.kind, 'purchase')];
  if (event.type === 'Renewed') {
    const isPackage = account.apps.get(event.appId)?.package?.product === event.order.product;
    return [placed(event, isPackage ? 'package' : 'add-on', event.automatic ? 'automatic-renewal' : 'renewal')];
  }
  const changed = ordersChangedBy(event).map((orderId) => known.get(orderId));
  const { effectiveAt } = event;
  const refunded = (row: OrderRow): OrderRow => ({ ...row, refunded_at: effectiveAt });
  const rows = changed.filter((row) => row !== undefined);
  if (event.type !== 'Upgraded') return rows.map(refunded);
  return rows.map((row) => {
    const part = event.parts.find(({ orderId }) => orderId === row.order_id);
    if (!part) return refunded(row);
    const paid = { gift: add(row.gift, part.gift), cash: add(row.cash, part.cash) };
    return { ...row, ...paid, upgraded_to: event.to, upgraded_at: effectiveAt };
  });
};

type Placing = {
  readonly accountId: string;
  readonly appId: string;
  readonly effectiveAt: string;
  readonly order: OrderData;
};

const placed = (
  { accountId, appId, effectiveAt, order }: Placing,
  kind: OrderRow['kind'],
  origin: OrderRow['origin'],
): OrderRow => ({
  order_id: order.orderId,
  account_id: accountId,
  app_id: appId,
  number: Number(order.orderId.slice(appId.length + 1)),
  kind,
  origin,
  placed_at: effectiveAt,
  product: order.product,
  upgraded_to: null,
  upgraded_at: null,
  price_book: order.priceBook,
  price_row: order.priceRow,
  months: order.months ?? null,
  quantity: order.quantity,
  starts_at: order.startsAt,
  ends_at: order.endsAt ?? null,
  list_price: order.listPrice,
  amount: order.amount,
  vouchers: add(...order.paid.vouchers.map(({ amount }) => amount)),
  gift: order.paid.gift,
  cash: order.paid.cash,
  promotion: order.promotion?.id ?? null,
  refunded_at: null,
});
