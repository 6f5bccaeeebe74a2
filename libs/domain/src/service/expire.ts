/** What happens when a term or a Trial ends, at its end and 24 hours later. P-6.2, P-1.4, P-2.9, P-3.4 */
import { livingPackage, type App } from '../apps/app.js';
import { DAY, iso } from '../calendar.js';
import type { Draft } from '../draft.js';
import { renewByItself } from '../orders/renew-by-itself.js';
import type { Term } from '../orders/term.js';
import { suspend } from './suspend.js';

/** P-6.2 The grace of a package: 24 hours of 3,600 s. */
export const GRACE = DAY;

/** P-6.2 Grace begins at the end of the term, not when somebody notices; unless the package renews itself (P-3.4). */
export const endPackageTerm = (draft: Draft, app: App): Draft => {
  const term = livingPackage(app);
  if (triedAndRenewed(draft, app, term)) return draft;
  const { at } = draft;
  return draft.add(
    { type: 'Expired', appId: app.appId, product: term.product, termEndedAt: iso(at), graceEndsAt: iso(at + GRACE) },
    'P-6.2',
  );
};

/** P-6.2 At E + 24 h the package has lapsed; before that, it is tried once more, by the setting of this moment (P-3.4). */
export const endGrace = (draft: Draft, app: App): Draft => {
  const term = livingPackage(app);
  if (term.renewal === 'automatic' && renewByItself(draft, app, term) === null) return draft;
  return suspend(draft, app, 'lapsed', 'P-6.2');
};

/** P-2.9 An add-on has no grace: at its end it is over. */
export const endAddOn = (draft: Draft, app: App, term: Term): Draft =>
  triedAndRenewed(draft, app, term)
    ? draft
    : draft.add({ type: 'AddOnEnded', appId: app.appId, product: term.product }, 'P-2.9');

/** P-1.4 A Trial that ran out is suspended at once, without grace. */
export const endTrial = (draft: Draft, app: App): Draft => suspend(draft, app, 'trial-over', 'P-1.4');

/** P-3.4 `AutoRenewalFailed` comes once, at the expiry. */
const triedAndRenewed = (draft: Draft, app: App, term: Term): boolean => {
  if (term.renewal !== 'automatic') return false;
  const failure = renewByItself(draft, app, term);
  if (failure) draft.add({ type: 'AutoRenewalFailed', appId: app.appId, product: term.product, ...failure }, 'P-3.4');
  return failure === null;
};
