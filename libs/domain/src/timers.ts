/**
 * Every future deadline of an account, derived from its state: nothing is scheduled, so nothing can be forgotten.
 *
 * A timer stands here as long as its cause does, whether or not an earlier one will void it (language.md, Journeys).
 */
import { livingApps, type Account } from './accounts/account.js';
import { inGrace, LAST_NOTICE, packageEndsAt, type App } from './apps/app.js';
import { toBeStopped } from './arrears/overdue.js';
import { DAY, type Instant } from './calendar.js';
import { endsAt } from './orders/term.js';
import { GRACE } from './service/expire.js';
import { RECLAIM_NOTICE } from './service/reclaim.js';
import { isHeldBy, reclaimAt } from './service/service.js';
import type { AccountTimer, AppTimer, Timer, TimerKind } from './timer.js';
import { nextSettlement, settlementsDue } from './usage/settlements.js';

/** P-6.1 On each of the 7 days before E, at E, and a day after. */
const expiryNotices = ({ appId, nextNotice, package: term }: App): readonly AppTimer[] => {
  const end = term && endsAt(term);
  if (nextNotice === null || end === null) return [];
  const timers: AppTimer[] = [];
  for (let daysLeft = nextNotice; daysLeft >= LAST_NOTICE; daysLeft--)
    timers.push({ kind: 'notice', appId, dueAt: end - daysLeft * DAY, daysLeft });
  return timers;
};

/** The deadlines of one app, in no order. */
export const appTimers = (app: App): readonly AppTimer[] => {
  const { appId, service, trial, package: term } = app;
  const timers: AppTimer[] = [];
  if (trial && trial.endsAt !== null && !isHeldBy(service, 'trial-over'))
    timers.push({ kind: 'trial-end', appId, dueAt: trial.endsAt });
  const end = packageEndsAt(app);
  if (term && end !== null && term.phase === 'running')
    timers.push({ kind: 'term-end', appId, dueAt: end, product: term.product });
  if (end !== null && inGrace(app)) timers.push({ kind: 'suspend-lapsed', appId, dueAt: end + GRACE });
  for (const addOn of app.addOns) {
    const dueAt = endsAt(addOn);
    if (dueAt !== null) timers.push({ kind: 'term-end', appId, dueAt, product: addOn.product });
  }
  const reclaim = reclaimAt(service);
  if (reclaim !== null) {
    timers.push({ kind: 'reclaim', appId, dueAt: reclaim });
    if (!app.reclaimNoticeIssued) timers.push({ kind: 'notice', appId, dueAt: reclaim - RECLAIM_NOTICE });
  }
  return [...timers, ...expiryNotices(app)];
};

/** P-0.6 What is due at one instant happens in this order. */
const RANK: Record<TimerKind, number> = {
  'term-end': 0,
  'trial-end': 0,
  'suspend-lapsed': 1,
  'suspend-arrears': 1,
  reclaim: 2,
  'settle-month': 3,
  'settle-day': 3,
  notice: 4,
};

const productOf = (timer: Timer): string => (timer.kind === 'term-end' ? timer.product : '');

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** P-0.6 By instant, then by kind, then by app and product. */
const inOrder = (a: Timer, b: Timer): number =>
  a.dueAt - b.dueAt ||
  RANK[a.kind] - RANK[b.kind] ||
  byText(a.appId ?? '', b.appId ?? '') ||
  byText(productOf(a), productOf(b));

/** An app's first timer, remembered with the app: states are immutable, and most apps do not change from event to event. */
const firstOf = new WeakMap<App, { readonly timer: Timer | null }>();

const firstAppTimer = (app: App): Timer | null => {
  const known = firstOf.get(app);
  if (known) return known.timer;
  let timer: Timer | null = null;
  for (const next of appTimers(app)) if (!timer || inOrder(next, timer) < 0) timer = next;
  firstOf.set(app, { timer });
  return timer;
};

/** What has to happen next; null when nothing ever will without a command. */
export const nextTimer = (account: Account): Timer | null => {
  const known = nextOf.get(account);
  if (known) return known.timer;
  const timer = earlier(nextSettlement(account), soonestPrompt(account));
  nextOf.set(account, { timer });
  return timer;
};

const nextOf = new WeakMap<Account, { readonly timer: Timer | null }>();

const earlier = (a: Timer | null, b: Timer | null): Timer | null => (a && (!b || inOrder(a, b) < 0) ? a : b);

const arrearsTimer = ({ arrears }: Account): AccountTimer | null =>
  arrears && { kind: 'suspend-arrears', appId: null, dueAt: arrears.suspendsAt };

/** The first deadline that is no settlement. */
const soonestPrompt = (account: Account): Timer | null => {
  let first: Timer | null = account.arrears && toBeStopped(account) ? arrearsTimer(account) : null;
  for (const app of account.apps.values()) if (app.gone === null) first = earlier(firstAppTimer(app), first);
  return first;
};

/** The first deadline of the account; null when there is none. */
export const nextDueAt = (account: Account): Instant | null => nextTimer(account)?.dueAt ?? null;

/** The first deadline of each kind of work: what somebody waits for, and what takes reading usage. */
export const nextDueByLane = (
  account: Account,
): { readonly prompt: Instant | null; readonly settlement: Instant | null } => ({
  prompt: soonestPrompt(account)?.dueAt ?? null,
  settlement: nextSettlement(account)?.dueAt ?? null,
});

/** The deadlines of the account itself armed at an instant, in no order. */
export const accountTimers = (account: Account, at: Instant): readonly AccountTimer[] => {
  const stop = arrearsTimer(account);
  return [...(stop && stop.dueAt > at ? [stop] : []), ...settlementsDue(account, at)];
};

/** Every deadline armed at an instant, in the order in which they would come. */
export const dueTimers = (account: Account, at: Instant): readonly Timer[] =>
  [...livingApps(account).flatMap(appTimers), ...accountTimers(account, at)].toSorted(inOrder);
