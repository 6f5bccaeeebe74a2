/** The life of an app over any history: its paid terms, and its end. P-2.1, P-3.1, P-6.5 */
import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '../calendar.js';
import type { LedgerEvent, OrderData } from '../events.js';
import { dueTimers } from '../timers.js';
import { wrongInAny } from './failure.js';
import type { Ledger } from './ledger.js';

type Paid = { readonly from: Instant; readonly to: Instant };

const PACKAGE = 'the package';

/** The paid terms of an app by product, the package's under one name, as an auditor reads them from the events. */
class Terms {
  private readonly paid = new Map<string, readonly Paid[]>();
  private packageNow = '';

  /** Null, or what is wrong with the event. */
  audit(event: LedgerEvent): unknown {
    const at = instant(event.effectiveAt);
    // A postpaid package ends with its migration; no other is migrated at once.
    if (event.type === 'PriceBookMigrated' && event.takesEffect === 'now') this.endNow(at, [PACKAGE]);
    if (event.type === 'Upgraded') {
      this.endNow(at, event.refunds.map(this.keyOf));
      this.packageNow = event.to;
    }
    if (event.type === 'Refunded') this.endNow(at, event.lines.map(this.keyOf));
    if (event.type === 'ResourcesReclaimed' || event.type === 'AppDeleted') this.endNow(at, [...this.paid.keys()]);
    if (event.type === 'Renewed') return this.ordered(event.order, true);
    if (event.type !== 'Purchased') return null;
    if (event.kind === 'package') this.packageNow = event.order.product;
    return this.ordered(event.order, false);
  }

  /** P-3.1 An order that renews begins where the last one ends. */
  private ordered(order: OrderData, renews: boolean): unknown {
    const before = this.paid.get(this.keyOf(order)) ?? [];
    const from = instant(order.startsAt);
    const to = order.endsAt === undefined ? Infinity : instant(order.endsAt);
    const overlaps = before.some((term) => term.from < to && from < term.to);
    this.paid.set(this.keyOf(order), [...before, { from, to }]);
    return from >= to || overlaps || (renews && before.at(-1)?.to !== from) ? { order, before } : null;
  }

  private endNow(at: Instant, keys: readonly string[]): void {
    for (const key of keys) {
      const left = (this.paid.get(key) ?? []).map(({ from, to }) => ({ from, to: Math.min(to, at) }));
      this.paid.set(
        key,
        left.filter(({ from, to }) => from < to),
      );
    }
  }

  private readonly keyOf = ({ product }: { readonly product: string }): string =>
    product === this.packageNow ? PACKAGE : product;
}

/** The events of each app, in their order. */
const eventsByApp = function* ({ appends }: Ledger): Generator<readonly [string, LedgerEvent]> {
  for (const { events } of appends)
    for (const event of events) if ('appId' in event && event.appId !== undefined) yield [event.appId, event];
};

describe('P-2.1 the paid terms of a product of an app never overlap', () => {
  it('the package’s, whatever it is renewed, upgraded or migrated to, and each add-on’s', () => {
    const wrong = wrongInAny(function* (ledger) {
      const apps = new Map<string, Terms>();
      for (const [appId, event] of eventsByApp(ledger)) {
        const terms = apps.get(appId) ?? new Terms();
        apps.set(appId, terms);
        const found = terms.audit(event);
        if (found !== null) yield found;
      }
    });
    expect(wrong).toBeUndefined();
  });
});

describe('P-6.5 nothing happens to a reclaimed app but its deletion, and nothing to a deleted one', () => {
  it('in the events of its account and of its usage', () => {
    const wrong = wrongInAny(function* (ledger) {
      const gone = new Map<string, LedgerEvent['type']>();
      for (const [appId, event] of eventsByApp(ledger)) {
        const end = gone.get(appId);
        if (end === 'AppDeleted' || (end !== undefined && event.type !== 'AppDeleted')) yield { end, event };
        if (event.type === 'ResourcesReclaimed' || event.type === 'AppDeleted') gone.set(appId, event.type);
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('nor is anything armed for it', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      for (const { at, after } of appends)
        for (const timer of after ? dueTimers(after, at) : [])
          if (timer.appId !== null && after?.apps.get(timer.appId)?.gone !== null) yield timer;
    });
    expect(wrong).toBeUndefined();
  });
});
