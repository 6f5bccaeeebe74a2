/** The renewal setting of a package or add-on: manual, automatic, never. P-3.4 */
import type { Account } from '../accounts/account.js';
import { runningAddOn } from '../apps/app.js';
import type { Instant } from '../calendar.js';
import type { SetRenewal } from '../commands.js';
import { isRefused, NO_CHANGE, refuse, type Decision } from '../decision.js';
import { Draft } from '../draft.js';
import { livingApp } from '../guards.js';
import { effectiveOrder } from './term.js';
import { isKnownProduct, renewableTerm } from './renew.js';

export const setRenewal = (account: Account, { appId, product, mode }: SetRenewal, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  if (!isKnownProduct(app, product, at)) return refuse('ProductUnknown', { product });
  const term = renewableTerm(app, product, at);
  if (!term) return refuse('TermNotRunning', { product });
  // P-2.10 A call trial has no months to renew; its setting is `never` for good.
  if (runningAddOn(app, product) === term && effectiveOrder(term, at).months === null)
    return refuse('RenewalNever', { product });
  if (term.renewal === mode) return NO_CHANGE;
  return new Draft(account, at).add({ type: 'RenewalSettingChanged', appId, product, mode }, 'P-3.4').decided();
};
