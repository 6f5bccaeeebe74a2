/**
 * The monthly bill of an account, and the daily one of push: drawn from the usage streams, charged at once. P-7.6 to P-7.10
 */
import type { Account } from '../accounts/account.js';
import type { App } from '../apps/app.js';
import { clearArrears } from '../arrears/clear.js';
import { becomeOverdue } from '../arrears/overdue.js';
import { addMonths, endOfDay, monthOf, startOfDay, type Day, type Month, type Period } from '../calendar.js';
import type { Draft } from '../draft.js';
import type { BillIssued, BillLine, Source } from '../events.js';
import { add, decimal, isNegative, subtract, wire, ZERO } from '../money.js';
import { usageStream } from '../streams.js';
import { giftFirst } from '../wallet/wallet.js';
import { billedSoFar } from './billing.js';
import { dayLines, daysMetered, monthLines } from './charges.js';
import { ADJUSTABLE_MONTHS, overlaps } from './facts.js';
import { DAILY_PLUG_IN, daySettledAt } from './settlements.js';
import type { UsageMonth } from './usage-month.js';

/** The usage streams that were read, by stream name; those that do not exist are absent. */
export type UsageRead = ReadonlyMap<string, UsageMonth>;

const usageOf = (usage: UsageRead, appId: string, month: Month): UsageMonth | undefined =>
  usage.get(usageStream(appId, month));

const hasUnits = ({ units }: BillLine): boolean => !decimal(units).isZero();

const byId = (a: App, b: App): number => (a.appId < b.appId ? -1 : 1);

/** The months a bill of `period` looks at, oldest first; the month after it for the days that are settled before the bill. */
export const monthsRead = (period: Month): readonly Month[] => OFFSETS.map((offset) => addMonths(period, offset));

const OFFSETS = Array.from({ length: ADJUSTABLE_MONTHS + 2 }, (_, i) => i - ADJUSTABLE_MONTHS);

/** Gone apps too: they are billed until the months they were there in are closed. */
export const appsBilled = (account: Account): readonly App[] =>
  [...account.apps.values()].filter(({ facts }) => facts.packages.length > 0).toSorted(byId);

export const pushAppsOn = (account: Account, day: Day): readonly App[] =>
  appsBilled(account).filter(({ facts }) =>
    facts.plugIns.some((span) => span.product === DAILY_PLUG_IN && overlaps(span, startOfDay(day), endOfDay(day))),
  );

/** P-7.9 What the line would be now, less what was billed for it so far; nothing where nothing changed. */
const adjusted = (account: Account, now: BillLine, period: Period): readonly BillLine[] => {
  const before = billedSoFar(account.billing, period, now);
  const units = decimal(now.units).minus(before.units);
  const amount = subtract(now.amount, before.amount);
  return amount === ZERO ? [] : [{ ...now, units: wire(units), amount, adjusts: period }];
};

/** The lines of one app on the bill of a month: the month's own, then adjustments of earlier months and of days settled. */
const appLines = (draft: Draft, app: App, period: Month, usage: UsageRead): readonly BillLine[] => {
  const { account, at } = draft;
  const own = monthLines(app, period, usageOf(usage, app.appId, period)).filter(hasUnits);
  // Without usage nothing of an earlier month can have changed.
  const late = monthsRead(period).flatMap((month) => {
    const read = usageOf(usage, app.appId, month);
    return read && month < period ? monthLines(app, month, read).flatMap((now) => adjusted(account, now, month)) : [];
  });
  const lateDays = (app.facts.plugIns.length === 0 ? [] : monthsRead(period))
    .flatMap((month) => daysMetered(app, usageOf(usage, app.appId, month)))
    .filter((day) => daySettledAt(day) <= at)
    .flatMap((day) =>
      dayLines(app, day, usageOf(usage, app.appId, monthOf(day))).flatMap((now) => adjusted(account, now, day)),
    );
  return [...own, ...late, ...lateDays];
};

const sourcesOf = (usage: UsageRead, apps: readonly App[], months: readonly Month[]): readonly Source[] =>
  apps.flatMap(({ appId }) =>
    months.flatMap((month) => {
      const read = usageOf(usage, appId, month);
      return read ? [{ stream: usageStream(appId, month), revision: String(read.revision) }] : [];
    }),
  );

type BillData = Pick<BillIssued, 'period' | 'lines' | 'sources' | 'part' | 'parts'>;

/** P-8.1 A bill is charged to gift, then cash, which may go negative; P-7.9 one below 0 is paid into cash. */
const charge = (draft: Draft, { period, lines, sources, ...parts }: BillData): Draft => {
  const { account } = draft;
  const total = add(...lines.map(({ amount }) => amount));
  const split = isNegative(total) ? { gift: ZERO, cash: total } : giftFirst(account.wallet, total);
  const billId = `${account.accountId}-${period}`;
  draft.add({ type: 'BillIssued', billId, period, lines, total, ...split, sources, ...parts }, 'P-7.6', 'P-8.1');
  return becomeOverdue(clearArrears(draft));
};

/** What one `BillIssued` may hold, in characters of JSON: under the 512 KiB of language.md, with room for its envelope. */
const MOST_CHARACTERS = 400 * 1024;

type AppBill = { readonly app: App; readonly lines: readonly BillLine[]; readonly sources: readonly Source[] };

/** Apps side by side until the next would pass the size; an app is never torn. */
const inParts = (bills: readonly AppBill[]): readonly (readonly AppBill[])[] => {
  const parts: AppBill[][] = [[]];
  let size = 0;
  for (const bill of bills) {
    if (bill.lines.length === 0 && bill.sources.length === 0) continue;
    const own = JSON.stringify(bill.lines).length + JSON.stringify(bill.sources).length;
    if (size > 0 && size + own > MOST_CHARACTERS) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(bill);
    size += own;
  }
  return parts;
};

/**
 * Adds the bill of a month, or its next part; false when the bill comes in parts and the draft is not empty, because each
 * part is an append of its own and nothing else is decided before the last.
 */
export const settleMonth = (draft: Draft, period: Month, usage: UsageRead): boolean => {
  const { partial } = draft.account.billing;
  const bills = appsBilled(draft.account)
    .filter(({ appId }) => partial === null || appId > partial.lastApp)
    .map((app) => ({
      app,
      lines: appLines(draft, app, period, usage),
      sources: sourcesOf(usage, [app], monthsRead(period)),
    }));
  const parts = inParts(bills);
  const one = (apps: readonly AppBill[]): Pick<BillData, 'period' | 'lines' | 'sources'> => ({
    period,
    lines: apps.flatMap(({ lines }) => lines),
    sources: apps.flatMap(({ sources }) => sources),
  });
  const [first = [], ...rest] = parts;
  if (partial === null && rest.length === 0) {
    charge(draft, one(first));
    return true;
  }
  if (draft.length > 0) return false;
  const part = (partial?.part ?? 0) + 1;
  const count = partial?.parts ?? parts.length;
  charge(draft, { ...one(part === count ? parts.flat() : first), part, parts: count });
  return true;
};

/** P-7.10 One bill an account and day, where there is something to charge. */
export const settleDay = (draft: Draft, day: Day, usage: UsageRead): Draft => {
  const month = monthOf(day);
  const apps = pushAppsOn(draft.account, day);
  const lines = apps.flatMap((app) => dayLines(app, day, usageOf(usage, app.appId, month)).filter(hasUnits));
  if (lines.length === 0) return draft.add({ type: 'DaySettled', period: day }, 'P-7.10');
  return charge(draft, { period: day, lines, sources: sourcesOf(usage, apps, [month]) });
};
