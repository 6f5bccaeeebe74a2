/** Metering facts come in: samples, checked one by one, of which only what raises a figure is recorded. P-7.7, P-7.9, P-7.12 */
import type { Account } from '../accounts/account.js';
import { knownBook, priceBookAt, type App } from '../apps/app.js';
import { addMonths, iso, localDay, monthOf, type Day, type Instant } from '../calendar.js';
import type { CorrectUsage, RecordUsage, Sample } from '../commands.js';
import { isRefused, NO_CHANGE, refuse, type Decided, type Refused } from '../decision.js';
import type { UsageEvent } from '../events.js';
import { livingApp } from '../guards.js';
import { ADJUSTABLE_MONTHS } from './facts.js';
import { monthSettledAt } from './settlements.js';
import { corrects, raises, regionOf, withFigure, type UsageMonth } from './usage-month.js';

export const recordUsage = (
  account: Account,
  { appId, samples }: RecordUsage,
  at: Instant,
  usage: UsageMonth | null,
): Decided<UsageEvent> | Refused => {
  const refused = refusedSample(account, appId, samples, at);
  if (refused) return refused;
  let figures: UsageMonth['figures'] = usage?.figures ?? new Map();
  const recorded = samples.filter((sample) => {
    if (!raises(figures, sample)) return false;
    figures = withFigure(figures, sample, false);
    return true;
  });
  return usageEvent(account, 'UsageRecorded', appId, recorded, at);
};

export const correctUsage = (
  account: Account,
  { appId, meter, day, value, region }: CorrectUsage,
  at: Instant,
  usage: UsageMonth | null,
): Decided<UsageEvent> | Refused => {
  const sample: Sample = { meter, day, value, ...(region !== undefined && { region }) };
  const refused = refusedSample(account, appId, [sample], at);
  if (refused) return refused;
  const changes = corrects(usage?.figures ?? new Map(), sample);
  return usageEvent(account, 'UsageCorrected', appId, changes ? [sample] : [], at);
};

const usageEvent = (
  { accountId }: Account,
  type: UsageEvent['type'],
  appId: string,
  samples: readonly Sample[],
  at: Instant,
): Decided<UsageEvent> =>
  samples.length === 0
    ? NO_CHANGE
    : { events: [{ type, accountId, effectiveAt: iso(at), appId, samples }], clauses: ['P-7.6', 'P-7.9'] };

/** One bad sample refuses the command. */
const refusedSample = (account: Account, appId: string, samples: readonly Sample[], at: Instant): Refused | null => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  for (const [index, sample] of samples.entries()) {
    const refused = whyRefused(app, sample, at);
    if (refused)
      return { ...refused, details: { sample: index, meter: sample.meter, day: sample.day, ...refused.details } };
  }
  return null;
};

const whyRefused = (app: App, sample: Sample, at: Instant): Refused | null => {
  const region = regionOf(sample);
  const book = knownBook(priceBookAt(app, at));
  if (!book.meters.some((row) => row.meter === sample.meter && row.region === region))
    return refuse('MeterUnknown', { priceBook: book.id, region });
  if (sample.day > localDay(at)) return refuse('UsageInFuture', { today: localDay(at) });
  if (sample.day < localDay(app.createdAt)) return refuse('UsageBeforeApp', { createdOn: localDay(app.createdAt) });
  return isClosed(sample.day, at) ? refuse('MonthClosed', { month: monthOf(sample.day) }) : null;
};

/** P-7.9 Usage of a month is refused from the settlement of the third month after it on. */
const isClosed = (day: Day, at: Instant): boolean => at >= monthSettledAt(addMonths(monthOf(day), ADJUSTABLE_MONTHS));
