/** How far the store has been projected into this database, and whether it is still the same store. */
import { FOLD_VERSION } from '@ledger/domain';
import { parsePosition, positionText, type EventStore, type Position, type RecordedEvent } from '@ledger/event-store';
import type { Selectable, Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import type { CheckpointRow, Tables } from './tables.js';

export type Checkpoint = {
  readonly storeId: string;
  readonly position: Position | 'start';
  /** The last event projected; null before the first. */
  readonly last: {
    readonly stream: string;
    readonly revision: bigint;
    readonly id: string;
    readonly position: string;
  } | null;
};

/** `commit/prepare`; empty before anything was projected. */
const written = (position: Position | 'start'): string => (position === 'start' ? '' : positionText(position));

/**
 * The checkpoint; the first time, one at the start of the store `storeId`. Rows that were derived from states of another
 * shape are given up: everything is then projected anew.
 */
export const readCheckpoint = ({ db }: ReadDatabase, storeId: string): Promise<Checkpoint> =>
  db.transaction().execute(async (transaction) => {
    const first = { id: 1, store_id: storeId, position: written('start'), fold_version: FOLD_VERSION } as const;
    const found = await transaction.selectFrom('checkpoint').selectAll().executeTakeFirst();
    if (found && found.fold_version !== FOLD_VERSION)
      for (const table of ['accounts', 'apps', 'quarantined', 'checkpoint'] as const)
        await transaction.deleteFrom(table).execute();
    if (found?.fold_version === FOLD_VERSION) return checkpointOf(found);
    await transaction.insertInto('checkpoint').values(first).execute();
    return { storeId, position: 'start', last: null };
  });

const checkpointOf = (row: Selectable<CheckpointRow>): Checkpoint => {
  const { last_stream: stream, last_revision: revision, last_event_id: id, last_position: position } = row;
  const complete = stream !== null && revision !== null && id !== null && position !== null;
  return {
    storeId: row.store_id,
    position: parsePosition(row.position) ?? 'start',
    last: complete ? { stream, revision: BigInt(revision), id, position } : null,
  };
};

/**
 * Moves the checkpoint, in the transaction that writes the rows. False when it is not where it was read: another projector
 * is ahead, and nothing of this one's may be written.
 */
export const moveCheckpoint = async (
  transaction: Transaction<Tables>,
  from: Checkpoint,
  to: Checkpoint,
): Promise<boolean> => {
  const { numUpdatedRows } = await transaction
    .updateTable('checkpoint')
    .set({
      position: written(to.position),
      last_stream: to.last?.stream ?? null,
      last_revision: to.last?.revision ?? null,
      last_event_id: to.last?.id ?? null,
      last_position: to.last?.position ?? null,
    })
    .where('position', '=', written(from.position))
    .where('store_id', '=', from.storeId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};

export const checkpointAt = (
  before: Checkpoint,
  position: Position | 'start',
  last: RecordedEvent | undefined,
): Checkpoint => ({
  ...before,
  position,
  last: last
    ? { stream: last.stream, revision: last.revision, id: last.id, position: positionText(last.position) }
    : before.last,
});

/**
 * What is wrong with this database and this store together, and what to do; null when they belong together. Throws a
 * StoreError when the store cannot be asked.
 */
export const mismatch = async (
  { storeId, last }: Checkpoint,
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
