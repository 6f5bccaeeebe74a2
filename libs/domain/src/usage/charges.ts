/**
 * What a month, or a day of push, of one app costs: a line for each meter with its evidence. P-7.1 to P-7.11
 *
 * Pure in the app's facts and the figures of the usage stream, so that the same line can be computed again when usage comes
 * late (P-7.9). Lines without units are among the answers; a bill leaves them out.
 */
import { knownBook, NO_TIER, type App } from '../apps/app.js';
import {
  dayOfMonth,
  endOfDay,
  endOfMonth,
  localDay,
  startOfDay,
  startOfMonth,
  type Day,
  type Instant,
  type Month,
} from '../calendar.js';
import type { BillLine } from '../events.js';
import { decimal, exact, greatestOf, roundShare, wire } from '../money.js';
import type { HistoryRow, MeterRow } from '../price-books/price-book.js';
import { share, times } from '../share.js';
import { overlaps, secondsWithin, type PackageSpan } from './facts.js';
import { figuresOf, type UsageMonth } from './usage-month.js';

type Figure = { readonly figure: ReturnType<typeof decimal>; readonly peakDay: Day | null };
type Served = BillLine['share'];

/** P-7.8 The seconds of the period in which the app was not suspended, whatever the causes. */
const servedOf = (app: App, from: Instant, to: Instant): Served => ({
  served: to - from - secondsWithin(app.facts.stops, from, to),
  of: to - from,
});

/** P-7.6 The package that the app had at the end of the period, or had last. */
const packageThatCounts = (app: App, to: Instant): PackageSpan | undefined =>
  app.facts.packages.findLast(({ from }) => from < to);

/** P-5.6 Of a month in which the app had no package nothing is charged. */
export const hadPackage = (app: App, month: Month): boolean =>
  app.facts.packages.some((span) => overlaps(span, startOfMonth(month), endOfMonth(month)));

/** P-7.1 Days before the day on which the app left Trial do not count; P-7.2 nor those before the meter's first. */
const counts = (app: App, row: MeterRow, day: Day): boolean =>
  app.facts.leftTrialAt !== null &&
  day >= localDay(app.facts.leftTrialAt) &&
  dayOfMonth(day) >= row.fromDay &&
  (row.plugIn === null || plugInCovers(app, row.plugIn, day));

/** P-7.10 Days of which the plug-in's term covered a second. */
const plugInCovers = (app: App, plugIn: string, day: Day): boolean =>
  app.facts.plugIns.some((span) => span.product === plugIn && overlaps(span, startOfDay(day), endOfDay(day)));

const figureOf = (app: App, row: MeterRow, usage: UsageMonth | undefined): Figure => {
  const days = [...figuresOf(usage, row.meter, row.region)]
    .filter(([day]) => counts(app, row, day))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  switch (row.figure) {
    case 'highest-day':
      return greatestOf(days.map(([day, { value }]) => ({ figure: decimal(value), peakDay: day }))) ?? NO_FIGURE;
    case 'sum-of-days':
    case 'each-day':
      return { figure: days.reduce((sum, [, { value }]) => sum.plus(value), decimal(0)), peakDay: null };
    case 'sum-of-days-rounded-up':
      return {
        figure: days.reduce((sum, [, { value }]) => sum.plus(decimal(value).ceil()), decimal(0)),
        peakDay: null,
      };
  }
};

const NO_FIGURE: Figure = { figure: decimal(0), peakDay: null };

/** P-7.3 Whole billing units above the free quota, rounded up. */
const unitsAbove = ({ figure }: Figure, free: number, unit: number): ReturnType<typeof decimal> => {
  const above = figure.minus(free);
  return above.isPositive() ? above.dividedBy(unit).ceil() : decimal(0);
};

type Priced = {
  readonly meter: string;
  readonly region?: string | null;
  readonly figure: Figure;
  readonly free: number;
  readonly units: ReturnType<typeof decimal>;
  readonly unitPrice: string;
};

/** P-7.8 The rounding to units comes first, the rounding of money last. */
const line = (app: App, span: PackageSpan, served: Served, priced: Priced): BillLine => ({
  appId: app.appId,
  meter: priced.meter,
  ...(priced.region && { region: priced.region }),
  figure: wire(priced.figure.figure),
  ...(priced.figure.peakDay && { peakDay: priced.figure.peakDay }),
  free: priced.free,
  units: wire(priced.units),
  unitPrice: priced.unitPrice,
  book: span.book,
  package: span.product,
  share: served,
  amount: roundShare(
    times(times(exact(priced.units.toFixed()), exact(priced.unitPrice)), share(served.served, served.of)),
  ),
});

/** Whether any figure stands in the stream; what once stood there stays, so what was billed is always seen again. */
const isMetered = (usage: UsageMonth | undefined, row: MeterRow): boolean =>
  figuresOf(usage, row.meter, row.region).size > 0;

