/**
 * Batches of commands: which body an id stands for, who carries it out now, and what became of each item. One process at a
 * time has a batch, so that the items of an account keep their order also when a batch is sent twice at once.
 */
import { sql, type Insertable, type Selectable, type Transaction } from 'kysely';
import type { ReadDatabase } from '../database.js';
import type { Tables, WholeOrNull, Whole } from '../tables.js';

export type BatchRow = {
  batch_id: string;
  body_hash: string;
  items: number;
  begun_at: string;
  /** Who carries it out; null when nobody does. */
  holder: string | null;
  /** Milliseconds of the database's clock: from then on the holder counts as gone. */
  expires_at: Whole;
};

/** An item that was decided, and is not decided again. What a receipt says is read from the stream, where it can be erased. */
export type BatchResultRow = {
  batch_id: string;
  /** The number of its line, from 0. */
  item: number;
  /** Of the answer, as HTTP has it: 201, 404, 409 or 422. */
  status: number;
  stream: string | null;
  first_revision: WholeOrNull;
  last_revision: WholeOrNull;
  /** The answer as JSON where no event tells it: a refusal, or the receipt of what changed nothing. */
  answer: string | null;
};

export type BatchResult =
  | { readonly item: number; readonly status: number; readonly answer: string }
  | {
      readonly item: number;
      readonly status: 201;
      readonly stream: string;
      readonly first: bigint;
      readonly last: bigint;
    };

export type NewBatch = {
  readonly batchId: string;
  readonly bodyHash: string;
  readonly items: number;
  readonly begunAt: string;
};

/** So long after its last sign of life a holder counts as gone. */
export const BATCH_LEASE_MS = 5000;

/** Somebody else carries out the batch now. */
export class BatchTaken extends Error {
  override readonly name = 'BatchTaken';
}

/**
 * Takes the batch for `holder`, or says why not: under its id another body was sent, or somebody carries it out now.
 * `by-force` takes it from whoever has it: for where nobody else can be alive.
 */
export const takeBatch = async (
  { db, now }: ReadDatabase,
  { batchId, bodyHash, items, begunAt }: NewBatch,
  holder: string,
  how: 'when-free' | 'by-force',
): Promise<'taken' | 'other-body' | 'held'> => {
  await db
    .insertInto('ops_batches')
    .values({ batch_id: batchId, body_hash: bodyHash, items, begun_at: begunAt, holder: null, expires_at: 0 })
    .onConflict((conflict) => conflict.column('batch_id').doNothing())
    .execute();
  const known = db.selectFrom('ops_batches').select('body_hash').where('batch_id', '=', batchId);
  if ((await known.executeTakeFirstOrThrow()).body_hash !== bodyHash) return 'other-body';
  const free = db
    .updateTable('ops_batches')
    .set({ holder, expires_at: sql<number>`${now} + ${sql.lit(BATCH_LEASE_MS)}` })
    .where('batch_id', '=', batchId);
  const taken = await (
    how === 'by-force'
      ? free
      : free.where((row) =>
          row.or([row('holder', 'is', null), row('expires_at', '<', row.cast<number>(now, 'bigint'))]),
        )
  ).executeTakeFirstOrThrow();
  return taken.numUpdatedRows === 1n ? 'taken' : 'held';
};

/** Keeps results, and the batch for its holder; an item that has one keeps it. Throws `BatchTaken` and keeps nothing. */
export const keepResults = async (
  { db, now }: ReadDatabase,
  batchId: string,
  holder: string,
  results: readonly BatchResult[],
): Promise<void> => {
  await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('ops_batches')
      .set({ expires_at: sql<number>`${now} + ${sql.lit(BATCH_LEASE_MS)}` })
      .where('batch_id', '=', batchId)
      .where('holder', '=', holder)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new BatchTaken(`Another process carries out the batch ${batchId} now.`);
    await insertResults(transaction, batchId, results);
  });
};

const insertResults = async (
  db: Transaction<Tables>,
  batchId: string,
  results: readonly BatchResult[],
): Promise<void> => {
  if (results.length === 0) return;
  await db
    .insertInto('ops_batch_results')
    .values(results.map((result) => rowOf(batchId, result)))
    .onConflict((conflict) => conflict.columns(['batch_id', 'item']).doNothing())
    .execute();
};

const rowOf = (batchId: string, result: BatchResult): Insertable<BatchResultRow> => {
  const { item, status } = result;
  const row = {
    batch_id: batchId,
    item,
    status,
    stream: null,
    first_revision: null,
    last_revision: null,
    answer: null,
  };
  if ('answer' in result) return { ...row, answer: result.answer };
  return { ...row, stream: result.stream, first_revision: result.first, last_revision: result.last };
};

/** Others need not wait until it runs out. */
export const releaseBatch = async ({ db }: ReadDatabase, batchId: string, holder: string): Promise<void> => {
  await db
    .updateTable('ops_batches')
    .set({ holder: null, expires_at: 0 })
    .where('batch_id', '=', batchId)
    .where('holder', '=', holder)
    .execute();
};

/** What has been decided, by item. */
export const resultsOf = async ({ db }: ReadDatabase, batchId: string): Promise<ReadonlyMap<number, BatchResult>> => {
  const rows = await db.selectFrom('ops_batch_results').selectAll().where('batch_id', '=', batchId).execute();
  return new Map(rows.map((row) => [row.item, resultOf(row)]));
};

const resultOf = ({
  item,
  status,
  stream,
  first_revision,
  last_revision,
  answer,
}: Selectable<BatchResultRow>): BatchResult =>
  stream !== null && first_revision !== null && last_revision !== null
    ? { item, status: 201, stream, first: BigInt(first_revision), last: BigInt(last_revision) }
    : { item, status, answer: answer ?? '{}' };

export type BatchStatus = Omit<NewBatch, 'bodyHash'> & {
  /** Whether somebody carries it out, as far as the database can tell. */
  readonly isRunning: boolean;
  /** How many items were decided, by the status of their answers. */
  readonly decided: ReadonlyMap<number, number>;
};

/** Null where no batch has that id. */
export const batchStatus = async ({ db, now }: ReadDatabase, batchId: string): Promise<BatchStatus | null> => {
  const batch = await db
    .selectFrom('ops_batches')
    .selectAll()
    .select((row) => [
      row
        .and([row('holder', 'is not', null), row('expires_at', '>=', row.cast<number>(now, 'bigint'))])
        .as('is_running'),
    ])
    .where('batch_id', '=', batchId)
    .executeTakeFirst();
  if (!batch) return null;
  const counts = await db
    .selectFrom('ops_batch_results')
    .select(({ fn }) => ['status', fn.countAll<number | string>().as('items')])
    .where('batch_id', '=', batchId)
    .groupBy('status')
    .execute();
  return {
    batchId,
    items: batch.items,
    begunAt: batch.begun_at,
    isRunning: Boolean(batch.is_running),
    decided: new Map(counts.map(({ status, items }) => [status, Number(items)])),
  };
};
