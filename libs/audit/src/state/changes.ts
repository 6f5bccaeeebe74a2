/**
 * What an event changed: the facts that differ between the two situations around it, both seen at the same instant, so that
 * what the passing of time alone changes is not put down to it.
 *
 * An event that is dated by a deadline says what time has done at that very second: the end of an add-on takes nothing away
 * that its term had not just lost. So both situations are seen at the event's own instant, and also at the second before.
 * States share what an event left alone, so only the parts that were replaced are looked at.
 */
import type { Account, App, Instant } from '@ledger/domain';
import { billsOf, type Situation } from '../history/situation.js';
import {
  accountFacts,
  appFacts,
  appTimersOf,
  billFacts,
  factsOf,
  timersOf,
  vouchersOf,
  type Fact,
  type Facts,
} from './facts.js';
import { leavesOf } from './paths.js';

/** Null where there was, or is, no such fact. */
export type Change = { readonly path: string; readonly from: Fact; readonly to: Fact };

export const changesBetween = (before: Situation, after: Situation, at: Instant): readonly Change[] => {
  if (before.account === null || after.account === null) return differences(factsOf(before, at), factsOf(after, at));
  const [was, is] = [before.account, after.account];
  const changes = [...differences(accountFacts(was), accountFacts(is))];
  if (was.wallet.vouchers !== is.wallet.vouchers)
    changes.push(...differences(vouchersOf(was), vouchersOf(is), 'vouchers'));
  for (const [appId, app] of is.apps) {
    const earlier = was.apps.get(appId);
    if (earlier !== app) changes.push(...appChanges(was, earlier, is, app, at));
  }
  changes.push(...timerChanges(was, is, at));
  if (before.bills !== after.bills) changes.push(...billChanges(before, after));
  return changes;
};

const appChanges = (was: Account, earlier: App | undefined, is: Account, app: App, at: Instant): readonly Change[] => {
  const prefix = `apps.${app.appId}`;
  if (!earlier) return differences({}, appFacts(is, app, at), prefix);
  const before = appFacts(was, earlier, at - 1);
  const after = appFacts(is, app, at);
  const now = differences(appFacts(was, earlier, at), after, prefix);
  const named = new Set(now.map(({ path }) => path));
  const ended = new Set(differences(before, appFacts(is, app, at - 1), prefix).map(({ path }) => path));
  return [...now, ...differences(before, after, prefix).filter(({ path }) => ended.has(path) && !named.has(path))];
};

/** Of the apps that were replaced; of all where that may arm or void a settlement, or the account's own stop. */
const timerChanges = (was: Account, is: Account, at: Instant): readonly Change[] => {
  const replaced = [...is.apps.values()].filter((app) => was.apps.get(app.appId) !== app);
  const isWhole =
    was.arrears !== is.arrears ||
    was.billing !== is.billing ||
    replaced.some(({ appId, facts }) => was.apps.get(appId)?.facts !== facts);
  if (isWhole) return differences(timersOf(was, at), timersOf(is, at), 'timers');
  return replaced.flatMap((app) => {
    const earlier = was.apps.get(app.appId);
    return differences(earlier ? appTimersOf(earlier) : {}, appTimersOf(app), 'timers');
  });
};

/** Only the bill that came: of the same id may be parts of it before. */
const billChanges = (before: Situation, after: Situation): readonly Change[] => {
  const billId = after.bills?.bill.billId;
  const same = (situation: Situation): Facts => billFacts(billsOf(situation).filter((bill) => bill.billId === billId));
  return differences(same(before), same(after), 'bills');
};

export const differences = (before: Facts, after: Facts, prefix = ''): readonly Change[] => {
  const [was, is] = [leavesOf(before, prefix), leavesOf(after, prefix)];
  const changes: Change[] = [];
  for (const [path, from] of was) {
    const to = is.get(path) ?? null;
    if (to !== from) changes.push({ path, from, to });
  }
  for (const [path, to] of is) if (!was.has(path) && to !== null) changes.push({ path, from: null, to });
  return changes;
};
