/** Which deadline an event of time came from: one that was armed in the situation before its append, and due at its instant. */
import { dueTimers, instant, type AccountEvent, type Timer } from '@ledger/domain';
import { timerKey } from '../state/facts.js';
import type { Past } from './past.js';

export type Deadline = {
  /** The path of the fact, `timers.term-end/p1/standard`. */
  readonly fact: string;
  /** The place of the first step of the append: the deadline stands in the situation before it. */
  readonly before: number;
};

const CLOCK = 't:';

/** Null for what was asked for, and for what came along with another event and has no deadline of its own. */
export const deadlineOf = (past: Past, place: number): Deadline | null => {
  const step = past.steps[place];
  if (!step || (step.source === 'recorded' && !step.metadata.commandId.startsWith(CLOCK))) return null;
  const before = appendOf(past, place);
  const { account } = past.before(before);
  if (account === null) return null;
  const at = instant(step.event.effectiveAt);
  // A stop for arrears is armed only until its instant.
  const timer = dueTimers(account, at - 1).find(
    ({ dueAt, ...due }) => dueAt === at && bringsAbout({ dueAt, ...due }, step.event),
  );
  return timer ? { fact: `timers.${timerKey(timer)}`, before } : null;
};

/** The place of the first step of the append that a step belongs to. What nobody recorded is one append an instant. */
export const appendOf = ({ steps }: Past, place: number): number => {
  const step = steps[place];
  if (step?.source === 'recorded') return Number(step.asked.revision);
  let first = place;
  for (; first > 0; first -= 1) {
    const earlier = steps[first - 1];
    if (earlier?.source !== 'derived' || earlier.event.effectiveAt !== step?.event.effectiveAt) break;
  }
  return first;
};

const bringsAbout = (timer: Timer, event: AccountEvent): boolean => {
  switch (timer.kind) {
    case 'term-end':
      return (
        (event.type === 'Renewed' && event.appId === timer.appId && event.order.product === timer.product) ||
        ((event.type === 'Expired' || event.type === 'AddOnEnded' || event.type === 'AutoRenewalFailed') &&
          event.appId === timer.appId &&
          event.product === timer.product)
      );
    case 'trial-end':
      return event.type === 'Suspended' && event.cause === 'trial-over' && event.appId === timer.appId;
    case 'suspend-lapsed':
      return event.type === 'Suspended' && event.cause === 'lapsed' && event.appId === timer.appId;
    case 'suspend-arrears':
      return event.type === 'Suspended' && event.cause === 'arrears';
    case 'reclaim':
      return event.type === 'ResourcesReclaimed' && event.appId === timer.appId;
    case 'settle-month':
      return event.type === 'BillIssued' && event.period === timer.period;
    case 'settle-day':
      return (event.type === 'BillIssued' || event.type === 'DaySettled') && event.period === timer.period;
    case 'notice':
      return (
        event.type === 'NoticeIssued' &&
        event.appId === timer.appId &&
        event.daysLeft === timer.daysLeft &&
        event.notice === (timer.daysLeft === undefined ? 'reclaim' : 'expiry')
      );
  }
};
