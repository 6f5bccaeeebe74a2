import { setImmediate } from 'node:timers/promises';
import type { Position, RecordedEvent } from '@ledger/event-store';
import { checkpointAfter, moveCheckpoint, type Checkpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { accountsOf, foldBatch, type Changes, type Known } from './fold-batch.js';
import { holdLease, type Lease } from './lease.js';
import { accountRow, appRow, changedApps, difference, holdRows } from './rows.js';
import type { States } from './states.js';
import { armed } from './timer-rows.js';
import { remove, upsert, type Writing } from './write-rows.js';

/** Where a projector writes: one version of the tables, as long as it has the lease. */
export type Target = { readonly database: ReadDatabase; readonly version: number; readonly lease: Lease };

/** What came from the store, everything up to `position` being considered. */
export type Part = {
  readonly events: readonly RecordedEvent[];
  readonly position: Position | 'start';
  readonly caughtUp: boolean;
};

/**
 * Projects a part: the rows and the checkpoint in one transaction. Answers the checkpoint after it; throws `Overtaken`, or
 * what the database says, and then nothing was written.
 */
export const writeBatch = async (
  target: Target,
  states: States,
  checkpoint: Checkpoint,
  { events, position, caughtUp }: Part,
): Promise<Checkpoint> => {
  const known = await states.of(events);
  const changes = foldBatch(events, known);
  const next = checkpointAfter(checkpoint, events, position, caughtUp);
  await setImmediate(); // so that requests are answered between folding and writing
  await inTransaction(target, async (writing) => {
    await moveCheckpoint(writing.transaction, checkpoint, next);
    await writeChanges(writing, known, changes);
    await tell(target, writing, events, next.last?.position ?? null);
  });
  states.keep(changes.states);
  return next;
};

/** Of the rows that are served, which the projector alone writes. */
export const tell = async (
  { database, lease }: Target,
  { transaction }: Writing,
  events: readonly RecordedEvent[],
  position: string | null,
): Promise<void> => {
  if (database.news !== null && lease.name === 'projector')
    await database.news.tell(transaction, { changed: accountsOf(events), position });
};

/** The lease comes first: its row is what two writers would wait for. */
export const inTransaction = (
  { database, version, lease }: Target,
  write: (writing: Writing) => Promise<void>,
): Promise<void> =>
  database.db.transaction().execute(async (transaction) => {
    await holdLease(transaction, database, lease);
    await write({ database, transaction, version });
  });

export const writeChanges = async (
  writing: Writing,
  known: Known,
  { states, orders, bills, lines, timers, unreadable }: Changes,
): Promise<void> => {
  const pairs = [...states].map(([id, { account }]) => ({ account, before: known.states.get(id)?.account ?? null }));
  const apps = pairs.flatMap(({ account, before }) => changedApps(before, account).map((app) => appRow(account, app)));
  const holds = pairs.map(({ before, account }) => difference(before, account, holdRows));
  const timersGone = [...timers].flatMap(([account_id, rows]) =>
    [...rows].filter(([, row]) => row === null).map(([timer_id]) => ({ account_id, timer_id })),
  );
  const quarantined = [...unreadable].map(([account_id, { stream, revision, type, reason }]) => ({
    account_id,
    stream,
    revision,
    type,
    reason,
  }));
  await upsert(writing, 'accounts', [...states.values()].map(accountRow));
  await upsert(writing, 'apps', apps);
  await remove(
    writing,
    'app_holds',
    holds.flatMap(({ gone }) => gone),
  );
  await upsert(
    writing,
    'app_holds',
    holds.flatMap(({ come }) => come),
  );
  await remove(writing, 'timers', timersGone);
  await upsert(writing, 'timers', [...timers.values()].flatMap(armed));
  await upsert(writing, 'orders', [...orders.values()]);
  await upsert(writing, 'bills', [...bills.values()]);
  await upsert(writing, 'bill_lines', lines);
  await upsert(writing, 'quarantined', quarantined);
};
