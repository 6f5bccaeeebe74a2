import type { NoticeIssued } from '@ledger/domain';
import { sql } from 'kysely';
import type { ReadDatabase } from '../database.js';
import { holdLease, takeLease } from '../lease.js';
import type { Turn } from '../one-at-a-time.js';
import { DATABASES, testDatabase } from '../testing/databases.js';
import { countUnsent, deliveriesPage, retryDelivery } from './delivery-lists.js';
import {
  changeDelivery,
  dueDeliveries,
  forgetDeliveries,
  noticeCheckpoint,
  placeNoticeCheckpoint,
  takeInNotices,
  type DeliveryChange,
  type IssuedNotice,
} from './notice-deliveries.js';

const closing = new AsyncDisposableStack();
afterAll(() => closing.disposeAsync());

const lease = { name: 'notices', holder: 'spec' } as const;
const at = '2024-08-25T02:00:05Z';
const START = { storeId: 'store-1', position: 'start' } as const;
const position = { commit: 9_007_199_254_740_995n, prepare: 9_007_199_254_740_993n };
const THERE = { storeId: 'store-1', position };

const issued = (n: number, more: Partial<NoticeIssued> = {}): IssuedNotice => ({
  eventId: `event-${n}`,
  issued: {
    type: 'NoticeIssued',
    accountId: 'a1',
    appId: 'p1',
    notice: 'expiry',
    daysLeft: n,
    effectiveAt: `2024-08-25T02:00:0${n}Z`,
    ...more,
  },
});

type Opened = { readonly database: ReadDatabase; readonly turn: Turn };

