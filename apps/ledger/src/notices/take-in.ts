/** Reads the notices from the log: one subscription, with a checkpoint of its own. */
import { ACCOUNT_EVENTS, decode, subscribeAll, type EventStore, type RecordedEvent } from '@ledger/event-store';
import {
  noticeCheckpoint,
  Overtaken,
  placeNoticeCheckpoint,
  takeInNotices,
  type IssuedNotice,
  type NoticeCheckpoint,
  type ReadDatabase,
  type Turn,
} from '@ledger/read-models';
import { accountStream } from '@ledger/domain';

/** A batch without a notice need not be remembered at once: reading it again costs little and delivers nothing. */
const REMEMBER_MS = 1000;

export type Log = {
  readonly database: ReadDatabase;
  readonly store: EventStore;
  /** Asks the store who it is; throws a StoreError. */
  readonly storeId: () => Promise<string>;
};

/** Where the log was read to; its end when it never was, for nobody wants the notices of the past. */
export const placeCheckpoint = async ({ database, store, storeId }: Log): Promise<NoticeCheckpoint> => {
  const id = await storeId();
  const known = await noticeCheckpoint(database);
  if (known === null) {
    await placeNoticeCheckpoint(database, { storeId: id, position: (await store.head()) ?? 'start' });
    return placeCheckpoint({ database, store, storeId });
  }
  if (known.storeId === id) return known;
  throw new Error(
    `the notices of this database are those of the store ${known.storeId}, the store is ${id}: none is delivered. ` +
      'Point the service at the pair that belongs together.',
  );
};

/** Every notice becomes rows to be delivered, until the turn is over. Resolves then, and never rejects. */
export const takeIn = async (log: Log, turn: Turn, onTrouble: (error: unknown) => void): Promise<void> => {
  let checkpoint: NoticeCheckpoint | null = null;
  let rememberedAt = -Infinity;
  const subscription = subscribeAll({
    store: log.store,
    prefixes: [accountStream('')],
    maxBatch: log.database.mostEventsPerBatch,
    checkpoint: async () => (checkpoint = await placeCheckpoint(log)).position,
    handle: async ({ events, position }) => {
      const notices = events.flatMap(noticeOf);
      if (checkpoint === null) return undefined;
      if (notices.length === 0 && performance.now() - rememberedAt < REMEMBER_MS) return undefined;
      try {
        await takeInNotices(log.database, turn, notices, { ...checkpoint, position });
      } catch (error) {
        if (error instanceof Overtaken) return 'stop';
        throw error;
      }
      rememberedAt = performance.now();
      return undefined;
    },
    onTrouble: ({ error }) => onTrouble(error),
  });
  const stop = (): void => void subscription.stop();
  turn.signal.addEventListener('abort', stop);
  if (turn.signal.aborted) stop();
  await subscription.ended;
  turn.signal.removeEventListener('abort', stop);
};

/** What cannot be read has put its account into quarantine, where it is seen to. */
const noticeOf = (recorded: RecordedEvent): readonly IssuedNotice[] => {
  if (recorded.type !== 'NoticeIssued') return [];
  const decoded = decode(ACCOUNT_EVENTS, recorded);
  if (decoded.kind === 'unreadable' || decoded.event.type !== 'NoticeIssued') return [];
  return [{ eventId: recorded.id, issued: decoded.event }];
};
