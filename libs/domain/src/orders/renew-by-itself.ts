/**
 * Automatic renewal: by one month at the expiry, if the wallet covers it. P-3.4, P-3.5
 *
 * A package that could not be renewed is tried again in grace at every top-up and gift, and once more before the suspension;
 * an add-on only at its expiry. No vouchers, no promotion; priced as of the expiry, however late.
 */
import { inGrace, livingPackage, type App } from '../apps/app.js';
import { livingApps } from '../accounts/account.js';
import type { Instant } from '../calendar.js';
import { isRefused } from '../decision.js';
import type { Draft } from '../draft.js';
import type { AutoRenewalFailed } from '../events.js';
import { available } from '../wallet/wallet.js';
import { amountOf } from './price.js';
import { renewalOrder, renewalPrice } from './renew.js';
import { effectiveOrder, endsAt, type Term } from './term.js';

type Failure = Pick<AutoRenewalFailed, 'cause' | 'required' | 'available'>;

/** Renews the term in the draft; or says why not: the first cause that holds. */
export const renewByItself = (draft: Draft, app: App, term: Term): Failure | null => {
  const { account, at } = draft;
  const price = renewalPrice(app, term, endsAt(term) ?? at, at);
  const required = price && amountOf(price.listPrice, 1, effectiveOrder(term, at).quantity);
  const failed = (cause: Failure['cause']): Failure => ({
    cause,
    ...(required !== null && { required }),
    available: available(account.wallet),
  });
  if (account.bannedAt !== null) return failed('banned');
  if (account.arrears) return failed('arrears');
  if (!price) return failed('not-open');
  const order = renewalOrder(account, app, term, { months: 1, price }, at);
  if (isRefused(order)) return failed('funds');
  draft.add({ type: 'Renewed', appId: app.appId, order, automatic: true }, 'P-3.4', 'P-3.5', 'P-2.5');
  return null;
};

/** P-3.4 Money came in: the packages in grace that renew by themselves are tried, oldest expiry first, then by app. */
export const renewWhatWaits = (draft: Draft): Draft => {
  const waiting = livingApps(draft.account)
    .filter((app) => inGrace(app) && app.package?.renewal === 'automatic')
    .toSorted((a, b) => expiry(a) - expiry(b));
  for (const app of waiting) renewByItself(draft, app, livingPackage(app));
  return draft;
};

const expiry = (app: App): Instant => endsAt(livingPackage(app)) ?? 0;
