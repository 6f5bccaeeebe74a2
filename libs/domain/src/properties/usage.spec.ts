/** The same usage gives the same bill, however it is reported. P-7.6, P-7.9 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, instant, type Instant } from '../calendar.js';
import type { Command, Sample } from '../commands.js';
import type { BillIssued } from '../events.js';
import { add, decimal } from '../money.js';
import { BOOKS } from '../price-books/books.js';
import type { MeterRow, PriceBook } from '../price-books/price-book.js';
import {
  correctUsage,
  createApp,
  disableApp,
  enableApp,
  openAccount,
  purchase,
  recordUsage,
  setHistoryTier,
  topUp,
} from '../testing/commands.js';
import { failureOf } from './failure.js';
import { played } from './ledger.js';

const BOUGHT = instant('2024-06-03T10:00:00+08:00');
const REPORTED = instant('2024-07-01T09:00:00+08:00');
const SETTLED = instant('2024-07-03T00:00:00+08:00');

/** An app of the book with its highest package, and all that a meter may need. */
const opening = (book: PriceBook): readonly Command[] => {
  const highest = book.packages.at(-1)?.id ?? '';
  const plugIns = new Set(book.meters.flatMap(({ plugIn }) => plugIn ?? []));
  return [
    openAccount(book.currency),
    topUp('9000000.00'),
    createApp(book.id),
    purchase(highest, { months: book.packageTerm === 'postpaid' ? undefined : 6 }),
    ...[...plugIns].map((product) => purchase(product)),
    ...book.history.slice(-1).map(({ days }) => setHistoryTier(days)),
  ];
};

/** Printed by its id. */
const books = fc.constantFrom(...BOOKS).map((book) => ({ ...book, [fc.toStringMethod]: () => book.id }));

/** Figures on both sides of the quota and of a unit, few enough days that they meet. */
const sampleOf = ({ meter, region, free, unit }: MeterRow): fc.Arbitrary<Sample> =>
  fc
    .record({
      day: fc.constantFrom('2024-06-03', '2024-06-04', '2024-06-17', '2024-06-30'),
      value:
        region === null
          ? fc.constantFrom(0, free, free + 1, free + unit, free + 3 * unit + 1)
          : fc.constantFrom(0, '0.5', 1, '2.25', 7),
    })
    .map((figure) => ({ meter, ...figure, ...(region !== null && { region }) }));

const reports = books.chain((book) => {
  const samples = fc.array(fc.oneof(...book.meters.map(sampleOf)), { minLength: 1, maxLength: 24, size: 'max' });
  return samples.chain((all) =>
    fc.record({
      book: fc.constant(book),
      samples: fc.constant(all),
      shuffled: fc.shuffledSubarray([...all], { minLength: all.length }),
      repeated: fc.shuffledSubarray([...all]),
      cuts: fc.array(fc.nat({ max: all.length }), { maxLength: 4 }),
    }),
  );
});

const inGroups = (samples: readonly Sample[], cuts: readonly number[]): readonly (readonly Sample[])[] => {
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), samples.length];
  return bounds.slice(1).map((bound, i) => samples.slice(bounds[i], bound));
};

const billOf = (book: PriceBook, groups: readonly (readonly Sample[])[]): Pick<BillIssued, 'lines' | 'total'> => {
  const ledger = played([
    ...opening(book).map((command) => ({ at: BOUGHT, command })),
    ...groups
      .filter((samples) => samples.length > 0)
      .map((samples, i) => ({ at: REPORTED + i * 3600, command: recordUsage(samples) })),
    { at: SETTLED },
  ]);
  if (ledger.refusals.length > 0) throw new Error(fc.stringify(ledger.refusals[0]));
  const bill = ledger.accountEvents('a1').findLast((event) => event.type === 'BillIssued');
  if (bill?.type !== 'BillIssued') throw new Error('there is no bill');
  return { lines: bill.lines, total: bill.total };
};

describe('P-7.6 the same samples give the same bill', () => {
  it('in any order and grouping, repeated or not', () => {
    const failure = failureOf(
      fc.property(reports, ({ book, samples, shuffled, repeated, cuts }) => {
        expect(billOf(book, inGroups([...shuffled, ...repeated], cuts))).toEqual(billOf(book, [samples]));
      }),
      300,
    );
    expect(failure).toBeUndefined();
  });
});

/** A sample of June or its correction, and how late it is told: before the bill, after it, or just before the month closes. */
const told = (
  book: PriceBook,
): fc.Arbitrary<{ readonly sample: Sample; readonly corrects: boolean; readonly late: Instant }> =>
  fc.record({
    sample: fc.oneof(...book.meters.map(sampleOf)),
    corrects: fc.boolean(),
    late: fc.constantFrom(0, 2 * DAY - 1, 2 * DAY, 20 * DAY, 33 * DAY, 63 * DAY, 93 * DAY, 94 * DAY - 1),
  });

const stories = books.chain((book) =>
  fc.record({
    book: fc.constant(book),
    reports: fc.array(told(book), { minLength: 1, maxLength: 12, size: 'max' }),
    stoppedFor: fc.array(fc.constantFrom(0, 1, 43_210, 5 * DAY), { maxLength: 3 }),
  }),
);

type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;

const FIRST_OF_JULY = instant('2024-07-01T00:00:00+08:00');
const JUNE_CLOSED = instant('2024-10-03T00:00:00+08:00');

/** What was billed for each meter of each period in all, when every report is as late as `lateOf` says. */
const billedInAll = ({ book, reports, stoppedFor }: Story, lateOf: (late: Instant) => Instant): object => {
  const stops = stoppedFor.flatMap((seconds, i) => [
    { at: BOUGHT + (i + 1) * 6 * DAY, command: disableApp() },
    { at: BOUGHT + (i + 1) * 6 * DAY + seconds, command: enableApp() },
  ]);
  const inOrder = reports
    .toSorted((a, b) => a.late - b.late)
    .map(({ sample, corrects, late }) => ({
      at: FIRST_OF_JULY + lateOf(late),
      command: corrects ? correctUsage(sample) : recordUsage([sample]),
    }));
  const first = opening(book).map((command) => ({ at: BOUGHT, command }));
  const ledger = played([...first, ...stops, ...inOrder, { at: JUNE_CLOSED }]);
  if (ledger.refusals.length > 0) throw new Error(fc.stringify(ledger.refusals[0]));
  const billed: Record<string, { readonly units: string; readonly amount: string }> = {};
  for (const bill of ledger.accountEvents('a1'))
    for (const line of bill.type === 'BillIssued' ? bill.lines : []) {
      const key = `${line.adjusts ?? (bill as BillIssued).period} ${line.meter} ${line.region}`;
      const { units, amount } = billed[key] ?? { units: '0', amount: '0.00' };
      billed[key] = { units: decimal(units).plus(line.units).toFixed(), amount: add(amount, line.amount) };
    }
  return Object.fromEntries(Object.entries(billed).filter(([, { units }]) => units !== '0'));
};

describe('P-7.9 late and corrected usage costs in the end what it would have cost in time', () => {
  it('by meter, region and period, over the month’s bill and the three after it', () => {
    const failure = failureOf(
      fc.property(stories, (story) => {
        expect(billedInAll(story, (late) => late)).toEqual(billedInAll(story, () => 0));
      }),
    );
    expect(failure).toBeUndefined();
  });
});
