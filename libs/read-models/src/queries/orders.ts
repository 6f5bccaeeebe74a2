/** The orders of an account, the first placed first. */
import type { ReadDatabase } from '../database.js';
import type { OrderRow } from '../tables.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from './keyset.js';

export type ShownOrder = {
  readonly orderId: string;
  readonly appId: string;
  readonly kind: OrderRow['kind'];
  readonly origin: OrderRow['origin'];
  readonly placedAt: string;
  readonly product: string;
  readonly upgradedTo: string | null;
  readonly upgradedAt: string | null;
  readonly priceBook: string;
  readonly priceRow: string;
  readonly months: number | null;
  readonly quantity: number;
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly listPrice: string;
  readonly amount: string;
  readonly paid: { readonly vouchers: string; readonly gift: string; readonly cash: string };
  readonly promotion: string | null;
  readonly refundedAt: string | null;
};

export type OrderFilter = {
  readonly accountId: string;
  readonly appId: string | null;
  readonly product: string | null;
};

export const ordersPage = (
  { db }: ReadDatabase,
  { accountId, appId, product }: OrderFilter,
  wanted: PageWanted,
): Promise<Page<ShownOrder> | typeof WRONG_CURSOR> => {
  const rows = db
    .selectFrom('orders')
    .selectAll('orders')
    .where('account_id', '=', accountId)
    .$if(appId !== null, (query) => query.where('app_id', '=', appId))
    .$if(product !== null, (query) => query.where('product', '=', product));
  return keysetPage(rows, 'orders', ['placed_at', 'order_id'], wanted, (row) => ({
    orderId: row.order_id,
    appId: row.app_id,
    kind: row.kind,
    origin: row.origin,
    placedAt: row.placed_at,
    product: row.product,
    upgradedTo: row.upgraded_to,
    upgradedAt: row.upgraded_at,
    priceBook: row.price_book,
    priceRow: row.price_row,
    months: row.months,
    quantity: row.quantity,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    listPrice: row.list_price,
    amount: row.amount,
    paid: { vouchers: row.vouchers, gift: row.gift, cash: row.cash },
    promotion: row.promotion,
    refundedAt: row.refunded_at,
  }));
};
