/**
 * What deadlines will do as things stand: as if nobody sent a command until then. P-0.7
 *
 * Everything due before happens first, settlements left out, as in every view of a state ahead of its events; a settlement
 * itself is drawn up from the usage known so far.
 */
import type { Account } from './accounts/account.js';
import { happens } from './advance.js';
import { Draft } from './draft.js';
import type { AccountEvent } from './events.js';
import { stateAt, withoutSettlements } from './state-at.js';
import type { Timer } from './timer.js';
import { nextTimer } from './timers.js';
import type { UsageRead } from './usage/bill.js';

export type Foreseen = {
  /** In the order in which they would come; none where an earlier deadline voids this one. */
  readonly events: readonly AccountEvent[];
  /** The account just before them. */
  readonly before: Account;
};

/** For each of the deadlines, which come in the order of time. */
export const foresee = (account: Account, timers: readonly Timer[], usage: UsageRead): readonly Foreseen[] => {
  let state = account;
  return timers.map((timer) => {
    state = stateAt(state, timer.dueAt - 1);
    switch (timer.kind) {
      case 'settle-month':
      case 'settle-day':
        return settled({ ...state, billing: account.billing }, timer, usage);
      case 'trial-end':
      case 'term-end':
      case 'suspend-lapsed':
      case 'suspend-arrears':
      case 'reclaim':
      case 'notice':
        return inTurn(withoutSettlements(state, timer.dueAt), timer);
    }
  });
};

const settled = (before: Account, timer: Timer, usage: UsageRead): Foreseen => {
  const draft = new Draft(before, timer.dueAt);
  happens(draft, timer, usage);
  return { events: draft.decided().events, before };
};

/** What is due at the same instant before it comes first. */
const inTurn = (account: Account, wanted: Timer): Foreseen => {
  const draft = new Draft(account, wanted.dueAt);
  for (let timer = nextTimer(account); timer?.dueAt === wanted.dueAt; timer = nextTimer(draft.account)) {
    const before = draft.account;
    const first = draft.length;
    happens(draft, timer, NO_USAGE);
    if (isSame(timer, wanted)) return { events: draft.decided().events.slice(first), before };
  }
  return { events: [], before: account };
};

const NO_USAGE: UsageRead = new Map();

const isSame = (a: Timer, b: Timer): boolean =>
  a.kind === b.kind &&
  a.appId === b.appId &&
  (a.kind === 'term-end' ? a.product : '') === (b.kind === 'term-end' ? b.product : '') &&
  (a.kind === 'notice' ? a.daysLeft : null) === (b.kind === 'notice' ? b.daysLeft : null);
