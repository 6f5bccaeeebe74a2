/**
 * Time: what is due happens by itself, at its own instant, in order, before anything else is decided. P-0.4, P-0.6, P-0.7
 */
import type { Account } from './accounts/account.js';
import { runningAddOn, type App } from './apps/app.js';
import { stopForArrears } from './arrears/overdue.js';
import { monthOf, type Month } from './calendar.js';
import { NO_CHANGE, type Decided } from './decision.js';
import { Draft } from './draft.js';
import type { AccountEvent } from './events.js';
import { endAddOn, endGrace, endPackageTerm, endTrial } from './service/expire.js';
import { reclaim } from './service/reclaim.js';
import type { AppTimer, Settlement, Timer } from './timer.js';
import { nextDueAt, nextTimer } from './timers.js';
import { appsBilled, monthsRead, pushAppsOn, settleDay, settleMonth, type UsageRead } from './usage/bill.js';
import { hadPackage } from './usage/charges.js';
import { nextSettlement } from './usage/settlements.js';

export type { UsageRead } from './usage/bill.js';
export type UsageKey = { readonly appId: string; readonly month: Month };

/** The usage streams that `advance` needs for what is due next: empty unless a settlement is. */
export const usageDue = (account: Account): readonly UsageKey[] => {
  const settlement = nextSettlement(account);
  return settlement?.dueAt === nextDueAt(account) ? usageOf(account, settlement) : [];
};

/** The usage streams that a settlement reads. */
export const usageOf = (account: Account, { kind, period }: Settlement): readonly UsageKey[] => {
  if (kind === 'settle-day') return pushAppsOn(account, period).map(({ appId }) => ({ appId, month: monthOf(period) }));
  return appsBilled(account).flatMap((app) =>
    monthsRead(period)
      .filter((month) => app.facts.plugIns.length > 0 || (month <= period && hadPackage(app, month)))
      .map((month) => ({ appId: app.appId, month })),
  );
};

/** An append stays well under the store's 1 MiB: what is due at one instant beyond this comes in a further append. */
const MOST_EVENTS = 500;

/**
 * Decides what is due at `nextDueAt(account)`: the events of one append, each dated by that instant. Call it again, with the
 * state after them, until `nextDueAt` is later than the instant wanted. Never empty when something is due.
 */
export const advance = (account: Account, usage: UsageRead): Decided<AccountEvent> => {
  const first = nextTimer(account);
  if (!first) return NO_CHANGE;
  const draft = new Draft(account, first.dueAt);
  const fired: Timer[] = [];
  for (let timer: Timer | null = first; timer?.dueAt === first.dueAt; timer = nextTimer(draft.account)) {
    if (draft.length >= MOST_EVENTS || !happens(draft, timer, usage)) break;
    fired.push(timer);
    if (draft.account.billing.partial) break;
  }
  return { ...draft.decided(), fired };
};

/** Lets a deadline happen in the draft; false when it needs an append of its own. */
export const happens = (draft: Draft, timer: Timer, usage: UsageRead): boolean => {
  switch (timer.kind) {
    case 'settle-month':
      return settleMonth(draft, timer.period, usage);
    case 'settle-day':
      settleDay(draft, timer.period, usage);
      return true;
    case 'suspend-arrears':
      stopForArrears(draft);
      return true;
    case 'trial-end':
    case 'term-end':
    case 'suspend-lapsed':
    case 'reclaim':
    case 'notice':
      happensTo(draft, appOf(draft.account, timer.appId), timer);
      return true;
  }
};

const happensTo = (draft: Draft, app: App, timer: AppTimer): Draft => {
  switch (timer.kind) {
    case 'trial-end':
      return endTrial(draft, app);
    case 'term-end': {
      const addOn = runningAddOn(app, timer.product);
      return addOn ? endAddOn(draft, app, addOn) : endPackageTerm(draft, app);
    }
    case 'suspend-lapsed':
      return endGrace(draft, app);
    case 'reclaim':
      return reclaim(draft, app);
    case 'notice': {
      const { appId, daysLeft } = timer;
      const notice =
        daysLeft === undefined ? ({ notice: 'reclaim' } as const) : ({ notice: 'expiry', daysLeft } as const);
      return draft.add({ type: 'NoticeIssued', appId, ...notice }, 'P-6.1');
    }
  }
};

const appOf = (account: Account, appId: string): App => {
  const app = account.apps.get(appId);
  if (!app) throw new Error(`a timer of ${appId}, which is no app of ${account.accountId}`);
  return app;
};
