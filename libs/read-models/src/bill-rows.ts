/** Bills as their events tell them, the parts of one joined. */
import { add, type BillIssued, type BillLine } from '@ledger/domain';
import type { Insertable } from 'kysely';
import type { BillLineRow, BillRow } from './tables.js';

/** The bill with this part; `before` is what earlier parts made of it. */
export const billWith = (before: BillRow | undefined, part: BillIssued): BillRow => ({
  bill_id: part.billId,
  account_id: part.accountId,
  period: part.period,
  issued_at: part.effectiveAt,
  total: add(before?.total ?? '0.00', part.total),
  gift: add(before?.gift ?? '0.00', part.gift),
  cash: add(before?.cash ?? '0.00', part.cash),
  lines: (before?.lines ?? 0) + part.lines.length,
  parts: part.parts ?? 1,
  parts_issued: part.part ?? 1,
});

/** The rows of a part's lines; `first` is how many lines earlier parts have. */
export const billLineRows = (part: BillIssued, first: number): readonly NewLine[] =>
  part.lines.map((line, i) => billLineRow(part, line, first + i));

export type NewLine = Insertable<BillLineRow>;

const billLineRow = ({ billId, accountId }: BillIssued, line: BillLine, number: number): NewLine => ({
  bill_id: billId,
  line: number,
  account_id: accountId,
  app_id: line.appId,
  meter: line.meter,
  region: line.region ?? null,
  figure: String(line.figure),
  peak_day: line.peakDay ?? null,
  free: String(line.free),
  units: String(line.units),
  unit_price: line.unitPrice,
  book: line.book,
  package: line.package,
  served_seconds: line.share.served,
  of_seconds: line.share.of,
  amount: line.amount,
  adjusts: line.adjusts ?? null,
});
