/** Metering facts as they were known: a usage stream's events that were recorded by then, folded up to an instant. */
import {
  evolveUsage,
  instant,
  usageDue,
  usageStream,
  type Account,
  type Instant,
  type UsageEvent,
  type UsageKey,
  type UsageMonth,
  type UsageRead,
} from '@ledger/domain';
import { decode, USAGE_EVENTS } from '@ledger/event-store';
import type { Streams } from './entries.js';
import { NotAnswerable } from './not-answerable.js';

type Metered = { readonly event: UsageEvent; readonly revision: bigint };

const AT_ONCE = 8;

export class KnownUsage {
  readonly #read = new Map<string, Promise<readonly Metered[]>>();

  constructor(
    private readonly streams: Streams,
    /** Null: everything recorded. */
    private readonly knownAt: Instant | null,
  ) {}

  /** What a settlement at an instant sees: what had come before it (P-7.6). Throws what reading throws. */
  async dueFor(account: Account, dueAt: Instant): Promise<UsageRead> {
    const months = await this.months(usageDue(account), dueAt - 1);
    return new Map([...months].map(([{ appId, month }, usage]) => [usageStream(appId, month), usage]));
  }

  /** The months that had anything up to an instant, it included. Throws what reading throws. */
  async months(keys: readonly UsageKey[], at: Instant): Promise<ReadonlyMap<UsageKey, UsageMonth>> {
    const found = new Map<UsageKey, UsageMonth>();
    for (let first = 0; first < keys.length; first += AT_ONCE) {
      const some = keys.slice(first, first + AT_ONCE);
      const read = await Promise.all(some.map((key) => this.#month(key, at)));
      for (const [i, key] of some.entries()) {
        const month = read[i];
        if (month) found.set(key, month);
      }
    }
    return found;
  }

  async #month({ appId, month }: UsageKey, at: Instant): Promise<UsageMonth | null> {
    const stream = usageStream(appId, month);
    const reading = this.#read.get(stream) ?? this.#events(stream);
    this.#read.set(stream, reading);
    let folded: UsageMonth | null = null;
    for (const { event, revision } of await reading) {
      if (instant(event.effectiveAt) > at) break;
      folded = evolveUsage(folded, event, revision);
    }
    return folded;
  }

  async #events(stream: string): Promise<readonly Metered[]> {
    const events: Metered[] = [];
    for await (const recorded of this.streams.read(stream, { requiresLeader: true })) {
      const decoded = decode(USAGE_EVENTS, recorded);
      if (decoded.kind === 'unreadable') throw new NotAnswerable(decoded);
      if (this.knownAt !== null && instant(decoded.metadata.recordedAt) > this.knownAt) break;
      events.push({ event: decoded.event, revision: recorded.revision });
    }
    return events;
  }
}
