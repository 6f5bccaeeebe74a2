/** An account: its wallet, its apps, its arrears, its bills. The consistency boundary, because money and arrears are. */
import { instant, type Instant } from '../calendar.js';
import type { AccountOpened, Overdue } from '../events.js';
import type { Currency } from '../money.js';
import type { App } from '../apps/app.js';
import { NOTHING_BILLED, type Billing } from '../usage/billing.js';
import { EMPTY_WALLET, type Wallet } from '../wallet/wallet.js';

/** Since when cash is negative, and when every app stops for it (P-8.1, P-8.2). */
export type Arrears = { readonly since: Instant; readonly suspendsAt: Instant };

export type Account = {
  readonly accountId: string;
  readonly currency: Currency;
  /** The instant of the last event: nothing is decided before it. */
  readonly lastAt: Instant;
  readonly wallet: Wallet;
  readonly arrears: Arrears | null;
  readonly bannedAt: Instant | null;
  readonly refundsBlocked: boolean;
  /** P-2.10 Taken once, counted for ever, deleted apps included. */
  readonly callTrials: number;
  readonly apps: ReadonlyMap<string, App>;
  readonly billing: Billing;
};

export const opened = (event: AccountOpened): Account => ({
  accountId: event.accountId,
  currency: event.currency,
  lastAt: instant(event.effectiveAt),
  wallet: EMPTY_WALLET,
  arrears: null,
  bannedAt: null,
  refundsBlocked: false,
  callTrials: 0,
  apps: new Map(),
  billing: NOTHING_BILLED,
});

export const arrearsOf = (event: Overdue): Arrears => ({
  since: instant(event.effectiveAt),
  suspendsAt: instant(event.suspendsAt),
});

export const withApp = (account: Account, app: App): Account => ({
  ...account,
  apps: new Map(account.apps).set(app.appId, app),
});

/** The apps that something can still happen to, by id. */
export const livingApps = (account: Account): readonly App[] =>
  [...account.apps.values()].filter(({ gone }) => gone === null).toSorted((a, b) => (a.appId < b.appId ? -1 : 1));
