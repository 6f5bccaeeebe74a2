/** Which bills come, over any history. P-7.6, P-7.10 */
import { describe, expect, it } from '@jest/globals';
import { addMonths, instant, localMonth, type Instant, type Month } from '../calendar.js';
import type { AccountEvent } from '../events.js';
import { monthSettledAt } from '../usage/settlements.js';
import { wrongInAny } from './failure.js';

type Had = { readonly from: Instant; readonly to: Instant };

/** P-7.6 When the apps of an account had a package: from the purchase to the lapse, the refund, the end of the app. */
const packagesHad = (events: readonly AccountEvent[]): readonly Had[] => {
  const had: Had[] = [];
  const running = new Map<string, { readonly from: Instant; readonly products: Set<string> }>();
  const over = (appId: string, to: Instant): void => {
    const { from } = running.get(appId) ?? { from: to };
    if (from < to) had.push({ from, to });
    running.delete(appId);
  };
  for (const event of events) {
    const at = instant(event.effectiveAt);
    if (event.type === 'Purchased' && event.kind === 'package' && !running.has(event.appId))
      running.set(event.appId, { from: at, products: new Set([event.order.product]) });
    if (event.type === 'Upgraded') running.get(event.appId)?.products.add(event.to);
    if (event.type === 'Refunded' && running.get(event.appId)?.products.has(event.product)) over(event.appId, at);
    if (event.type === 'Suspended' && event.cause === 'lapsed') over(event.appId, at);
    if (event.type === 'ResourcesReclaimed' || event.type === 'AppDeleted') over(event.appId, at);
  }
  return [...had, ...[...running.values()].map(({ from }) => ({ from, to: Infinity }))];
};

/** The months settled by an instant: those with a package, and three after each. */
const monthsDue = (had: readonly Had[], end: Instant): readonly Month[] => {
  const months = new Set<Month>();
  for (const { from, to } of had) {
    const last = to === Infinity ? localMonth(end) : addMonths(localMonth(to - 1), 3);
    for (let month = localMonth(from); month <= last; month = addMonths(month, 1))
      if (monthSettledAt(month) <= end) months.add(month);
  }
  return [...months].toSorted();
};

describe('P-7.6 one bill for every month in which an app had a package, and for the three after each', () => {
  it('each at its instant, and no other', () => {
    const wrong = wrongInAny((ledger, { steps }) => {
      for (const accountId of ledger.accounts.keys()) {
        const events = ledger.accountEvents(accountId);
        const bills = events.flatMap((event) =>
          event.type === 'BillIssued' && event.period.length === 7 ? [[event.period, instant(event.effectiveAt)]] : [],
        );
        const due = monthsDue(packagesHad(events), steps.at(-1)?.at ?? 0);
        expect(bills).toEqual(due.map((month) => [month, monthSettledAt(month)]));
      }
    });
    expect(wrong).toBeUndefined();
  });
});
