/** Cash became negative: the account is overdue from that moment, and 24 hours later every app stops. P-8.1, P-8.2, P-8.5 */
import { livingApps, type Account } from '../accounts/account.js';
import { DAY, iso } from '../calendar.js';
import type { Draft } from '../draft.js';
import { isNegative } from '../money.js';
import { isHeldBy } from '../service/service.js';
import { suspend } from '../service/suspend.js';

/** P-8.5 A further charge does not restart the 24 hours. */
export const becomeOverdue = (draft: Draft): Draft => {
  const { account, at } = draft;
  if (account.arrears || !isNegative(account.wallet.cash)) return draft;
  return draft
    .add({ type: 'Overdue', balance: account.wallet.cash, suspendsAt: iso(at + DAY) }, 'P-8.1')
    .add({ type: 'NoticeIssued', notice: 'arrears' }, 'P-8.1');
};

/** Whether an app still serves, or would, for which the 24 hours have not been enforced. */
export const toBeStopped = (account: Account): boolean =>
  livingApps(account).some(({ service }) => !isHeldBy(service, 'arrears'));

export const stopForArrears = (draft: Draft): Draft => {
  for (const app of livingApps(draft.account)) suspend(draft, app, 'arrears', 'P-8.2');
  return draft;
};
