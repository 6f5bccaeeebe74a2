import type { Instant } from '@ledger/domain';

/** The one place where the service reads a clock; tests put one in its place that they move. */
export class Clock {
  readonly #listeners: (() => void)[] = [];

  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number {
    return Date.now();
  }

  /** Whole seconds; a fraction is cut off (P-0.5). */
  instant(): Instant {
    return Math.floor(this.now() / 1000);
  }

  /** Calls the listener whenever the clock was set; a real one never is. */
  onSet(listener: () => void): void {
    this.#listeners.push(listener);
  }

  protected wasSet(): void {
    for (const listener of this.#listeners) listener();
  }
}
