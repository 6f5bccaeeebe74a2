/** The bills of an account, the first issued first, and their lines; what came in parts is joined. */
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from './keyset.js';

export type ShownBill = {
  readonly billId: string;
  readonly period: string;
  readonly issuedAt: string;
  readonly total: string;
  readonly gift: string;
  readonly cash: string;
  /** How many lines it has. */
  readonly lines: number;
  /** False while parts of it are to come. */
  readonly complete: boolean;
};

export const billsPage = (
  { db }: ReadDatabase,
  accountId: string,
  wanted: PageWanted,
): Promise<Page<ShownBill> | typeof WRONG_CURSOR> =>
  keysetPage(
    db.selectFrom('bills').selectAll('bills').where('account_id', '=', accountId),
    'bills',
    ['issued_at', 'bill_id'],
    wanted,
    (row) => ({
      billId: row.bill_id,
      period: row.period,
      issuedAt: row.issued_at,
      total: row.total,
      gift: row.gift,
      cash: row.cash,
      lines: row.lines,
      complete: row.parts_issued === row.parts,
    }),
  );

export type ShownBillLine = {
  readonly appId: string;
  readonly meter: string;
  readonly region: string | null;
  readonly figure: string;
  readonly peakDay: string | null;
  readonly free: string;
  readonly units: string;
  readonly unitPrice: string;
  readonly book: string;
  readonly package: string;
  readonly share: { readonly served: number; readonly of: number };
  readonly amount: string;
  readonly adjusts: string | null;
};

export const hasBill = async ({ db }: ReadDatabase, accountId: string, billId: string): Promise<boolean> => {
  const found = await db
    .selectFrom('bills')
    .select('bill_id')
    .where('bill_id', '=', billId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return found !== undefined;
};

export const billLinesPage = (
  { db }: ReadDatabase,
  billId: string,
  wanted: PageWanted,
): Promise<Page<ShownBillLine> | typeof WRONG_CURSOR> =>
  keysetPage(
    db.selectFrom('bill_lines').selectAll('bill_lines').where('bill_id', '=', billId),
    'bill_lines',
    ['line'],
    wanted,
    (row) => ({
      appId: row.app_id,
      meter: row.meter,
      region: row.region,
      figure: row.figure,
      peakDay: row.peak_day,
      free: row.free,
      units: row.units,
      unitPrice: row.unit_price,
      book: row.book,
      package: row.package,
      share: { served: Number(row.served_seconds), of: Number(row.of_seconds) },
      amount: row.amount,
      adjusts: row.adjusts,
    }),
  );
