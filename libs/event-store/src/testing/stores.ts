/** Stores that stand between a spec and the real client: one that counts, one that loses answers. */
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
} from '../port.js';

class Through implements EventStore {
  constructor(protected readonly store: EventStore) {}

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return this.store.append(stream, events, expected);
  }

  read(stream: string, options: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.store.read(stream, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    return this.store.subscribe(options);
  }

  head(): Promise<Position | null> {
    return this.store.head();
  }

  deleteStream(stream: string): Promise<void> {
    return this.store.deleteStream(stream);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/** Notes every call, one for each round trip. */
export class CountingStore extends Through {
  calls: string[] = [];
  readEvents = 0;

  override append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    this.calls.push(`append ${stream}`);
    return super.append(stream, events, expected);
  }

  override read(stream: string, options: ReadOptions): AsyncIterable<RecordedEvent> {
    this.calls.push(`read ${stream}`);
    return this.#counted(super.read(stream, options));
  }

  async *#counted(events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent, void, undefined> {
    for await (const event of events) {
      this.readEvents += 1;
      yield event;
    }
  }

  override deleteStream(stream: string): Promise<void> {
    this.calls.push(`delete ${stream}`);
    return super.deleteStream(stream);
  }
}

export type Loss = 'before' | 'after' | 'forgotten';

/**
 * Loses as many appends as it is told to: before they reach the store, or their answers after; or does not know its own
 * events again.
 */
export class LossyStore extends Through {
  readonly sent: string[] = [];
  losses: Loss[] = [];
  /** Runs between a lost append and the news of it: time for somebody else. */
  meanwhile: () => Promise<void> = () => Promise.resolve();

  override async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.sent.push(JSON.stringify([stream, events, String(expected)]));
    const loss = this.losses.shift();
    if (loss === undefined) return super.append(stream, events, expected);
    if (loss === 'forgotten') return { kind: 'wrong-expected', actual: 0n };
    if (loss === 'after') await super.append(stream, events, expected);
    await this.meanwhile();
    return { kind: 'unclear', reason: `lost ${loss} the append` };
  }
}
