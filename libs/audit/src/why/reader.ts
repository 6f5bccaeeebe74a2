/** How one fact is read from a situation, and which part of the state it is computed from. */
import type { Instant } from '@ledger/domain';
import type { Situation } from '../history/situation.js';
import { billsOf } from '../history/situation.js';
import { accountFacts, appFacts, billFacts, timersOf, vouchersOf, type Fact } from '../state/facts.js';
import { factAt } from '../state/paths.js';

export type Reader = {
  /** Undefined where there is no such fact. */
  readonly read: (situation: Situation) => Fact | undefined;
  /** What the fact is computed from; the same parts give the same fact. States share what an event leaves alone. */
  readonly parts: (situation: Situation) => readonly unknown[];
};

/** The fact at an instant that stays the same, whichever situation it is read from. */
export const readerOf = (path: string, at: Instant): Reader => {
  const [first = '', key = '', ...rest] = path.split('.');
  switch (first) {
    case 'apps':
      return {
        read: ({ account }) => {
          const app = account?.apps.get(key);
          return account && app && factAt(appFacts(account, app, at), rest.join('.'));
        },
        parts: ({ account }) => [account?.apps.get(key)],
      };
    case 'vouchers':
      return {
        read: ({ account }) => (account ? factAt({ vouchers: vouchersOf(account) }, path) : undefined),
        parts: ({ account }) => [account?.wallet.vouchers.get(key)],
      };
    case 'timers':
      return {
        read: ({ account }) => (account ? factAt({ timers: timersOf(account, at) }, path) : undefined),
        parts: timerParts(key),
      };
    case 'bills': {
      const own = (situation: Situation): Situation['bills'][] => partsOfBill(situation, key);
      return {
        read: (situation) =>
          factAt({ bills: billFacts(billsOf(situation).filter(({ billId }) => billId === key)) }, path),
        parts: own,
      };
    }
    case 'cash':
    case 'gift':
      return {
        read: ({ account }) => (key === '' ? account?.wallet[first] : undefined),
        parts: ({ account }) => [account?.wallet[first]],
      };
    default:
      return {
        read: ({ account }) => (account ? factAt(accountFacts(account), path) : undefined),
        parts: ({ account }) => [
          account?.accountId,
          account?.arrears,
          account?.bannedAt,
          account?.refundsBlocked,
          account?.billing,
        ],
      };
  }
};

/** Those of an app come from the app; settlements from all apps and bills. */
const timerParts = (key: string): Reader['parts'] => {
  const [kind, appId = ''] = key.split('/');
  if (kind === 'suspend-arrears') return ({ account }) => [account?.arrears];
  if (kind === 'settle-month' || kind === 'settle-day') return ({ account }) => [account?.billing, account?.apps];
  return ({ account }) => [account?.apps.get(appId)];
};

/** The latest bill stands for those before it, of which it holds the list. */
const partsOfBill = ({ bills }: Situation, billId: string): Situation['bills'][] => {
  for (let rest = bills; rest !== null; rest = rest.before) if (rest.bill.billId === billId) return [rest];
  return [];
};

export const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i]);
