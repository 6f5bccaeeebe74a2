/**
 * Work that only one process per database does at a time. Another takes over within seconds when that one is gone, and at
 * once when it has stopped.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import { holdLease, keepLease, Overtaken, releaseLease, takeLease, type Lease } from './lease.js';
import type { LeaseName, Tables } from './tables.js';

/** How often one that waits looks whether the other lives. */
const LOOK_MS = 500;
/** How long it waits after a failure. */
const TROUBLE_MS = 500;

export type Turn = {
  readonly lease: Lease;
  /** Aborts when the turn is over: we are stopped, or another has taken over. */
  readonly signal: AbortSignal;
  /** For a transaction that writes what only one may write. Throws `Overtaken`. */
  readonly hold: (transaction: Transaction<Tables>) => Promise<void>;
};

export type OneAtATimeOptions = {
  readonly database: ReadDatabase;
  readonly name: LeaseName;
  /** Ends soon after the turn's signal. When it ends or throws before, it is begun again. */
  readonly work: (turn: Turn) => Promise<void>;
  /** What one does at each look that waits for its turn. */
  readonly wait?: () => Promise<void>;
  /** One that is no candidate always waits. */
  readonly isCandidate?: boolean;
  readonly lookMs?: number;
  readonly onTrouble: (error: unknown) => void;
};

export class OneAtATime {
  readonly #lease: Lease;
  readonly #end = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: OneAtATimeOptions) {
    this.#lease = { name: options.name, holder: randomUUID() };
  }

  /** Works, or waits for its turn, until it is stopped. Call it once. */
  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the work has ended. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { database, onTrouble, wait, isCandidate = true, lookMs = LOOK_MS } = this.options;
    // Where nobody else can be, a lease that is not over yet was left by a process that is.
    let how: 'when-free' | 'by-force' = database.isShared ? 'when-free' : 'by-force';
    while (!this.#end.signal.aborted) {
      let pauseMs = lookMs;
      try {
        if (isCandidate && (await takeLease(database, this.#lease, how))) await this.#work();
        else await wait?.();
        how = 'when-free';
      } catch (error) {
        if (!(error instanceof Overtaken)) onTrouble(error);
        pauseMs = TROUBLE_MS;
      }
      await setTimeout(pauseMs, undefined, { signal: this.#end.signal }).catch(() => undefined);
    }
    await releaseLease(database, this.#lease).catch(() => undefined);
  }

  async #work(): Promise<void> {
    const { database, work } = this.options;
    const overtaken = new AbortController();
    const letGo = keepLease(database, this.#lease, () => overtaken.abort());
    try {
      await work({
        lease: this.#lease,
        signal: AbortSignal.any([this.#end.signal, overtaken.signal]),
        hold: (transaction) => holdLease(transaction, database, this.#lease),
      });
    } finally {
      letGo();
    }
  }
}
