/** An event store in memory, for specs that write much and ask little of a store. */
import type {
  AppendResult,
  Batch,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
} from '@ledger/event-store';

export class MemoryStore implements EventStore {
  readonly log: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();

  /** What stands in a stream, to be changed by specs as nobody else could. */
  stream(name: string): RecordedEvent[] {
    const events = this.#streams.get(name) ?? [];
    this.#streams.set(name, events);
    return events;
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    const there = this.stream(stream);
    const actual = there.length === 0 ? 'no-stream' : BigInt(there.length - 1);
    if (expected !== 'any' && expected !== actual) return { kind: 'wrong-expected', actual };
    for (const event of events) {
      const place = BigInt(this.log.length);
      const recorded = {
        ...event,
        stream,
        revision: BigInt(there.length),
        position: { commit: place, prepare: place },
      };
      there.push(recorded);
      this.log.push(recorded);
    }
    const last = this.log.at(-1);
    return { kind: 'appended', revision: BigInt(there.length - 1), position: last?.position ?? null };
  }

  async *read(stream: string, { from, direction, limit = Infinity }: ReadOptions): AsyncGenerator<RecordedEvent, void> {
    const there = [...this.stream(stream)];
    const wanted =
      direction === 'backwards'
        ? there.filter(({ revision }) => revision <= (from ?? revision)).toReversed()
        : there.filter(({ revision }) => revision >= (from ?? 0n));
    yield* wanted.slice(0, limit);
  }

  async *subscribe({ prefixes, from, signal }: SubscribeOptions): AsyncGenerator<Batch, void> {
    const after = from === 'start' ? -1n : from.commit;
    const isWanted = ({ stream, position }: RecordedEvent): boolean =>
      position.commit > after && prefixes.some((prefix) => stream.startsWith(prefix));
    yield { events: this.log.filter(isWanted), position: this.log.at(-1)?.position ?? 'start', caughtUp: true };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  head(): Promise<Position | null> {
    return Promise.resolve(this.log.at(-1)?.position ?? null);
  }

  deleteStream(stream: string): Promise<void> {
    this.#streams.delete(stream);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
