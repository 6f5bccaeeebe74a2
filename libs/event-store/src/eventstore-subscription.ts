import { START, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import { storeError } from './client-answers.js';
import type { Connection } from './connection.js';
import { StoreError, comparePositions } from './port.js';
import type { Batch, Position, RecordedEvent, SubscribeOptions } from './port.js';
import { recordedOf } from './recorded.js';

/**
 * A checkpoint every 256 events that pass the filter by, so that a quiet prefix does not start from far back. Both are
 * needed.
 */
const CHECKPOINT = { checkpointInterval: 1, maxSearchWindow: 256 };

/**
 * One subscription to `$all`, in batches. The reader's pace is the store's: while a batch is being handled the stream
 * fills up to the next one and then stops. Live, a batch is what is there; only catching up waits for fuller ones.
 */
export async function* subscription(
  connection: Connection,
  { prefixes, from, maxBatch = 1000, lingerMs = 50, signal }: SubscribeOptions,
): AsyncGenerator<Batch, void, undefined> {
  const { client } = connection;
  const inbox = new Inbox(maxBatch, (checkpoint) =>
    client.subscribeToAll({
      fromPosition: from === 'start' ? START : from,
      filter: streamNameFilter({
        prefixes: [...prefixes],
        ...CHECKPOINT,
        // C5: what rejects here is an unhandled rejection. This only takes a note.
        checkpointReached: (_, reached) => checkpoint(reached),
      }),
    }),
  );
  const stop = (): void => inbox.changed();
  signal.addEventListener('abort', stop);
  let position: Position | 'start' = from;
  try {
    for (;;) {
      await inbox.until(() => signal.aborted || inbox.hasNews);
      if (!inbox.caughtUp) await inbox.until(() => signal.aborted || inbox.isFull || inbox.caughtUp, lingerMs);
      if (signal.aborted) return;
      const { events, reached, news, caughtUp } = inbox.take();
      position = reached ?? position;
      if (news) yield { events, position, caughtUp };
      else if (inbox.ended !== null) throw inbox.ended;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    inbox.close();
  }
}

/** What has come and was not handed out yet. */
class Inbox {
  readonly #maxBatch: number;
  readonly #source: AllStreamSubscription;
  #events: RecordedEvent[] = [];
  #checkpoint: Position | null = null;
  #saidCaughtUp = false;
  #waiting: { readonly enough: () => boolean; readonly resolve: () => void } | null = null;
  ended: StoreError | null = null;
  caughtUp = false;

  /** The listener for errors stays for ever: an error without one ends the process, and it may come after our end. */
  constructor(maxBatch: number, open: (checkpoint: (position: Position) => void) => AllStreamSubscription) {
    this.#maxBatch = maxBatch;
    this.#source = open((position) => this.#reached(position));
    this.#source.on('data', (resolved: AllStreamResolvedEvent) => this.#arrived(recordedOf(resolved)));
    this.#source.on('caughtUp', () => this.#hasCaughtUp());
    this.#source.on('error', (error) => this.#end(storeError(error)));
    this.#source.on('end', () => this.#end(new StoreError('unavailable', 'the store ended the subscription')));
    this.#source.on('close', () => this.#end(new StoreError('unavailable', 'the subscription was closed')));
  }

  get isFull(): boolean {
    return this.#events.length >= this.#maxBatch || this.ended !== null;
  }

  get hasNews(): boolean {
    const news = this.#events.length > 0 || this.#hasCheckpoint || this.caughtUp !== this.#saidCaughtUp;
    return news || this.ended !== null;
  }

  changed(): void {
    if (this.#waiting?.enough()) this.#waiting.resolve();
  }

  async until(enough: () => boolean, milliseconds?: number): Promise<void> {
    if (enough()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
    this.#waiting = { enough, resolve };
    await promise;
    this.#waiting = null;
    clearTimeout(timer);
  }

  /** Everything there is; `reached` is null when that says nothing about how far the store was read. */
  take(): { events: RecordedEvent[]; reached: Position | null; news: boolean; caughtUp: boolean } {
    const events = this.#events;
    const reached = latest(events.at(-1)?.position ?? null, this.#reachedCheckpoint());
    const news = reached !== null || this.caughtUp !== this.#saidCaughtUp;
    this.#events = [];
    this.#saidCaughtUp = this.caughtUp;
    this.#source.resume();
    return { events, reached, news, caughtUp: this.caughtUp };
  }

  close(): void {
    this.#source.unsubscribe().catch(() => undefined);
  }

  #arrived(recorded: RecordedEvent | null): void {
    if (recorded !== null) this.#events.push(recorded);
    if (this.isFull) this.#source.pause();
    this.changed();
  }

  #reached(position: Position): void {
    this.#checkpoint = position;
    this.changed();
  }

  #hasCaughtUp(): void {
    this.caughtUp = true;
    this.changed();
  }

  #end(error: StoreError): void {
    this.ended ??= error;
    this.changed();
  }

  /** A checkpoint may overtake events that still wait in the paused stream; it counts when nothing waits there. */
  get #hasCheckpoint(): boolean {
    return this.#checkpoint !== null && this.#source.readableLength === 0;
  }

  #reachedCheckpoint(): Position | null {
    if (!this.#hasCheckpoint) return null;
    const checkpoint = this.#checkpoint;
    this.#checkpoint = null;
    return checkpoint;
  }
}

const latest = (a: Position | null, b: Position | null): Position | null => {
  if (a === null || b === null) return a ?? b;
  return comparePositions(a, b) >= 0 ? a : b;
};
