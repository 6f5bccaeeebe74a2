/** The paid terms of an app by product, the package's under one name, as an auditor reads them from the events. P-2.1, P-3.1 */
import { instant, type Instant } from '../calendar.js';
import type { LedgerEvent, OrderData } from '../events.js';

type Paid = { readonly from: Instant; readonly to: Instant };

/** An order that does not fit, and the terms it met. */
export type Misfit = { readonly order: OrderData; readonly before: readonly Paid[] };

const PACKAGE = 'the package';

export class PaidTerms {
  private readonly paid = new Map<string, readonly Paid[]>();
  private packageNow = '';

  /** Null, or what is wrong with the event. */
  audit(event: LedgerEvent): Misfit | null {
    const at = instant(event.effectiveAt);
    // A postpaid package ends with its migration; no other is migrated at once.
    if (event.type === 'PriceBookMigrated' && event.takesEffect === 'now') this.endNow(at, [PACKAGE]);
    if (event.type === 'Upgraded') {
      this.endNow(at, event.refunds.map(this.keyOf));
      this.packageNow = event.to;
    }
    if (event.type === 'Refunded') this.endNow(at, event.lines.map(this.keyOf));
    if (event.type === 'ResourcesReclaimed' || event.type === 'AppDeleted') this.endNow(at, [...this.paid.keys()]);
    if (event.type === 'Renewed') return this.ordered(event.order, at, true);
    if (event.type !== 'Purchased') return null;
    if (event.kind === 'package') this.packageNow = event.order.product;
    return this.ordered(event.order, at, false);
  }

  /** P-3.1 An order that renews begins where the last one ends. */
  private ordered(order: OrderData, at: Instant, renews: boolean): Misfit | null {
    const all = this.paid.get(this.keyOf(order)) ?? [];
    // What ended before the order was placed cannot meet it, but for the last one, which a renewal in grace continues.
    const before = all.filter((term, i) => term.to > at || i === all.length - 1);
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
