import type { Instant } from '@ledger/domain';

/** The one place where the service reads a clock; tests put one in its place that they move. */
export class Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number {
    return Date.now();
  }

  /** Whole seconds; a fraction is cut off (P-0.5). */
  instant(): Instant {
    return Math.floor(this.now() / 1000);
  }
}
