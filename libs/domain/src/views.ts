/** What the outside sees of the state: the objects of language.md's results, the same in simulation, reads and replay. */
import type { Account } from './accounts/account.js';
import { knownBook, priceBookAt, isPostpaidApp, inGrace, packageEndsAt, shownPackage, type App } from './apps/app.js';
import { iso, type Instant } from './calendar.js';
import type { RenewalMode } from './commands.js';
import { entitlements, type Entitlements } from './entitlements.js';
import type { Hold } from './events.js';
import type { Currency, Money } from './money.js';
import { effectiveOrder, endsAt } from './orders/term.js';
import { GRACE } from './service/expire.js';
import { reclaimAt, serves } from './service/service.js';
import type { Timer, TimerKind } from './timer.js';
import { dueTimers } from './timers.js';

export type VoucherView = { readonly voucherId: string; readonly amount: Money; readonly used: boolean };

export type AccountView = {
  readonly currency: Currency;
  readonly cash: Money;
  readonly gift: Money;
  readonly overdueSince: string | null;
  readonly suspendsAt: string | null;
  readonly banned: boolean;
  readonly vouchers: readonly VoucherView[];
};

export type AppStatus = 'trial' | 'active' | 'grace' | 'suspended' | 'reclaimed' | 'deleted';

export type AddOnView = {
  readonly product: string;
  readonly quantity: number;
  readonly termEndsAt: string | null;
  readonly renewal: RenewalMode;
};

export type AppView = {
  readonly accountId: string;
  readonly priceBook: string;
  readonly status: AppStatus;
  readonly holds: readonly Hold[];
  readonly package: string | null;
  readonly termStartedAt: string | null;
  readonly termEndsAt: string | null;
  readonly graceEndsAt: string | null;
  readonly trialEndsAt: string | null;
  readonly suspendedSince: string | null;
  readonly reclaimAt: string | null;
  readonly renewal: RenewalMode | null;
  readonly historyTier: number | null;
  readonly addOns: readonly AddOnView[];
  readonly entitlements: Entitlements;
};

export type TimerView = {
  readonly kind: TimerKind;
  readonly accountId: string;
  readonly appId: string | null;
  readonly dueAt: string;
  readonly product?: string;
  readonly period?: string;
  readonly daysLeft?: number;
};

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

export const accountView = (account: Account): AccountView => ({
  currency: account.currency,
  cash: account.wallet.cash,
  gift: account.wallet.gift,
  overdueSince: isoOrNull(account.arrears?.since ?? null),
  suspendsAt: isoOrNull(account.arrears?.suspendsAt ?? null),
  banned: account.bannedAt !== null,
  vouchers: [...account.wallet.vouchers.values()].map(({ voucherId, amount, used }) => ({ voucherId, amount, used })),
});

/** The later in the list of language.md wins. */
const statusOf = (app: App): AppStatus => {
  if (app.gone) return app.gone;
  if (!serves(app.service)) return 'suspended';
  if (inGrace(app)) return 'grace';
  return app.trial ? 'trial' : 'active';
};

export const appView = (accountId: string, app: App, at: Instant): AppView => {
  const priceBook = priceBookAt(app, at);
  const base = {
    accountId,
    priceBook,
    status: statusOf(app),
    historyTier: knownBook(priceBook).history.length === 0 ? null : app.historyTier,
    entitlements: entitlements(app, at),
  };
  const { package: term, service, trial } = app;
  if (app.gone)
    return {
      ...base,
      holds: [],
      package: null,
      termStartedAt: null,
      termEndsAt: null,
      graceEndsAt: null,
      trialEndsAt: null,
      suspendedSince: null,
      reclaimAt: null,
      renewal: null,
      addOns: [],
    };
  const end = packageEndsAt(app);
  return {
    ...base,
    holds: service.holds.toSorted(),
    package: trial ? shownPackage(app) : (term?.product ?? null),
    termStartedAt: isoOrNull(term?.anchor ?? null),
    termEndsAt: isoOrNull(end),
    graceEndsAt: end !== null && inGrace(app) ? iso(end + GRACE) : null,
    trialEndsAt: isoOrNull(trial?.endsAt ?? null),
    suspendedSince: isoOrNull(service.stoppedAt),
    reclaimAt: isoOrNull(reclaimAt(service)),
    renewal: isPostpaidApp(app) ? null : (term?.renewal ?? null),
    addOns: app.addOns.map((addOn) => ({
      product: addOn.product,
      quantity: effectiveOrder(addOn, at).quantity,
      termEndsAt: isoOrNull(endsAt(addOn)),
      renewal: addOn.renewal,
    })),
  };
};

const timerView = (accountId: string, { dueAt, ...timer }: Timer): TimerView => ({
  accountId,
  ...timer,
  dueAt: iso(dueAt),
});

export const timerViews = (account: Account, at: Instant): readonly TimerView[] =>
  dueTimers(account, at).map((timer) => timerView(account.accountId, timer));
