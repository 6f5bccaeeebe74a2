/** The checks that many commands share, from the outside in: account, app, arrears (language.md, Refusals). */
import type { Account } from './accounts/account.js';
import type { App } from './apps/app.js';
import { refuse, type Refused } from './decision.js';

/** P-1.3, P-1.6, P-6.5 The app, if it is the account's and something can still happen to it. */
export const livingApp = (account: Account, appId: string): App | Refused => {
  const app = account.apps.get(appId);
  if (!app) return refuse('AppUnknown', { appId });
  if (app.gone === 'deleted') return refuse('AppDeleted', { appId });
  if (app.gone === 'reclaimed') return refuse('AppReclaimed', { appId });
  return app;
};

/** P-2.6 While the account is in arrears nothing is ordered. */
export const inArrears = (account: Account): Refused | null =>
  account.arrears ? refuse('AccountInArrears', { balance: account.wallet.cash }) : null;

/** P-2.2 Whole months, 1 to 24. */
export const monthsInRange = (months: number | null | undefined): number | Refused =>
  typeof months === 'number' && Number.isInteger(months) && months >= 1 && months <= 24
    ? months
    : refuse('MonthsOutOfRange', { months: months ?? null, least: 1, most: 24 });
