/**
 * Which bills are due when. P-7.6, P-7.10
 *
 * A month is settled on the 3rd of the next, 00:00 local, when an app had a paid package in it or in one of the three months
 * before; a day of the push plug-in at 03:00 local of the next day.
 */
import type { Account } from '../accounts/account.js';
import {
  addMonths,
  DAY,
  endOfDay,
  endOfMonth,
  HOUR,
  localDay,
  localMonth,
  nextDay,
  startOfDay,
  type Day,
  type Instant,
  type Month,
  type Period,
} from '../calendar.js';
import type { Settlement } from '../timer.js';
import { ADJUSTABLE_MONTHS, type Facts, type Span } from './facts.js';

export const monthSettledAt = (month: Month): Instant => endOfMonth(month) + 2 * DAY;
export const daySettledAt = (day: Day): Instant => endOfDay(day) + 3 * HOUR;

/** The plug-in whose use is settled daily. */
export const DAILY_PLUG_IN = 'push';

const laterMonth = (a: Month, b: Month | null): Month => (b !== null && b > a ? b : a);

/** The last local month of which a span covered a second; a span that lasts covers the months to come. */
const lastMonth = ({ to }: Span): Month | null => (to === null ? null : localMonth(to - 1));

const pushTerms = ({ plugIns }: Facts): readonly Span[] => plugIns.filter(({ product }) => product === DAILY_PLUG_IN);

const laterDay = (a: Day, b: Day | null): Day => (b !== null && b > a ? b : a);

/** P-7.6 The first unsettled month a bill is due for, by each span: while it lasts and three months after. */
const monthOfFacts = ({ packages }: Facts, settledThrough: Month | null): Month | null => {
  const after = settledThrough === null ? null : addMonths(settledThrough, 1);
  return earliest(packages, (span) => {
    const first = laterMonth(localMonth(span.from), after);
    const last = lastMonth(span);
    return last === null || first <= addMonths(last, ADJUSTABLE_MONTHS) ? first : null;
  });
};

/** P-7.10 The first unsettled day of which push covered a second. */
const dayOfFacts = (facts: Facts, settledDay: Day | null): Day | null => {
  const after = settledDay === null ? null : nextDay(settledDay);
  return earliest(pushTerms(facts), ({ from, to }) => {
    const first = laterDay(localDay(from), after);
    return to === null || startOfDay(first) < to ? first : null;
  });
};

const earliest = <T>(elements: Iterable<T>, periodOf: (element: T) => Period | null): Period | null => {
  let first: Period | null = null;
  for (const element of elements) {
    const period = periodOf(element);
    if (period !== null && (first === null || period < first)) first = period;
  }
  return first;
};

/** Facts change seldom, and what is due by them is asked after every event: the last answer is kept with them. */
const keptWith = (answer: (facts: Facts, settled: Period | null) => Period | null): typeof answer => {
  const known = new WeakMap<Facts, { readonly settled: Period | null; readonly period: Period | null }>();
  return (facts, settled) => {
    const kept = known.get(facts);
    if (kept?.settled === settled) return kept.period;
    const period = answer(facts, settled);
    known.set(facts, { settled, period });
    return period;
  };
};

const nextMonthOf = keptWith(monthOfFacts);
const nextDayOf = keptWith(dayOfFacts);

/** Of all apps, gone ones too: what they used is settled. */
const firstUnsettledMonth = ({ apps, billing }: Account): Month | null =>
  billing.partial?.period ?? earliest(apps.values(), ({ facts }) => nextMonthOf(facts, billing.settledThrough));

const firstUnsettledDay = ({ apps, billing }: Account): Day | null =>
  earliest(apps.values(), ({ facts }) => nextDayOf(facts, billing.settledDay));

const monthTimer = (period: Month): Settlement => ({
  kind: 'settle-month',
  appId: null,
  dueAt: monthSettledAt(period),
  period,
});
const dayTimer = (period: Day): Settlement => ({
  kind: 'settle-day',
  appId: null,
  dueAt: daySettledAt(period),
  period,
});

export const nextSettlement = (account: Account): Settlement | null => {
  const [month, day] = [firstUnsettledMonth(account), firstUnsettledDay(account)];
  if (month !== null && (day === null || monthSettledAt(month) <= daySettledAt(day))) return monthTimer(month);
  return day === null ? null : dayTimer(day);
};

/** The settlements armed at an instant: of months up to the current one, of days begun. */
export const settlementsDue = (account: Account, at: Instant): readonly Settlement[] => {
  const packages = [...account.apps.values()].flatMap(({ facts }) => facts.packages);
  const terms = [...account.apps.values()].flatMap(({ facts }) => pushTerms(facts));
  const billDue = (month: Month): boolean =>
    packages.some((span) => {
      const last = lastMonth(span);
      return localMonth(span.from) <= month && (last === null || month <= addMonths(last, ADJUSTABLE_MONTHS));
    });
  const covered = (day: Day): boolean =>
    terms.some(({ from, to }) => from < endOfDay(day) && (to === null || to > startOfDay(day)));
  const months = until(firstUnsettledMonth(account), localMonth(at), (month) => addMonths(month, 1));
  const days = until(firstUnsettledDay(account), localDay(at), nextDay);
  return [...months.filter(billDue).map(monthTimer), ...days.filter(covered).map(dayTimer)];
};

/** The periods from the first to the last, both included. */
const until = (first: Period | null, last: Period, next: (period: Period) => Period): readonly Period[] => {
  const periods: Period[] = [];
  for (let period = first; period !== null && period <= last; period = next(period)) periods.push(period);
  return periods;
};
