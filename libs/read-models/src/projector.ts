/**
 * Keeps the rows up with the store: one subscription, from the checkpoint, in batches. One projector at a time per database;
 * a second one follows what the first writes, and goes on in its place within seconds when that stops.
 */
import { setImmediate } from 'node:timers/promises';
import {
  StoreError,
  subscribeAll,
  type Batch,
  type EventStore,
  type Position,
  type RunningSubscription,
} from '@ledger/event-store';
import type { Checkpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { PREFIXES } from './fill.js';
import { Follower } from './follower.js';
import { accountsOf } from './fold-batch.js';
import { Overtaken, type Lease } from './lease.js';
import type { Changed } from './news.js';
import { OneAtATime, type Turn } from './one-at-a-time.js';
import { Pace } from './pace.js';
import { Progress } from './progress.js';
import { Mismatch, VersionWriter } from './version-writer.js';
import { activeVersion } from './versions.js';
import type { Part } from './write-batch.js';

/** How often one that waits looks how far the other is, and whether it lives. */
const LOOK_MS = 100;

export type ProjectorStatus =
  | { readonly state: 'starting' | 'catching-up' | 'live' }
  /** Another process projects; this one reads what that writes, and waits to take its place. */
  | { readonly state: 'standby' }
  /** It goes on by itself when the cause passes. */
  | { readonly state: 'waiting'; readonly reason: string }
  /** Somebody must act; `reason` says how. */
  | { readonly state: 'stopped'; readonly reason: string };

export class Projector {
  readonly progress = new Progress();
  readonly #listeners: ((changed: Changed) => void)[] = [];
  #status: ProjectorStatus = { state: 'starting' };
  #caughtUpOnce = false;
  readonly #pace: Pace;
  readonly #follower: Follower;
  #writer: VersionWriter | null = null;
  #pending = 0;
  readonly #turns: OneAtATime;

  constructor(
    private readonly database: ReadDatabase,
    private readonly store: EventStore,
    /** Asks the store who it is; throws a StoreError. */
    private readonly storeId: () => Promise<string>,
    /** One that may not only ever follows what another process writes. */
    mayProject = true,
  ) {
    this.#turns = new OneAtATime({
      database,
      name: 'projector',
      isCandidate: mayProject,
      lookMs: LOOK_MS,
      work: (turn) => this.#project(turn),
      wait: () => this.#follow(),
      onTrouble: (error) => this.#trouble(error),
    });
    this.#pace = new Pace(database);
    this.#follower = new Follower(database, (changed) => this.#tell(changed));
  }

  get status(): ProjectorStatus {
    return this.#status;
  }

  /** Whether the rows have been complete once: until then, what is not there may only not be there yet. */
  get caughtUpOnce(): boolean {
    return this.#caughtUpOnce;
  }

  /** Whether everything that has come from the store is written, as far as this process can know. */
  get isUpToDate(): boolean {
    return this.#status.state === 'live' && this.#pending === 0;
  }

  /** Where the rows stand; null before the first look. */
  get checkpoint(): Checkpoint | null {
    const { checkpoint } = this.#follower;
    return this.#status.state === 'standby' ? checkpoint : (this.#writer?.checkpoint ?? checkpoint);
  }

  /** Calls the listener with the accounts of each batch, when it is committed and before the progress says so. */
  onChanged(listener: (changed: Changed) => void): void {
    this.#listeners.push(listener);
  }

  /** Projects, or waits for its turn, until it is stopped. Call it once. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    await this.#turns.stop();
    await this.#follower.stop();
  }

  #trouble(error: unknown): void {
    if (error instanceof Mismatch) this.#status = { state: 'stopped', reason: error.message };
    else this.#status = { state: 'waiting', reason: reasonOf(error) };
  }

  async #project({ lease, signal }: Turn): Promise<void> {
    await this.#follower.stop();
    const subscription: RunningSubscription = subscribeAll({
      store: this.store,
      prefixes: PREFIXES,
      maxBatch: this.database.mostEventsPerBatch,
      checkpoint: () => this.#begin(lease),
      handle: (batch) => this.#handle(batch),
      onTrouble: ({ error }) => {
        this.#trouble(error);
        if (error instanceof Overtaken) end();
      },
    });
    const end = (): void => void subscription.stop();
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    await subscription.ended;
    this.#pending = 0;
  }

  async #begin(lease: Lease): Promise<Position | 'start'> {
    const { database, store } = this;
    const storeId = await this.storeId();
    const target = { database, version: await activeVersion(database.db), lease };
    this.#writer = await VersionWriter.begin(target, store, storeId);
    this.#status = { state: 'catching-up' };
    this.#moved('all', this.#writer.position);
    return this.#writer.position;
  }

  async #handle(batch: Batch): Promise<void | 'stop'> {
    this.#pending = batch.events.length;
    try {
      for (const part of this.#pace.partsOf(batch)) await this.#write(part);
    } catch (error) {
      if (error instanceof Overtaken) return 'stop';
      throw error;
    }
    if (batch.caughtUp) {
      this.#status = { state: 'live' };
      this.#caughtUpOnce = true;
    }
    return undefined;
  }

  async #write(part: Part): Promise<void> {
    const writer = this.#writer;
    if (writer === null) return;
    await this.#pace.take(part, () => writer.write(part));
    this.#pending -= part.events.length;
    this.#moved(accountsOf(part.events), part.position);
    await setImmediate(); // so that requests are answered between two batches
  }

  /** What the other has written since the last look. */
  async #follow(): Promise<void> {
    const isFirst = this.#status.state !== 'standby';
    const { position, caughtUp } = await (isFirst
      ? this.#follower.begin(this.store, await this.storeId())
      : this.#follower.look());
    this.#status = { state: 'standby' };
    this.#caughtUpOnce ||= caughtUp;
    this.#moved([], position);
  }

  #moved(changed: Changed, position: Position | 'start'): void {
    this.#tell(changed);
    if (position !== 'start') this.progress.moveTo(position);
  }

  #tell(changed: Changed): void {
    if (changed === 'all' || changed.length > 0) for (const listener of this.#listeners) listener(changed);
  }
}

const reasonOf = (error: unknown): string => {
  if (error instanceof StoreError) return `The event store: ${error.message}`;
  return error instanceof Overtaken ? error.message : `The read database: ${String(error)}`;
};
