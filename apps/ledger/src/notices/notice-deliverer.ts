/**
 * Tells the customers: reads the notices from the log, and delivers each at least once, on every way, while it is young and
 * still true (docs/adr/0009-notices.md). One deliverer at a time per database.
 */
import { setTimeout } from 'node:timers/promises';
import { StoreError } from '@ledger/event-store';
import { OneAtATime, type Turn } from '@ledger/read-models';
import { RETRIES, sendDue, type Delivering } from './send-due.js';
import { placeCheckpoint, takeIn, type Log } from './take-in.js';

/** How long a start waits for a store that may be away. */
const LONGEST_START_MS = 1000;
const SAY_AGAIN_MS = 60_000;

export type NoticeDelivererOptions = Omit<Delivering, 'retries' | 'onTrouble'> &
  Log & {
    readonly retries?: Delivering['retries'];
    /** Where it says why nothing is delivered now; it goes on by itself when the cause passes. */
    readonly warn: (line: string) => void;
  };

export class NoticeDeliverer {
  readonly #options: NoticeDelivererOptions;
  readonly #turns: OneAtATime;
  readonly #saidAt = new Map<string, number>();

  constructor(options: NoticeDelivererOptions) {
    this.#options = options;
    this.#turns = new OneAtATime({
      database: options.database,
      name: 'notices',
      work: (turn) => this.#deliver(turn),
      onTrouble: (error) => this.#hasTrouble(error),
    });
  }

  /** Where there is no checkpoint yet, it is placed before anybody can command what would have to be told. */
  async start(): Promise<void> {
    const placed = placeCheckpoint(this.#options).catch(() => undefined);
    await Promise.race([placed, setTimeout(LONGEST_START_MS, undefined, { ref: false })]);
    this.#turns.start();
  }

  /** Resolves when nothing is sent any more. */
  stop(): Promise<void> {
    return this.#turns.stop();
  }

  /** When one of the two ends, the other does, and both begin again. */
  async #deliver(turn: Turn): Promise<void> {
    const over = new AbortController();
    const both: Turn = { ...turn, signal: AbortSignal.any([turn.signal, over.signal]) };
    const onTrouble = (error: unknown): void => this.#hasTrouble(error);
    const reading = takeIn(this.#options, both, onTrouble).finally(() => over.abort());
    try {
      const retries = this.#options.retries ?? RETRIES;
      await sendDue({ ...this.#options, retries, onTrouble }, both);
    } finally {
      over.abort();
      await reading;
    }
  }

  /** What it is about is said when it begins, and now and then while it lasts. */
  #hasTrouble(error: unknown): void {
    const line = lineOf(error);
    const now = performance.now();
    if (now - (this.#saidAt.get(line) ?? -Infinity) < SAY_AGAIN_MS) return;
    this.#saidAt.set(line, now);
    this.#options.warn(`Notices wait: ${line}`);
  }
}

/** What a store says is different each time; which of its failures it is is enough. */
const lineOf = (error: unknown): string => {
  if (error instanceof StoreError) return `the event store cannot be asked (${error.failure})`;
  return error instanceof Error ? error.message : String(error);
};
