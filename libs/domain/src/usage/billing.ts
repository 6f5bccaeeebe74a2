/**
 * What an account remembers of its bills: how far it has been settled, and what was billed for the months that can still be
 * adjusted (P-7.9). The bills themselves stand in the stream.
 */
import { addMonths, type Day, type Month, type Period } from '../calendar.js';
import type { BillIssued, BillLine } from '../events.js';
import { add, decimal, ZERO, type Money } from '../money.js';
import { ADJUSTABLE_MONTHS } from './facts.js';

/** Units may pass 2^53 in sum, so they are decimal strings here. */
export type Billed = { readonly units: string; readonly amount: Money };

/** A bill of which not all parts are issued yet; nothing else is decided before its last part. */
export type PartialBill = {
  readonly period: Month;
  readonly part: number;
  readonly parts: number;
  readonly lastApp: string;
};

export type Billing = {
  readonly settledThrough: Month | null;
  readonly settledDay: Day | null;
  readonly billed: ReadonlyMap<string, Billed>;
  readonly partial: PartialBill | null;
};

export const NOTHING_BILLED: Billing = { settledThrough: null, settledDay: null, billed: new Map(), partial: null };

/** Per app, month (or day) and meter (and region): the period first, so that old ones are told by their key. */
const keyOf = (period: Period, { appId, meter, region }: Pick<BillLine, 'appId' | 'meter' | 'region'>): string =>
  `${period}/${appId}/${meter}/${region ?? ''}`;

export const billedSoFar = (
  { billed }: Billing,
  period: Period,
  line: Pick<BillLine, 'appId' | 'meter' | 'region'>,
): Billed => billed.get(keyOf(period, line)) ?? { units: '0', amount: ZERO };

export const isMonth = (period: Period): boolean => period.length === 7;

export const withBill = (billing: Billing, bill: BillIssued): Billing => {
  const billed = new Map(billing.billed);
  for (const line of bill.lines) {
    const period = line.adjusts ?? bill.period;
    const before = billedSoFar(billing, period, line);
    billed.set(keyOf(period, line), {
      units: decimal(before.units).plus(line.units).toFixed(),
      amount: add(before.amount, line.amount),
    });
  }
  if (!isMonth(bill.period)) return { ...billing, billed, settledDay: bill.period };
  if (bill.part !== undefined && bill.part !== bill.parts) {
    const lastApp = bill.lines.at(-1)?.appId ?? '';
    return {
      ...billing,
      billed,
      partial: { period: bill.period, part: bill.part, parts: bill.parts ?? bill.part, lastApp },
    };
  }
  const oldest = addMonths(bill.period, 1 - ADJUSTABLE_MONTHS);
  for (const key of billed.keys()) if (key < oldest) billed.delete(key);
  return { billed, settledThrough: bill.period, settledDay: billing.settledDay, partial: null };
};