describe.each(DATABASES)('%s', (kind) => {
  const open = async (): Promise<Opened> => {
    const database = await (await testDatabase(kind, closing)).open();
    await takeLease(database, lease, 'when-free');
    const hold: Turn['hold'] = (transaction) => holdLease(transaction, database, lease);
    await placeNoticeCheckpoint(database, START);
    return { database, turn: { lease, signal: new AbortController().signal, hold } };
  };
  const change = ({ database, turn }: Opened, id: string, ...changes: readonly DeliveryChange[]): Promise<void> =>
    changes.reduce((done, each) => done.then(() => changeDelivery(database, turn, id, each)), Promise.resolve());
  const idsDue = async ({ database }: Opened): Promise<readonly string[]> =>
    (await dueDeliveries(database, 10)).map(({ deliveryId }) => deliveryId);
  const one = async ({ database }: Opened, id: string) => {
    const page = await deliveriesPage(database, { state: null, accountId: null }, { after: null, limit: 100 });
    if (page === 'wrong-cursor') throw new Error(page);
    return page.items.find(({ deliveryId }) => deliveryId === id);
  };

  it('keeps the first checkpoint until notices move it; positions pass 2^53', async () => {
    const { database, turn } = await open();
    await placeNoticeCheckpoint(database, THERE);
    expect(await noticeCheckpoint(database)).toEqual(START);
    await takeInNotices(database, turn, [], THERE);
    expect(await noticeCheckpoint(database)).toEqual(THERE);
  });

  it('takes a notice in once, for every way, however often it is read', async () => {
    const opened = await open();
    const { database, turn } = opened;
    await takeInNotices(database, turn, [issued(1)], THERE);
    await change(opened, 'event-1-sms', { kind: 'sent', via: 'log', at });
    await takeInNotices(database, turn, [issued(1), issued(2, { notice: 'arrears' })], THERE);
    expect(await idsDue(opened)).toEqual(['event-1-email', 'event-2-email', 'event-2-sms']);
    expect(await one(opened, 'event-1-email')).toEqual({
      deliveryId: 'event-1-email',
      eventId: 'event-1',
      channel: 'email',
      accountId: 'a1',
      appId: 'p1',
      notice: 'expiry',
      daysLeft: 1,
      effectiveAt: '2024-08-25T02:00:01Z',
      state: 'pending',
      reason: null,
      via: null,
      attempts: 0,
      settledAt: null,
    });
    expect(await one(opened, 'event-2-email')).toMatchObject({ notice: 'arrears', daysLeft: 2 });
  });

  it('writes neither notices nor checkpoint, nor an outcome, once another has taken over', async () => {
    const opened = await open();
    const { database, turn } = opened;
    await takeInNotices(database, turn, [issued(1)], START);
    await takeLease(database, { ...lease, holder: 'another' }, 'by-force');
    const overtaken = { name: 'Overtaken' };
    await expect(takeInNotices(database, turn, [issued(2)], THERE)).rejects.toMatchObject(overtaken);
    await expect(change(opened, 'event-1-sms', { kind: 'sent', via: 'log', at })).rejects.toMatchObject(overtaken);
    expect(await noticeCheckpoint(database)).toEqual(START);
    expect(await idsDue(opened)).toEqual(['event-1-email', 'event-1-sms']);
  });

  it('an attempt counts before it is made, and the next one waits', async () => {
    const opened = await open();
    await takeInNotices(opened.database, opened.turn, [issued(1)], THERE);
    await change(opened, 'event-1-email', { kind: 'attempt', waitMs: 60_000 }, { kind: 'failed', reason: 'smtp 451' });
    expect(await one(opened, 'event-1-email')).toMatchObject({ state: 'pending', attempts: 1, reason: 'smtp 451' });
    expect(await idsDue(opened)).toEqual(['event-1-sms']);
    await change(opened, 'event-1-email', { kind: 'attempt', waitMs: 0 });
    expect(await idsDue(opened)).toContain('event-1-email');
  });

  it('what is settled stays so', async () => {
    const opened = await open();
    await takeInNotices(opened.database, opened.turn, [issued(1), issued(2)], THERE);
    await change(opened, 'event-1-email', { kind: 'sent', via: 'smtp', at }, { kind: 'dead', reason: 'late', at });
    await change(opened, 'event-1-sms', { kind: 'skipped', reason: 'no-address', at });
    await change(opened, 'event-2-email', { kind: 'dead', reason: 'smtp 550', at });
    expect(await one(opened, 'event-1-email')).toMatchObject({
      state: 'sent',
      via: 'smtp',
      reason: null,
      settledAt: at,
    });
    expect(await one(opened, 'event-1-sms')).toMatchObject({ state: 'skipped', reason: 'no-address', settledAt: at });
    expect(await one(opened, 'event-2-email')).toMatchObject({ state: 'dead', reason: 'smtp 550', settledAt: at });
    expect(await idsDue(opened)).toEqual(['event-2-sms']);
    expect(await countUnsent(opened.database)).toEqual({ pending: 1, dead: 1 });
  });

  it('what was given up or skipped is tried again from the beginning, the rest is not', async () => {
    const opened = await open();
    const { database, turn } = opened;
    await takeInNotices(database, turn, [issued(1), issued(2)], THERE);
    await change(opened, 'event-1-email', { kind: 'attempt', waitMs: 60_000 }, { kind: 'dead', reason: 'x', at });
    await change(opened, 'event-1-sms', { kind: 'skipped', reason: 'no-contact', at });
    await change(opened, 'event-2-email', { kind: 'sent', via: 'log', at });
    expect(await retryDelivery(database, 'event-1-email')).toBe('queued');
    expect(await one(opened, 'event-1-email')).toMatchObject({ attempts: 0, reason: null, settledAt: null });
    expect(await retryDelivery(database, 'event-1-sms')).toBe('queued');
    expect(await retryDelivery(database, 'event-2-email')).toBe('already-sent');
    expect(await retryDelivery(database, 'event-2-sms')).toBe('already-pending');
    expect(await retryDelivery(database, 'event-3-sms')).toBe('unknown');
    expect([...(await idsDue(opened))].toSorted()).toEqual(['event-1-email', 'event-1-sms', 'event-2-sms']);
  });

  it('forgets after 30 days what was sent or skipped, and nothing else', async () => {
    const opened = await open();
    const { database, turn } = opened;
    await takeInNotices(database, turn, [issued(1), issued(2), issued(3)], THERE);
    await change(opened, 'event-1-email', { kind: 'sent', via: 'log', at });
    await change(opened, 'event-1-sms', { kind: 'skipped', reason: 'no-contact', at });
    await change(opened, 'event-2-email', { kind: 'dead', reason: 'x', at });
    await change(opened, 'event-2-sms', { kind: 'sent', via: 'log', at });
    const days = (n: number) => ({ next_attempt_at: sql<number>`${database.now} - ${sql.lit(n * 86_400_000)}` });
    const table = database.db.updateTable('ops_notice_deliveries');
    await table.set(days(31)).where('delivery_id', '!=', 'event-2-sms').execute();
    await table.set(days(29)).where('delivery_id', '=', 'event-2-sms').execute();
    await forgetDeliveries(database, turn);
    const left = await deliveriesPage(database, { state: null, accountId: null }, { after: null, limit: 100 });
    if (left === 'wrong-cursor') throw new Error(left);
    expect(left.items.map(({ deliveryId }) => deliveryId)).toEqual([
      'event-2-email',
      'event-2-sms',
      'event-3-email',
      'event-3-sms',
    ]);
  });

  it('pages by state and account, the oldest first', async () => {
    const opened = await open();
    const { database, turn } = opened;
    await takeInNotices(database, turn, [issued(3), issued(1), issued(2, { accountId: 'a2' })], THERE);
    await change(opened, 'event-1-sms', { kind: 'dead', reason: 'x', at });
    const of = (state: 'pending' | 'dead' | null, accountId: string | null) => ({ state, accountId });
    const first = await deliveriesPage(database, of('pending', 'a1'), { after: null, limit: 2 });
    if (first === 'wrong-cursor') throw new Error(first);
    expect(first.items.map(({ deliveryId }) => deliveryId)).toEqual(['event-1-email', 'event-3-email']);
    const second = await deliveriesPage(database, of('pending', 'a1'), { after: first.next, limit: 2 });
    expect(second).toMatchObject({ items: [{ deliveryId: 'event-3-sms' }], next: null });
    const dead = await deliveriesPage(database, of('dead', null), { after: null, limit: 2 });
    expect(dead).toMatchObject({ items: [{ deliveryId: 'event-1-sms' }], next: null });
  });
});
