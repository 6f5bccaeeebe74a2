/** When the balance is no longer negative, arrears end, and apps stopped only for it serve again at once. P-8.3 */
import { livingApps } from '../accounts/account.js';
import type { Draft } from '../draft.js';
import { isNegative } from '../money.js';
import { resumeIfServing } from '../service/resume.js';

export const clearArrears = (draft: Draft): Draft => {
  if (!draft.account.arrears || isNegative(draft.account.wallet.cash)) return draft;
  const before = livingApps(draft.account);
  draft.add({ type: 'ArrearsCleared' }, 'P-8.3');
  for (const app of before) resumeIfServing(draft, app);
  return draft;
};
