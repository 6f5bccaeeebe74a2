import { sql } from 'kysely';
import type { ReadDatabase } from '../database.js';
import { DATABASES, testDatabase } from '../testing/databases.js';
import {
  batchStatus,
  BatchTaken,
  keepResults,
  releaseBatch,
  resultsOf,
  takeBatch,
  type BatchResult,
} from './batches.js';

const batch = (batchId: string) => ({ batchId, bodyHash: 'h1', items: 3, begunAt: '2024-08-01T02:00:00Z' });
const done = { item: 0, status: 201, stream: 'account-a1', first: 4n, last: 12n } as const;
const refused: BatchResult = { item: 2, status: 422, answer: '{"refusal":"TermRunning"}' };

describe.each(DATABASES)('batches on %s', (kind) => {
  const closing = new AsyncDisposableStack();
  let database: ReadDatabase;
  beforeAll(async () => {
    database = await (await testDatabase(kind, closing)).open();
  });
  afterAll(() => closing.disposeAsync());

  const take = (batchId: string, holder: string, more: object = {}) =>
    takeBatch(database, { ...batch(batchId), ...more }, holder, 'when-free');

  it('have one holder at a time, and the next one when that lets go', async () => {
    expect(await take('b1', 'first')).toBe('taken');
    expect(await take('b1', 'second')).toBe('held');
    await releaseBatch(database, 'b1', 'second');
    expect(await take('b1', 'second')).toBe('held');
    await releaseBatch(database, 'b1', 'first');
    expect(await take('b1', 'second')).toBe('taken');
  });

  it('go to the next holder when theirs has given no sign of life, and keep nothing more of it', async () => {
    await take('b2', 'first');
    await sql`update ops_batches set expires_at = 1 where batch_id = 'b2'`.execute(database.db);
    expect(await batchStatus(database, 'b2')).toMatchObject({ isRunning: false });
    expect(await take('b2', 'second')).toBe('taken');
    await expect(keepResults(database, 'b2', 'first', [done])).rejects.toThrow(BatchTaken);
    expect((await resultsOf(database, 'b2')).size).toBe(0);
  });

  it('are taken by force where nobody else can be alive', async () => {
    await take('b3', 'first');
    expect(await takeBatch(database, batch('b3'), 'second', 'by-force')).toBe('taken');
  });

  it('stand for one body', async () => {
    await take('b4', 'first');
    await releaseBatch(database, 'b4', 'first');
    expect(await take('b4', 'first', { bodyHash: 'h2' })).toBe('other-body');
  });

  it('keep the first result of each item, and say how many there are', async () => {
    await take('b5', 'first');
    await keepResults(database, 'b5', 'first', [done, refused]);
    await keepResults(database, 'b5', 'first', [{ item: 2, status: 201, answer: '{}' }]);
    await keepResults(database, 'b5', 'first', []);
    expect(await resultsOf(database, 'b5')).toEqual(
      new Map<number, BatchResult>([
        [0, done],
        [2, refused],
      ]),
    );
    const { batchId, items, begunAt } = batch('b5');
    expect(await batchStatus(database, 'b5')).toEqual({
      batchId,
      items,
      begunAt,
      isRunning: true,
      decided: new Map([
        [201, 1],
        [422, 1],
      ]),
    });
    expect(await batchStatus(database, 'none')).toBeNull();
  });
});
