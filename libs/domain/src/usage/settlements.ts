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
} from '../calendar.js';
import type { Timer } from '../timer.js';
import { ADJUSTABLE_MONTHS, type Facts, type Span } from './facts.js';

export const monthSettledAt = (month: Month): Instant => endOfMonth(month) + 2 * DAY;
export const daySettledAt = (day: Day): Instant => endOfDay(day) + 3 * HOUR;

/** The plug-in whose use is settled daily. */
export const DAILY_PLUG_IN = 'push';

const laterMonth = (a: Month, b: Month | null): Month => (b !== null && b > a ? b : a);

/** The last local month of which a span covered a second; a span that lasts covers the months to come. */
const lastMonth = ({ to }: Span): Month | null => (to === null ? null : localMonth(to - 1));

/** The spans of all apps, gone ones too: what they used is settled. */
const spansOf = function* <S extends Span>(account: Account, spans: (facts: Facts) => readonly S[]): Generator<S> {
  for (const { facts } of account.apps.values()) yield* spans(facts);
};

const packages = ({ packages: spans }: Facts): readonly Span[] => spans;
const pushTerms = ({ plugIns }: Facts): readonly Span[] => plugIns.filter(({ product }) => product === DAILY_PLUG_IN);

/** P-7.6 The months from the first a bill is due for, by each span: while it lasts and three months after. */
const firstUnsettledMonth = (account: Account): Month | null => {
  const { settledThrough, partial } = account.billing;
  if (partial) return partial.period;
  const after = settledThrough === null ? null : addMonths(settledThrough, 1);
  let earliest: Month | null = null;
  for (const span of spansOf(account, packages)) {
    const first = laterMonth(localMonth(span.from), after);
    const last = lastMonth(span);
    const due = last === null || first <= addMonths(last, ADJUSTABLE_MONTHS);
    if (due && (earliest === null || first < earliest)) earliest = first;
  }
  return earliest;
};

const laterDay = (a: Day, b: Day | null): Day => (b !== null && b > a ? b : a);

const firstUnsettledDay = (account: Account): Day | null => {
  const { settledDay } = account.billing;
  const after = settledDay === null ? null : nextDay(settledDay);
  let earliest: Day | null = null;
  for (const span of spansOf(account, pushTerms)) {
    const first = laterDay(localDay(span.from), after);
    const due = span.to === null || startOfDay(first) < span.to;
    if (due && (earliest === null || first < earliest)) earliest = first;
  }
  return earliest;
};

const monthTimer = (period: Month): Timer => ({
  kind: 'settle-month',
  appId: null,
  dueAt: monthSettledAt(period),
  period,
});
const dayTimer = (period: Day): Timer => ({ kind: 'settle-day', appId: null, dueAt: daySettledAt(period), period });

export const nextSettlement = (account: Account): Timer | null => {
  const [month, day] = [firstUnsettledMonth(account), firstUnsettledDay(account)];
  const timers = [...(month === null ? [] : [monthTimer(month)]), ...(day === null ? [] : [dayTimer(day)])];
  return timers.reduce<Timer | null>((first, next) => (first && first.dueAt <= next.dueAt ? first : next), null);
};

/** The settlements armed at an instant: of months up to the current one, of days begun. */
export const settlementsDue = (account: Account, at: Instant): readonly Timer[] => {
  const timers: Timer[] = [];
  const current = localMonth(at);
  const due = (month: Month): boolean =>
    [...spansOf(account, packages)].some((span) => {
      const last = lastMonth(span);
      return localMonth(span.from) <= month && (last === null || month <= addMonths(last, ADJUSTABLE_MONTHS));
    });
  for (let month = firstUnsettledMonth(account); month !== null && month <= current; month = addMonths(month, 1))
    if (due(month)) timers.push(monthTimer(month));
  const today = localDay(at);
  const covered = (day: Day): boolean =>
    [...spansOf(account, pushTerms)].some(
      ({ from, to }) => from < endOfDay(day) && (to === null || to > startOfDay(day)),
    );
  for (let day = firstUnsettledDay(account); day !== null && day <= today; day = nextDay(day))
    if (covered(day)) timers.push(dayTimer(day));
  return timers;
};