const meterLine = (
  app: App,
  span: PackageSpan,
  served: Served,
  row: MeterRow,
  usage: UsageMonth | undefined,
): BillLine => {
  const figure = figureOf(app, row, usage);
  const units = unitsAbove(figure, row.free, row.unit);
  return line(app, span, served, {
    meter: row.meter,
    region: row.region,
    figure,
    free: row.free,
    units,
    unitPrice: row.price,
  });
};

/** P-7.5 The dearest tier set at any time in the month while the app had a package, at the prices of the one that counts. */
const historyLine = (
  app: App,
  span: PackageSpan,
  served: Served,
  from: Instant,
  to: Instant,
  usage: UsageMonth | undefined,
): BillLine | null => {
  const had = app.facts.packages.filter((each) => overlaps(each, from, to));
  const tiers = app.facts.tiers.filter(
    (tier) =>
      tier.days !== NO_TIER &&
      had.some((each) => overlaps(tier, Math.max(from, each.from), Math.min(to, each.to ?? to))),
  );
  const book = knownBook(span.book);
  const offered = tiers.flatMap(({ days }) =>
    book.history.filter((row) => row.package === span.product && row.days === days),
  );
  const dearest = greatestOf(offered.map((row) => ({ figure: decimal(row.price), row })))?.row;
  return dearest ? line(app, span, served, pricedHistory(app, span, dearest, usage)) : null;
};

const pricedHistory = (app: App, span: PackageSpan, row: HistoryRow, usage: UsageMonth | undefined): Priced => {
  const common = { meter: 'history', free: 0, unitPrice: row.price };
  if (row.perDau === null)
    return { ...common, figure: { figure: decimal(row.days), peakDay: null }, units: decimal(1) };
  const dau = knownBook(span.book).meters.find(({ meter }) => meter === 'dau');
  const figure = dau ? figureOf(app, dau, usage) : NO_FIGURE;
  const units = unitsAbove(figure, 0, row.perDau);
  return { ...common, figure, units: units.isZero() ? decimal(1) : units };
};

/** P-7.11 The package itself, where it is postpaid: one line a package, by the share in which the app had it and served. */
const postpaidLines = (app: App, from: Instant, to: Instant): readonly BillLine[] => {
  const spans = app.facts.packages.filter((span) => span.postpaid && overlaps(span, from, to));
  const first = spans.filter((span, i) => spans.findIndex(({ product }) => product === span.product) === i);
  return first.map((span) => {
    const served = spans
      .filter(({ product }) => product === span.product)
      .map((each) => servedOf(app, Math.max(from, each.from), Math.min(to, each.to ?? to)).served)
      .reduce((sum, seconds) => sum + seconds, 0);
    const figure = { figure: decimal(1), peakDay: null };
    return line(
      app,
      span,
      { served, of: to - from },
      { meter: span.product, figure, free: 0, units: decimal(1), unitPrice: span.listPrice },
    );
  });
};

export const monthLines = (app: App, month: Month, usage: UsageMonth | undefined): readonly BillLine[] => {
  const [from, to] = [startOfMonth(month), endOfMonth(month)];
  const span = packageThatCounts(app, to);
  if (!span || !hadPackage(app, month)) return [];
  const served = servedOf(app, from, to);
  const meters = knownBook(span.book).meters.filter(({ figure }) => figure !== 'each-day');
  const history = historyLine(app, span, served, from, to, usage);
  return [
    ...postpaidLines(app, from, to),
    ...meters.filter((row) => isMetered(usage, row)).map((row) => meterLine(app, span, served, row, usage)),
    ...(history ? [history] : []),
  ];
};

/** P-7.10 The calls of one day; charged without a share. */
export const dayLines = (app: App, day: Day, usage: UsageMonth | undefined): readonly BillLine[] => {
  const [from, to] = [startOfDay(day), endOfDay(day)];
  const span = packageThatCounts(app, to);
  if (!span) return [];
  const ofDay = (row: MeterRow): Figure => {
    const value = figuresOf(usage, row.meter, row.region).get(day)?.value;
    return value === undefined || !counts(app, row, day) ? NO_FIGURE : { figure: decimal(value), peakDay: day };
  };
  return knownBook(span.book)
    .meters.filter((row) => row.figure === 'each-day' && isMetered(usage, row))
    .map((row) => {
      const figure = ofDay(row);
      const units = unitsAbove(figure, row.free, row.unit);
      const whole = { served: to - from, of: to - from };
      return line(app, span, whole, {
        meter: row.meter,
        region: row.region,
        figure,
        free: row.free,
        units,
        unitPrice: row.price,
      });
    });
};

/** The days of a month's stream that have a figure of a meter settled by the day. */
export const daysMetered = (app: App, usage: UsageMonth | undefined): readonly Day[] => {
  const books = new Set(app.facts.packages.map(({ book }) => book));
  const rows = [...books].flatMap((book) => knownBook(book).meters.filter(({ figure }) => figure === 'each-day'));
  const days = rows.flatMap(({ meter, region }) => [...figuresOf(usage, meter, region).keys()]);
  return [...new Set(days)].toSorted();
};
