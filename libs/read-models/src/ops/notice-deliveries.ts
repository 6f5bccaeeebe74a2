/**
 * What became of each notice, on each way that it goes out by; and how far the log was read for them. Nothing of this is in
 * the store, so it is not rebuilt. There are no addresses here: they are looked up when a notice is delivered.
 */
import type { NoticeIssued, NoticeVoid } from '@ledger/domain';
import { parsePosition, positionText, type Position } from '@ledger/event-store';
import { sql, type Selectable } from 'kysely';
import type { ReadDatabase } from '../database.js';
import type { Turn } from '../one-at-a-time.js';
import type { Whole } from '../tables.js';

export const NOTICE_CHANNELS = ['email', 'sms'] as const;
export type NoticeChannelName = (typeof NOTICE_CHANNELS)[number];

/** `dead`: tried in vain, and not tried again unless somebody asks. */
export const DELIVERY_STATES = ['pending', 'sent', 'skipped', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why a notice is not delivered at all. */
export type SkipReason = NoticeVoid | 'too-old' | 'no-contact' | 'no-address';

export type NoticeDeliveryRow = {
  delivery_id: string;
  /** The message's id, on whichever way: whoever gets it twice knows it again. */
  event_id: string;
  channel: NoticeChannelName;
  account_id: string;
  app_id: string | null;
  notice: NoticeIssued['notice'];
  days_left: number | null;
  effective_at: string;
  state: DeliveryState;
  /** Why it was skipped; of others how the last attempt failed. */
  reason: string | null;
  /** What it was sent with: `smtp`, or `log` where nothing else is set up. */
  via: string | null;
  /** Counted before each, so that one that ends the process counts too. */
  attempts: number;
  /** Milliseconds of the database's clock. */
  next_attempt_at: Whole;
  /** When it was sent, skipped or given up, by the service's clock. */
  settled_at: string | null;
};

export type NoticeTables = {
  ops_notice_deliveries: NoticeDeliveryRow;
  /** One row; `position` is empty at the start of the log. */
  ops_notice_checkpoint: { id: 1; store_id: string; position: string };
};

export type NoticeDelivery = {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly channel: NoticeChannelName;
  readonly accountId: string;
  readonly appId: string | null;
  readonly notice: NoticeIssued['notice'];
  readonly daysLeft: number | null;
  readonly effectiveAt: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly via: string | null;
  readonly attempts: number;
  readonly settledAt: string | null;
};

export const deliveryOf = (row: Selectable<NoticeDeliveryRow>): NoticeDelivery => ({
  deliveryId: row.delivery_id,
  eventId: row.event_id,
  channel: row.channel,
  accountId: row.account_id,
  appId: row.app_id,
  notice: row.notice,
  daysLeft: row.days_left,
  effectiveAt: row.effective_at,
  state: row.state,
  reason: row.reason,
  via: row.via,
  attempts: row.attempts,
  settledAt: row.settled_at,
});

export type NoticeCheckpoint = { readonly storeId: string; readonly position: Position | 'start' };

/** Null when no notice was ever waited for here. */
export const noticeCheckpoint = async ({ db }: ReadDatabase): Promise<NoticeCheckpoint | null> => {
  const row = await db.selectFrom('ops_notice_checkpoint').selectAll().executeTakeFirst();
  return row ? { storeId: row.store_id, position: parsePosition(row.position) ?? 'start' } : null;
};

const columnsAt = ({ storeId, position }: NoticeCheckpoint) => ({
  store_id: storeId,
  position: position === 'start' ? '' : positionText(position),
});

/** The first; one that is there stays. */
export const placeNoticeCheckpoint = async ({ db }: ReadDatabase, checkpoint: NoticeCheckpoint): Promise<void> => {
  await db
    .insertInto('ops_notice_checkpoint')
    .values({ id: 1, ...columnsAt(checkpoint) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
};

export type IssuedNotice = { readonly eventId: string; readonly issued: NoticeIssued };

/** Notices that were read from the log, each to be delivered on every way, and where the log was read to; all or nothing. */
export const takeInNotices = async (
  { db, now }: ReadDatabase,
  { hold }: Turn,
  notices: readonly IssuedNotice[],
  checkpoint: NoticeCheckpoint,
): Promise<void> => {
  const rows = notices.flatMap(({ eventId, issued }) =>
    NOTICE_CHANNELS.map((channel) => ({
      delivery_id: `${eventId}-${channel}`,
      event_id: eventId,
      channel,
      account_id: issued.accountId,
      app_id: issued.appId ?? null,
      notice: issued.notice,
      days_left: issued.daysLeft ?? null,
      effective_at: issued.effectiveAt,
      state: 'pending' as const,
      attempts: 0,
      next_attempt_at: now,
    })),
  );
  await db.transaction().execute(async (transaction) => {
    await hold(transaction);
    if (rows.length > 0)
      await transaction
        .insertInto('ops_notice_deliveries')
        .values(rows)
        .onConflict((conflict) => conflict.column('delivery_id').doNothing())
        .execute();
    await transaction.updateTable('ops_notice_checkpoint').set(columnsAt(checkpoint)).execute();
  });
};

/** What is to be tried now, the longest due first. */
export const dueDeliveries = async ({ db, now }: ReadDatabase, limit: number): Promise<readonly NoticeDelivery[]> => {
  const rows = await db
    .selectFrom('ops_notice_deliveries')
    .selectAll()
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .orderBy('effective_at')
    .orderBy('delivery_id')
    .limit(limit)
    .execute();
  return rows.map(deliveryOf);
};

/** What changes in a row between two attempts, or at the last. */
export type DeliveryChange =
  | { readonly kind: 'attempt'; readonly waitMs: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'sent'; readonly via: string; readonly at: string }
  | { readonly kind: 'skipped'; readonly reason: SkipReason; readonly at: string }
  | { readonly kind: 'dead'; readonly reason: string; readonly at: string };

/** Throws `Overtaken` when another delivers by now. */
export const changeDelivery = async (
  { db, now }: ReadDatabase,
  { hold }: Turn,
  deliveryId: string,
  change: DeliveryChange,
): Promise<void> => {
  await db.transaction().execute(async (transaction) => {
    await hold(transaction);
    await transaction
      .updateTable('ops_notice_deliveries')
      .set(columnsOf(change, now))
      .where('delivery_id', '=', deliveryId)
      .where('state', '=', 'pending')
      .execute();
  });
};

const columnsOf = (change: DeliveryChange, now: ReadDatabase['now']) => {
  switch (change.kind) {
    case 'attempt':
      return {
        attempts: sql<number>`attempts + 1`,
        next_attempt_at: sql<number>`${now} + ${sql.lit(Math.round(change.waitMs))}`,
      };
    case 'failed':
      return { reason: change.reason };
    case 'sent':
      return { state: change.kind, reason: null, via: change.via, settled_at: change.at };
    case 'skipped':
    case 'dead':
      return { state: change.kind, reason: change.reason, settled_at: change.at };
  }
};

/** Those that need nobody any more are kept for so long. */
const KEPT_MS = 30 * 86_400_000;
const FORGOTTEN_AT_ONCE = 500;

/** A few that were sent or skipped long ago; those that were given up stay. Throws `Overtaken`. */
export const forgetDeliveries = async ({ db, now }: ReadDatabase, { hold }: Turn): Promise<void> => {
  const old = db
    .selectFrom('ops_notice_deliveries')
    .select('delivery_id')
    .where('state', 'in', ['sent', 'skipped'])
    .where('next_attempt_at', '<', sql<number>`${now} - ${sql.lit(KEPT_MS)}`)
    .limit(FORGOTTEN_AT_ONCE);
  if (!(await old.limit(1).executeTakeFirst())) return;
  await db.transaction().execute(async (transaction) => {
    await hold(transaction);
    await transaction.deleteFrom('ops_notice_deliveries').where('delivery_id', 'in', old).execute();
  });
};
