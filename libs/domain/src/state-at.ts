/**
 * What is true of an account at an instant though no clock has written it yet. P-0.7
 *
 * Settlements are left out: what was used stands in other streams, and no reader waits for it. An instant before the last
 * event is not this state's to answer: the history up to it is folded instead.
 */
import type { Account } from './accounts/account.js';
import { advance } from './advance.js';
import { localDay, localMonth, type Instant } from './calendar.js';
import { evolve } from './evolve.js';
import { nextDueAt } from './timers.js';

export const stateAt = (account: Account, at: Instant): Account => {
  if (!isDue(account, at)) return account;
  let state = withoutSettlements(account, at);
  while (isDue(state, at)) state = advance(state, new Map()).events.reduce<Account>(evolve, state);
  return state;
};

const isDue = (account: Account, at: Instant): boolean => {
  const due = nextDueAt(account);
  return due !== null && due <= at;
};

/** As if everything up to then were settled: a year ahead has hundreds of settlements, and none changes what is seen. */
export const withoutSettlements = (account: Account, at: Instant): Account => ({
  ...account,
  billing: { ...account.billing, settledThrough: localMonth(at), settledDay: localDay(at), partial: null },
});
