import type { Position, RecordedEvent, UnreadableEvent } from '@ledger/event-store';
import type { Transaction } from 'kysely';
import { checkpointAt, moveCheckpoint, type Checkpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import { accountOf, foldBatch, type Changes, type Known } from './fold-batch.js';
import { accountRow, changedAppRows } from './rows.js';
import type { States } from './states.js';
import type { Tables } from './tables.js';
import { writeAccounts, writeApps } from './write-rows.js';

/** Another projector has moved the checkpoint: this one must stop. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Projects events, everything up to `position` being considered: the rows and the checkpoint in one transaction. Answers
 * the checkpoint after it; throws `Overtaken`, or what the database says, and then nothing was written.
 */
export const writeBatch = async (
  database: ReadDatabase,
  states: States,
  checkpoint: Checkpoint,
  events: readonly RecordedEvent[],
  position: Position,
): Promise<Checkpoint> => {
  const accountIds = [...new Set(events.map(accountOf).filter((accountId) => accountId !== null))];
  const known = await states.of(accountIds);
  const changes = foldBatch(events, known);
  const next = checkpointAt(checkpoint, position, events.at(-1));
  await database.db.transaction().execute(async (transaction) => {
    if (!(await moveCheckpoint(transaction, checkpoint, next)))
      throw new Overtaken('Another process projects into this read database: give each service one of its own.');
    await writeChanges(database, transaction, known, changes);
  });
  states.keep(changes.states);
  return next;
};

export const writeChanges = async (
  database: ReadDatabase,
  transaction: Transaction<Tables>,
  known: Known,
  { states, unreadable }: Changes,
): Promise<void> => {
  const apps = [...states].flatMap(([accountId, { account }]) =>
    changedAppRows(known.states.get(accountId)?.account ?? null, account),
  );
  await writeAccounts(database, transaction, [...states.values()].map(accountRow));
  await writeApps(database, transaction, apps);
  for (const [accountId, event] of unreadable) await quarantine(transaction, accountId, event);
};

const quarantine = async (
  transaction: Transaction<Tables>,
  accountId: string,
  { stream, revision, type, reason }: UnreadableEvent,
): Promise<void> => {
  await transaction
    .insertInto('quarantined')
    .values({ account_id: accountId, stream, revision, type, reason })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet((row) => ({
        stream: row.ref('excluded.stream'),
        revision: row.ref('excluded.revision'),
        type: row.ref('excluded.type'),
        reason: row.ref('excluded.reason'),
      })),
    )
    .execute();
};
