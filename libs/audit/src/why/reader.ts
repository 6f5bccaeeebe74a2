/** How one fact is read from a situation, and which part of the state it is computed from. */
import type { Account, Instant } from '@ledger/domain';
import { billsOf, type Situation } from '../history/situation.js';
import {
  accountFacts,
  appFacts,
  appTimersOf,
  billFacts,
  settlementOf,
  timersOf,
  vouchersOf,
  type Fact,
  type Facts,
} from '../state/facts.js';
import { factAt } from '../state/paths.js';

export type Reader = {
  /** Undefined where there is no such fact. */
  readonly read: (situation: Situation) => Fact | undefined;
  /** What the fact is computed from; the same parts give the same fact. States share what an event leaves alone. */
  readonly parts: (situation: Situation) => readonly unknown[];
  /** Each event adds its own part whatever the others did, so that none of those that changed it can go. */
  readonly isSum?: true;
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
      return timerReader(path, key, at);
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
        isSum: true,
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

const PERIOD = /^\d{4}-\d\d(?:-\d\d)?$/;

/** An app's deadlines come from the app alone, settlements from all apps and bills. */
const timerReader = (path: string, key: string, at: Instant): Reader => {
  const [kind = '', which = ''] = key.split('/');
  const within =
    (timers: (account: Account) => Facts): Reader['read'] =>
    ({ account }) =>
      account ? factAt({ timers: timers(account) }, path) : undefined;
  if (kind === 'suspend-arrears')
    return {
      read: within((account) => timersOf({ ...account, apps: new Map() }, at)),
      parts: ({ account }) => [account?.arrears],
    };
  if ((kind === 'settle-month' || kind === 'settle-day') && PERIOD.test(which))
    return {
      read: within((account) => settlementOf(account, which, at)),
      parts: ({ account }) => [account?.billing, ...[...(account?.apps.values() ?? [])].map(({ facts }) => facts)],
    };
  return {
    read: within((account) => {
      const app = account.apps.get(which);
      return app ? appTimersOf(app) : {};
    }),
    parts: ({ account }) => [account?.apps.get(which)],
  };
};

/** The latest bill stands for those before it, of which it holds the list. */
const partsOfBill = ({ bills }: Situation, billId: string): Situation['bills'][] => {
  for (let rest = bills; rest !== null; rest = rest.before) if (rest.bill.billId === billId) return [rest];
  return [];
};

export const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i]);
