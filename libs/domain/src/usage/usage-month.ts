/**
 * The metering facts of one app and month: the figure of each day, as far as known. P-7, catalogue.md "Meters"
 *
 * Several samples of a day: the highest counts, so a sample repeated or late changes nothing. A correction sets the day's
 * figure, and after it only a further correction changes that day.
 */
import type { Day } from '../calendar.js';
import type { Sample } from '../commands.js';
import type { UsageEvent } from '../events.js';
import { compareExact } from '../money.js';

export type DayFigure = { readonly value: number | string; readonly corrected: boolean };

export type UsageMonth = {
  readonly revision: bigint;
  /** By meter and region, then by day. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<Day, DayFigure>>;
};

export const MAINLAND = 'mainland';
const REGIONAL = 'bandwidth';

/** Bandwidth without a region is `mainland`; no other meter has one. */
export const regionOf = ({ meter, region }: Pick<Sample, 'meter' | 'region'>): string | null =>
  region ?? (meter === REGIONAL ? MAINLAND : null);

export const seriesKey = (meter: string, region: string | null): string => `${meter}/${region ?? ''}`;

export const NO_FIGURES: ReadonlyMap<Day, DayFigure> = new Map();

export const figuresOf = (
  month: UsageMonth | null | undefined,
  meter: string,
  region: string | null,
): ReadonlyMap<Day, DayFigure> => month?.figures.get(seriesKey(meter, region)) ?? NO_FIGURES;

export type Figures = UsageMonth['figures'];

/** Whether a sample raises the figure of its day. */
export const raises = (figures: Figures, sample: Sample): boolean => {
  const known = figures.get(seriesKey(sample.meter, regionOf(sample)))?.get(sample.day);
  if (known?.corrected) return false;
  return compareExact(sample.value, known?.value ?? 0) > 0;
};

/** Whether a correction changes anything: a 0 on a day without a figure does, for it holds against later samples. */
export const corrects = (figures: Figures, sample: Sample): boolean => {
  const known = figures.get(seriesKey(sample.meter, regionOf(sample)))?.get(sample.day);
  return !known?.corrected || compareExact(sample.value, known.value) !== 0;
};

export const withFigure = (figures: Figures, sample: Sample, corrected: boolean): Figures => {
  const key = seriesKey(sample.meter, regionOf(sample));
  const days = new Map(figures.get(key)).set(sample.day, { value: sample.value, corrected });
  return new Map(figures).set(key, days);
};

/** Folds one event of a usage stream; `revision` is the event's own. */
export const evolveUsage = (month: UsageMonth | null, event: UsageEvent, revision: bigint): UsageMonth => {
  const corrected = event.type === 'UsageCorrected';
  const figures = event.samples.reduce<Figures>(
    (before, sample) => (corrected || raises(before, sample) ? withFigure(before, sample, corrected) : before),
    month?.figures ?? new Map(),
  );
  return { revision, figures };
};
