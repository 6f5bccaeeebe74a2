/**
 * A set that only grows, immutable to its readers, at constant cost for each element added.
 *
 * All versions share one map from element to the number of elements before it; a version of size n sees those below n.
 * Adding to the newest version extends the map in place, adding to an older one copies it. An account may have taken tens of
 * thousands of payments, and copying a `Set` at each would make its replay quadratic.
 */
export class GrowingSet {
  static readonly EMPTY = new GrowingSet(new Map(), 0);

  private constructor(
    private readonly order: Map<string, number>,
    readonly size: number,
  ) {}

  static of(elements: Iterable<string>): GrowingSet {
    const order = new Map<string, number>();
    for (const element of elements) if (!order.has(element)) order.set(element, order.size);
    return new GrowingSet(order, order.size);
  }

  has(element: string): boolean {
    const before = this.order.get(element);
    return before !== undefined && before < this.size;
  }

  with(element: string): GrowingSet {
    if (this.has(element)) return this;
    const next = this.order.get(element);
    if (next === this.size) return new GrowingSet(this.order, this.size + 1);
    if (next !== undefined || this.order.size > this.size) return GrowingSet.of([...this, element]);
    this.order.set(element, this.size);
    return new GrowingSet(this.order, this.size + 1);
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const [element, before] of this.order) {
      if (before >= this.size) return;
      yield element;
    }
  }
}
