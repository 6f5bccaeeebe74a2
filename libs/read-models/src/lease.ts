/**
 * Who alone may write: one projector, and one rebuild, per database. A lease runs out unless its holder renews it; whoever
 * lost it finds out in the transaction of its next batch, however long it was frozen, and writes nothing.
 */
import { sql, type Kysely, type Transaction } from 'kysely';
import type { ReadDatabase } from './database.js';
import type { LeaseName, Tables } from './tables.js';

export type Lease = { readonly name: LeaseName; readonly holder: string };

export const LEASE_MS = 4000;
/** How often a holder says that it lives. */
export const RENEW_MS = 1000;

/** Somebody else writes into these tables now. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** True when it is ours. `by-force` takes it from a living holder, who stops at its next batch. */
export const takeLease = async (
  { db, now }: ReadDatabase,
  { name, holder }: Lease,
  how: 'when-free' | 'by-force',
): Promise<boolean> => {
  const until = sql<number>`${now} + ${sql.lit(LEASE_MS)}`;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('leases')
    .values({ name, holder, expires_at: until })
    .onConflict((conflict) => {
      const taken = conflict.column('name').doUpdateSet({ holder, expires_at: until });
      if (how === 'by-force') return taken;
      return taken.where((row) =>
        row.or([row('leases.holder', '=', holder), row('leases.expires_at', '<', row.cast<number>(now, 'bigint'))]),
      );
    })
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
};

/** In the transaction that writes, so that nobody else can take the lease before it is over. Throws `Overtaken`. */
export const holdLease = async (
  db: Kysely<Tables> | Transaction<Tables>,
  { now }: ReadDatabase,
  { name, holder }: Lease,
): Promise<void> => {
  const { numUpdatedRows } = await db
    .updateTable('leases')
    .set({ expires_at: sql<number>`${now} + ${sql.lit(LEASE_MS)}` })
    .where('name', '=', name)
    .where('holder', '=', holder)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new Overtaken(`Another ${name} has taken over in this read database.`);
};

/**
 * Says from now on that the holder lives, until the answer is called. Of a database that is away we hear nothing; when it is
 * back, whoever writes finds out whether the lease is still ours.
 */
export const keepLease = (database: ReadDatabase, lease: Lease, onOvertaken: () => void): (() => void) => {
  const renewing = setInterval(() => {
    holdLease(database.db, database, lease).catch((error: unknown) => {
      if (error instanceof Overtaken) onOvertaken();
    });
  }, RENEW_MS);
  return () => clearInterval(renewing);
};

/** Another need not wait for it to run out. */
export const releaseLease = async ({ db }: ReadDatabase, { name, holder }: Lease): Promise<void> => {
  await db.updateTable('leases').set({ expires_at: 0 }).where('name', '=', name).where('holder', '=', holder).execute();
};
