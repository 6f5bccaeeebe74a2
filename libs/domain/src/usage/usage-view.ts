/**
 * One app's usage of one month as it stands: the days of each meter, the highest of them with its witness, and what the
 * month costs so far. P-7; the charges are those that the bill would have now.
 */
import type { App } from '../apps/app.js';
import type { Day, Month } from '../calendar.js';
import type { BillLine, UsageEvent } from '../events.js';
import { add, decimal, greatestOf, type Money } from '../money.js';
import { dayLines, daysMetered, monthLines } from './charges.js';
import { evolveUsage, figuresOf, regionOf, seriesKey, type DayFigure, type UsageMonth } from './usage-month.js';

/** A day's figure; `revision` is that of the event of the usage stream that says so. */
export type UsageDay = DayFigure & { readonly day: Day; readonly revision: string };

export type MeterView = {
  readonly meter: string;
  readonly region: string | null;
  readonly days: readonly UsageDay[];
  /** The highest day, the first of equals. */
  readonly peak: UsageDay;
};

export type UsageView = {
  readonly meters: readonly MeterView[];
  readonly charges: readonly BillLine[];
  readonly total: Money;
};

/** The events of the usage stream, oldest first; the app as far as it is known. */
export const usageView = (app: App, month: Month, events: readonly UsageEvent[]): UsageView => {
  const { usage, meters } = metered(events);
  const charges = [
    ...monthLines(app, month, usage),
    ...daysMetered(app, usage).flatMap((day) => dayLines(app, day, usage)),
  ];
  return { meters, charges, total: add(...charges.map(({ amount }) => amount)) };
};

type Metered = { readonly usage: UsageMonth | undefined; readonly meters: readonly MeterView[] };

const metered = (events: readonly UsageEvent[]): Metered => {
  let usage: UsageMonth | null = null;
  const series = new Map<
    string,
    { readonly meter: string; readonly region: string | null; days: Map<Day, UsageDay> }
  >();
  for (const [index, event] of events.entries()) {
    const before: UsageMonth | null = usage;
    const after = evolveUsage(before, event, BigInt(index));
    for (const { meter, day, ...sample } of event.samples) {
      const region = regionOf({ meter, ...sample });
      const figure = figuresOf(after, meter, region).get(day);
      if (!figure || figure === figuresOf(before, meter, region).get(day)) continue;
      const key = seriesKey(meter, region);
      const known = series.get(key) ?? { meter, region, days: new Map<Day, UsageDay>() };
      series.set(key, known);
      known.days.set(day, { day, ...figure, revision: String(index) });
    }
    usage = after;
  }
  const meters = [...series.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { meter, region, days }]) => meterView(meter, region, [...days.values()]));
  return { usage: usage ?? undefined, meters };
};

const meterView = (meter: string, region: string | null, unordered: readonly UsageDay[]): readonly MeterView[] => {
  const days = unordered.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const peak = greatestOf(days.map((day) => ({ figure: decimal(day.value), day })))?.day;
  return peak ? [{ meter, region, days, peak }] : [];
};
