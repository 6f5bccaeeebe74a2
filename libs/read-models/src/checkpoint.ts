/** How far the store has been projected into a version's tables, and whether it is still the same store. */
import { parsePosition, positionText, type EventStore, type Position, type RecordedEvent } from '@ledger/event-store';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { Overtaken } from './lease.js';
import type { ProjectionRow, Tables } from './tables.js';

export type Checkpoint = {
  readonly version: number;
  readonly storeId: string;
  readonly position: Position | 'start';
  /** The last event projected; null before the first. */
  readonly last: LastEvent | null;
  /** How many were. */
  readonly events: number;
  readonly caughtUp: boolean;
};

export type LastEvent = {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly position: string;
  readonly recordedAt: string | null;
};

/** `commit/prepare`; empty before anything was projected. */
const written = (position: Position | 'start'): string => (position === 'start' ? '' : positionText(position));

/** The checkpoint of a version. Of a new one the store is `storeId`, which it keeps. */
export const readCheckpoint = async (db: Kysely<Tables>, version: number, storeId: string): Promise<Checkpoint> => {
  const row = await projectionOf(db, version);
  if (row.store_id === null)
    await db.updateTable('projections').set({ store_id: storeId }).where('version', '=', version).execute();
  return checkpointOf({ ...row, store_id: row.store_id ?? storeId });
};

export const projectionOf = (db: Kysely<Tables>, version: number): Promise<Selectable<ProjectionRow>> =>
  db
    .selectFrom('projections')
    .selectAll()
    .where('version', '=', version)
    .executeTakeFirstOrThrow(() => new Overtaken(`Version ${version} of the tables is gone.`));

export const checkpointOf = (row: Selectable<ProjectionRow>): Checkpoint => {
  const { last_stream: stream, last_revision: revision, last_event_id: id, last_position: position } = row;
  const complete = stream !== null && revision !== null && id !== null && position !== null;
  return {
    version: row.version,
    storeId: row.store_id ?? '',
    position: parsePosition(row.position) ?? 'start',
    last: complete ? { stream, revision: BigInt(revision), id, position, recordedAt: row.last_recorded_at } : null,
    events: Number(row.events),
    caughtUp: row.caught_up === 1,
  };
};

/** Moves the checkpoint, in the transaction that writes the rows. Throws `Overtaken` when it is not where it was read. */
export const moveCheckpoint = async (
  transaction: Transaction<Tables>,
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> => {
  const { numUpdatedRows } = await transaction
    .updateTable('projections')
    .set({
      position: written(to.position),
      last_stream: to.last?.stream ?? null,
      last_revision: to.last?.revision ?? null,
      last_event_id: to.last?.id ?? null,
      last_position: to.last?.position ?? null,
      last_recorded_at: to.last?.recordedAt ?? null,
      events: to.events,
      caught_up: to.caughtUp ? 1 : 0,
    })
    .where('version', '=', from.version)
    .where('position', '=', written(from.position))
    .where('store_id', '=', from.storeId)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Overtaken('Another projector is ahead in this read database.');
};

export const checkpointAfter = (
  before: Checkpoint,
  events: readonly RecordedEvent[],
  position: Position | 'start',
  caughtUp: boolean,
): Checkpoint => ({
  ...before,
  position,
  last: lastOf(events) ?? before.last,
  events: before.events + events.length,
  caughtUp: before.caughtUp || caughtUp,
});

const lastOf = (events: readonly RecordedEvent[]): LastEvent | null => {
  const last = events.at(-1);
  if (!last) return null;
  const { stream, revision, id, position, metadata } = last;
  const hasTime = typeof metadata === 'object' && metadata !== null && 'recordedAt' in metadata;
  const recordedAt = hasTime && typeof metadata.recordedAt === 'string' ? metadata.recordedAt : null;
  return { stream, revision, id, position: positionText(position), recordedAt };
};

/**
 * What is wrong with this database and this store together, and what to do; null when they belong together. Throws a
 * StoreError when the store cannot be asked.
 */
export const mismatch = async (
  { storeId, last }: Pick<Checkpoint, 'storeId' | 'last'>,
  store: EventStore,
  storeNow: string,
): Promise<string | null> => {
  const remedy =
    'Point the service at the pair that belongs together, or delete the read database: it is filled again from the store.';
  if (storeId !== storeNow)
    return `The read database was filled from the store ${storeId}, the store is ${storeNow}. ${remedy}`;
  if (last === null) return null;
  let isThere = false;
  for await (const found of store.read(last.stream, { from: last.revision, limit: 1, requiresLeader: true }))
    isThere =
      found.id === last.id && found.revision === last.revision && positionText(found.position) === last.position;
  if (isThere) return null;
  return (
    `The last event projected, ${last.stream} at revision ${last.revision}, is not in the store where it was: ` +
    `the store or the read database was restored. ${remedy}`
  );
};
