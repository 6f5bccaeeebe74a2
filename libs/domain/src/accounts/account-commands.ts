/** What is asked of an account itself: opening, contact, bans, blocks of refunds. P-1.1, P-5.8, P-6.6 */
import type { Instant } from '../calendar.js';
import { iso } from '../calendar.js';
import type { BanAccount, BlockRefunds, EraseContact, OpenAccount, SetContact, UnblockRefunds } from '../commands.js';
import { isRefused, NO_CHANGE, refuse, type Decided, type Decision } from '../decision.js';
import { Draft } from '../draft.js';
import { livingApp } from '../guards.js';
import { suspend } from '../service/suspend.js';
import { livingApps, type Account } from './account.js';

export const openAccount = (account: Account | null, { accountId, currency }: OpenAccount, at: Instant): Decision => {
  if (account) return refuse('AccountExists', { accountId });
  return {
    events: [{ type: 'AccountOpened', accountId, effectiveAt: iso(at), currency }],
    clauses: ['P-1.1', 'P-0.3'],
  };
};

/** Personal data are no event of the account: they go to the stream `contact-{accountId}`, which can be erased. */
export const setContact = (_account: Account, _command: SetContact, _at: Instant): Decided => NO_CHANGE;

export const eraseContact = (account: Account, _command: EraseContact, at: Instant): Decision =>
  new Draft(account, at).add({ type: 'ContactErased' }).decided();

/** P-6.6 An account banned for violations is suspended with all its apps and never restored. */
export const banAccount = (account: Account, _command: BanAccount, at: Instant): Decision => {
  const draft = new Draft(account, at).add({ type: 'AccountBanned' }, 'P-6.6');
  for (const app of livingApps(account)) suspend(draft, app, 'banned', 'P-6.6');
  return draft.decided();
};

/** P-5.8 Account and app are blocked and unblocked each on its own. */
const setBlock = (account: Account, appId: string | undefined, blocked: boolean, at: Instant): Decision => {
  const subject = appId === undefined ? account : livingApp(account, appId);
  if (isRefused(subject)) return subject;
  if (subject.refundsBlocked === blocked) return NO_CHANGE;
  return new Draft(account, at)
    .add({ type: blocked ? 'RefundsBlocked' : 'RefundsUnblocked', ...(appId !== undefined && { appId }) }, 'P-5.8')
    .decided();
};

export const blockRefunds = (account: Account, { appId }: BlockRefunds, at: Instant): Decision =>
  setBlock(account, appId, true, at);

export const unblockRefunds = (account: Account, { appId }: UnblockRefunds, at: Instant): Decision =>
  setBlock(account, appId, false, at);
