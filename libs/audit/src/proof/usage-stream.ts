/** One usage stream as it was read: its appends, to be decided again, and its fold up to any of its events. */
import { evolveUsage, instant, type Instant, type UsageEvent, type UsageMonth } from '@ledger/domain';
import type { Decoded } from '@ledger/event-store';

export class UsageStream {
  constructor(
    readonly stream: string,
    readonly events: readonly Decoded<UsageEvent>[],
  ) {}

  /** The fold of the events before the one at `revision`. */
  before(revision: bigint): UsageMonth | null {
    return this.#fold(({ recorded }) => recorded.revision < revision);
  }

  /** What a settlement at the instant could see, as far as the stream tells: the first later event ends it. P-7.6 */
  beforeInstant(at: Instant): UsageMonth | null {
    return this.#fold(({ event }) => instant(event.effectiveAt) < at);
  }

  #fold(counts: (event: Decoded<UsageEvent>) => boolean): UsageMonth | null {
    let month: UsageMonth | null = null;
    for (const decoded of this.events) {
      if (!counts(decoded)) break;
      month = evolveUsage(month, decoded.event, decoded.recorded.revision);
    }
    return month;
  }
}
