/**
 * How much is written at once. Folding and, in SQLite, the statements run on the thread that answers requests, so a part is
 * as large as that thread can spare: tens of events of small accounts, and one event of an account whose state is large.
 */
import type { Batch } from '@ledger/event-store';
import type { ReadDatabase } from './database.js';
import type { Part } from './write-batch.js';

/** Milliseconds that a part may keep the thread; twice that is what nobody shall wait. */
const SPARED_MS = 10;
const FIRST_EVENTS = 20;

export class Pace {
  #size: number;

  constructor(private readonly database: Pick<ReadDatabase, 'mostEventsPerBatch' | 'isOnThread'>) {
    this.#size = database.isOnThread ? FIRST_EVENTS : database.mostEventsPerBatch;
  }

  /** The batch in parts, each written before the next is cut; each moves the checkpoint to its last event, the last one to the end. */
  *partsOf({ events, position, caughtUp }: Batch): Generator<Part, void, undefined> {
    let from = 0;
    while (from + this.#size < events.length) {
      const part = events.slice(from, from + this.#size);
      yield { events: part, position: part.at(-1)?.position ?? position, caughtUp: false };
      from += part.length;
    }
    yield { events: events.slice(from), position, caughtUp };
  }

  /** Writes a part, and learns from how long the thread was kept; of a database elsewhere one only waits for the answers. */
  async take(part: Part, write: () => Promise<void>): Promise<void> {
    const before = process.threadCpuUsage();
    await write();
    if (!this.database.isOnThread) return;
    const { user, system } = process.threadCpuUsage(before);
    this.learn(part.events.length, (user + system) / 1000);
  }

  /** So many events kept the thread for so many milliseconds. */
  learn(events: number, milliseconds: number): void {
    const { mostEventsPerBatch: most } = this.database;
    if (milliseconds > SPARED_MS) this.#size = Math.max(1, Math.floor(events / 2));
    else if (events >= this.#size && milliseconds < SPARED_MS / 2) this.#size = Math.min(most, this.#size + 10);
  }
}
