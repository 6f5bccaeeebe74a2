/**
 * Fills tables of a new version beside those that are served, compares the two and switches. Readers notice nothing. Stopped
 * or killed, it goes on from its checkpoint the next time.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { comparePositions, parsePosition, type EventStore, type Position } from '@ledger/event-store';
import { projectionOf, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { accountsThatDiffer, compare, type Comparison } from './compare.js';
import type { ReadDatabase } from './database.js';
import { fill, type Filling } from './fill.js';
import { accountsOf } from './fold-batch.js';
import { holdLease, keepLease, LEASE_MS, RENEW_MS, releaseLease, takeLease, type Lease } from './lease.js';
import { SHAPE } from './schema.js';
import {
  activeVersion,
  beginVersion,
  buildingVersion,
  discardOthers,
  discardVersion,
  serveVersion,
} from './versions.js';

export type RebuildProgress = {
  readonly phase: 'filling' | 'comparing' | 'switching';
  /** How many events are in the new tables, and how many in those that are served. */
  readonly events: number;
  readonly total: number;
};

export type Rebuilt =
  | { readonly kind: 'switched'; readonly version: number; readonly comparisons: readonly Comparison[] }
  /** By the signal; the next one goes on. */
  | { readonly kind: 'stopped' }
  /** Another rebuild is at work. */
  | { readonly kind: 'busy' };

export type RebuildOptions = {
  readonly database: ReadDatabase;
  readonly store: EventStore;
  readonly storeId: () => Promise<string>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RebuildProgress) => void;
};

export const rebuild = async (options: RebuildOptions): Promise<Rebuilt> => {
  const { database } = options;
  const lease: Lease = { name: 'rebuild', holder: randomUUID() };
  if (!(await takeInTime(database, lease))) return { kind: 'busy' };
  const letGo = keepLease(database, lease, () => undefined); // the next batch finds out
  try {
    return await new Rebuild(options, lease).run();
  } finally {
    letGo();
    await releaseLease(database, lease);
  }
};

/** One that was killed has its lease a little longer. */
const takeInTime = async (database: ReadDatabase, lease: Lease): Promise<boolean> => {
  for (let waited = 0; ; waited += RENEW_MS) {
    if (await takeLease(database, lease, 'when-free')) return true;
    if (waited > LEASE_MS) return false;
    await setTimeout(RENEW_MS);
  }
};

class Rebuild {
  #phase: RebuildProgress['phase'] = 'filling';
  #total = 0;
  /** The accounts written since the comparison began. */
  readonly #touched = new Set<string>();

  constructor(
    private readonly options: RebuildOptions,
    private readonly lease: Lease,
  ) {}

  async run(): Promise<Rebuilt> {
    const { database, signal } = this.options;
    const served = await activeVersion(database.db);
    this.#total = (await this.#checkpoint(served)).events;
    const rebuilt = await this.#versionToFill(served);
    if ((await fill(this.#filling(rebuilt, 'caught-up'))) === null) return { kind: 'stopped' };
    this.#phase = 'comparing';
    const versions = { database, served, rebuilt };
    const suspects = await accountsThatDiffer(versions, signal);
    if (signal.aborted || (await fill(this.#filling(rebuilt, 'caught-up'))) === null) return { kind: 'stopped' };
    this.#phase = 'switching';
    const comparisons = await this.#aloneWith(served, rebuilt, suspects);
    if (comparisons === null) return { kind: 'stopped' };
    await discardOthers(database, rebuilt);
    return { kind: 'switched', version: rebuilt, comparisons };
  }

  /** The one begun earlier, if it still fits. */
  async #versionToFill(served: number): Promise<number> {
    const { database } = this.options;
    const begun = await buildingVersion(database.db);
    if (begun !== null && (await projectionOf(database.db, begun)).shape === SHAPE) return begun;
    if (begun !== null) await discardVersion(database, begun);
    await database.db.transaction().execute(async (transaction) => {
      await holdLease(transaction, database, this.lease);
      await beginVersion(database, transaction, served + 1);
    });
    return served + 1;
  }

  async #checkpoint(version: number): Promise<Checkpoint> {
    return readCheckpoint(this.options.database.db, version, await this.options.storeId());
  }

  #filling(version: number, until: Position | 'caught-up', lease = this.lease): Filling {
    const { database, store, storeId, signal } = this.options;
    return {
      store,
      storeId,
      signal,
      until,
      target: { database, version, lease },
      onWritten: ({ events }, checkpoint) => {
        if (this.#phase !== 'filling') for (const accountId of accountsOf(events)) this.#touched.add(accountId);
        const total = Math.max(this.#total, checkpoint.events);
        this.options.onProgress({ phase: this.#phase, events: checkpoint.events, total });
      },
    };
  }

  /**
   * The last steps, short, in the projector's place: it stops at its next batch and goes on with the new tables. Both versions
   * are brought equally far, what could differ is compared, and one transaction switches.
   */
  async #aloneWith(
    served: number,
    rebuilt: number,
    suspects: ReadonlySet<string>,
  ): Promise<readonly Comparison[] | null> {
    const { database, onProgress } = this.options;
    const place: Lease = { name: 'projector', holder: this.lease.holder };
    await takeLease(database, place, 'by-force');
    const letGo = keepLease(database, place, () => undefined);
    try {
      const last = later(await this.#lastOf(served), await this.#lastOf(rebuilt));
      if (last !== null) {
        if ((await fill(this.#filling(rebuilt, last))) === null) return null;
        if ((await fill(this.#filling(served, last, place))) === null) return null;
      }
      const comparisons = await compare({ database, served, rebuilt }, [...suspects.union(this.#touched)]);
      await database.db.transaction().execute(async (transaction) => {
        await holdLease(transaction, database, this.lease);
        await holdLease(transaction, database, place);
        await serveVersion(transaction, rebuilt);
      });
      const { events } = await this.#checkpoint(rebuilt);
      onProgress({ phase: 'switching', events, total: events });
      return comparisons;
    } finally {
      letGo();
      await releaseLease(database, place);
    }
  }

  async #lastOf(version: number): Promise<Position | null> {
    const { last } = await this.#checkpoint(version);
    return last === null ? null : parsePosition(last.position);
  }
}

const later = (a: Position | null, b: Position | null): Position | null => {
  if (a === null || b === null) return a ?? b;
  return comparePositions(a, b) >= 0 ? a : b;
};
