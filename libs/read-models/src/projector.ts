/** Keeps the rows up with the store: one subscription, from the checkpoint, in batches. One projector at a time per database. */
import { setImmediate } from 'node:timers/promises';
import { accountStream } from '@ledger/domain';
import {
  StoreError,
  subscribeAll,
  type Batch,
  type EventStore,
  type Position,
  type RecordedEvent,
  type RunningSubscription,
} from '@ledger/event-store';
import { mismatch, readCheckpoint, type Checkpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { Progress } from './progress.js';
import { retryQuarantined } from './quarantine.js';
import { States } from './states.js';
import { Overtaken, writeBatch } from './write-batch.js';

/** Of usage nothing is shown, but receipts name its positions, and readers wait for those. */
const PREFIXES = [accountStream(''), 'usage-'];

export type ProjectorStatus =
  | { readonly state: 'starting' | 'catching-up' | 'live' }
  /** It goes on by itself when the cause passes. */
  | { readonly state: 'waiting'; readonly reason: string }
  /** Somebody must act; `reason` says how. */
  | { readonly state: 'stopped'; readonly reason: string };

type Started = { readonly states: States; checkpoint: Checkpoint };

export class Projector {
  readonly progress = new Progress();
  #status: ProjectorStatus = { state: 'starting' };
  #caughtUpOnce = false;
  #started: Started | null = null;
  #subscription: RunningSubscription | null = null;

  constructor(
    private readonly database: ReadDatabase,
    private readonly store: EventStore,
    /** Asks the store who it is; throws a StoreError. */
    private readonly storeId: () => Promise<string>,
  ) {}

  get status(): ProjectorStatus {
    return this.#status;
  }

  /** Whether the rows have been complete since the start: until then, what is not there may only not be there yet. */
  get caughtUpOnce(): boolean {
    return this.#caughtUpOnce;
  }

  /** Projects until it is stopped, or until it must not any more: then the status says why. Call it once. */
  start(): void {
    this.#subscription = subscribeAll({
      store: this.store,
      prefixes: PREFIXES,
      maxBatch: this.database.mostEventsPerBatch,
      checkpoint: () => this.#begin(),
      handle: (batch) => this.#handle(batch),
      onTrouble: ({ error }) => {
        if (this.#status.state !== 'stopped') this.#status = { state: 'waiting', reason: reasonOf(error) };
      },
    });
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    await this.#subscription?.stop();
  }

  /** Every beginning asks anew whether store and database belong together: either may have been restored meanwhile. */
  async #begin(): Promise<Position | 'start'> {
    const storeId = await this.storeId();
    const checkpoint = await readCheckpoint(this.database, storeId);
    const wrong = await mismatch(checkpoint, this.store, storeId);
    if (wrong !== null) {
      this.#status = { state: 'stopped', reason: wrong };
      throw new Error(wrong);
    }
    const states = new States(this.database);
    await retryQuarantined(this.database, states, this.store);
    this.#started = { states, checkpoint };
    this.#status = { state: 'catching-up' };
    if (checkpoint.position !== 'start') this.progress.moveTo(checkpoint.position);
    return checkpoint.position;
  }

  async #handle({ events, position, caughtUp }: Batch): Promise<void | 'stop'> {
    try {
      for (const part of parts(events, position, this.database.mostEventsPerBatch))
        await this.#write(part.events, part.position);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      this.#status = { state: 'stopped', reason: error.message };
      return 'stop';
    }
    if (caughtUp) {
      this.#status = { state: 'live' };
      this.#caughtUpOnce = true;
    }
    return undefined;
  }

  async #write(events: readonly RecordedEvent[], position: Position | 'start'): Promise<void> {
    if (this.#started === null || position === 'start') return;
    const { states, checkpoint } = this.#started;
    this.#started.checkpoint = await writeBatch(this.database, states, checkpoint, events, position);
    this.progress.moveTo(position);
    await setImmediate(); // so that requests are answered between two batches
  }
}

type Part = Pick<Batch, 'events' | 'position'>;

/** A batch in parts that the database takes at once; each moves the checkpoint to its last event, the last one to the end. */
const parts = (events: readonly RecordedEvent[], position: Position | 'start', most: number): readonly Part[] => {
  const found: Part[] = [];
  for (let from = 0; from + most < events.length; from += most) {
    const part = events.slice(from, from + most);
    found.push({ events: part, position: part.at(-1)?.position ?? position });
  }
  return [...found, { events: events.slice(found.length * most), position }];
};

const reasonOf = (error: unknown): string =>
  error instanceof StoreError ? `The event store: ${error.message}` : String(error);
