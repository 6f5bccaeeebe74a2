import type { EventStore, Position } from '@ledger/event-store';
import { mismatch, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { holdLease } from './lease.js';
import { retryAllQuarantined } from './quarantine.js';
import { States } from './states.js';
import { writeBatch, type Part, type Target } from './write-batch.js';

/** Store and database do not belong together. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

/** Throws `Mismatch`, or a StoreError when the store cannot be asked. */
export const assertPair = async (checkpoint: Checkpoint, store: EventStore, storeId: string): Promise<void> => {
  const wrong = await mismatch(checkpoint, store, storeId);
  if (wrong !== null) throw new Mismatch(wrong);
};

/** One who writes one version of the tables, from its checkpoint on. */
export class VersionWriter {
  readonly #states: States;
  #checkpoint: Checkpoint;

  private constructor(
    readonly target: Target,
    checkpoint: Checkpoint,
  ) {
    this.#states = new States(target.database, target.version);
    this.#checkpoint = checkpoint;
  }

  /**
   * Every beginning asks anew whether store and database belong together, for either may have been restored meanwhile, and
   * tries again what could not be read. Throws `Overtaken`, `Mismatch`, a StoreError, or what the database says.
   */
  static async begin(target: Target, store: EventStore, storeId: string): Promise<VersionWriter> {
    const { database, version, lease } = target;
    await holdLease(database.db, database, lease);
    const checkpoint = await readCheckpoint(database.db, version, storeId);
    await assertPair(checkpoint, store, storeId);
    const writer = new VersionWriter(target, checkpoint);
    await retryAllQuarantined(target, writer.#states, store);
    return writer;
  }

  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  get position(): Position | 'start' {
    return this.#checkpoint.position;
  }

  async write(part: Part): Promise<void> {
    this.#checkpoint = await writeBatch(this.target, this.#states, this.#checkpoint, part);
  }
}
