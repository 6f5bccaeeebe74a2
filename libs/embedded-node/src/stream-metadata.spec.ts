import { BACKWARDS, END, type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { EventLog } from './log/event-log.js';
import { append, systemEvent } from './log/commands.js';
import { Pages } from './log/pages.js';
import { visibleRange } from './serve/visible.js';
import { allEvents, event, events, Harness, idsOf, PLAIN, revisionsOf } from '../test/harness.js';

const harness = new Harness();
let client: EventStoreDBClient;

beforeEach(async () => {
  client = await harness.connected();
});
afterEach(() => harness.dispose());

const MISSING = { type: 'stream-not-found' };
const DELETED = { type: 'stream-deleted' };

const inAll = async (stream: string): Promise<number> =>
  (await allEvents(client)).filter(({ event: recorded }) => recorded?.streamId === stream).length;

describe('stream metadata', () => {
  it('show the last events only by $maxCount, also of events still to come', async () => {
    await client.setStreamMetadata('s', { maxCount: 2 }, PLAIN);
    await client.appendToStream('s', events(5), { ...PLAIN, expectedRevision: NO_STREAM });
    expect(await revisionsOf(client, 's')).toEqual([3, 4]);
    expect(await revisionsOf(client, 's', { direction: BACKWARDS, fromRevision: END })).toEqual([4, 3]);
    await client.appendToStream('s', event(), PLAIN);
    expect(await revisionsOf(client, 's')).toEqual([4, 5]);
    expect(await inAll('s')).toBe(6);
  });

  it('hide what is before $tb; a stream of which all is hidden is there, and empty', async () => {
    await client.appendToStream('s', events(5), PLAIN);
    await client.setStreamMetadata('s', { truncateBefore: 3 });
    expect(await revisionsOf(client, 's')).toEqual([3, 4]);
    expect(await revisionsOf(client, 's', { fromRevision: 1n, maxCount: 1 })).toEqual([3]);
    await client.setStreamMetadata('s', { truncateBefore: 100 });
    expect(await revisionsOf(client, 's')).toEqual([]);
  });

  it('hide what is older than $maxAge', () => {
    const log = new EventLog(':memory:');
    const now = Date.now();
    const write = (stream: string, type: string, json: string, created: number): unknown =>
      log.transaction(() => append(log, { stream, expected: 'any' }, [systemEvent(type, json)], created));
    write('s', 'Old', '{}', now - 3_600_000);
    write('s', 'New', '{}', now - 60_000);
    write('$$s', '$metadata', '{"$maxAge":1800}', now);
    const range = visibleRange(log.stream('s'));
    const page = range === undefined ? [] : new Pages(log.db).ofStream(range, false, 10);
    expect(page.map(({ revision }) => revision)).toEqual([1]);
    log.close();
  });

  it('are read back as they were set; the newest only', async () => {
    await client.setStreamMetadata('s', { maxCount: 2, owner: 'me' });
    await client.setStreamMetadata('s', { maxCount: 3, owner: 'you' });
    expect((await client.getStreamMetadata('s')).metadata).toEqual({ maxCount: 3, owner: 'you' });
    expect(await idsOf(client, '$$s')).toHaveLength(1);
    expect((await client.getStreamMetadata('none')).metadata).toBeUndefined();
  });

  it('that make no sense hide nothing', async () => {
    await client.appendToStream('s', events(2), PLAIN);
    await client.appendToStream('$$s', event('$metadata', undefined, { $maxCount: 'one', $tb: -1 }), PLAIN);
    expect(await revisionsOf(client, 's')).toEqual([0, 1]);
  });

  it('hold after a restart', async () => {
    const path = harness.folder();
    const node = await harness.node({ path });
    const before = harness.client(node);
    await before.appendToStream('s', events(5), PLAIN);
    await before.setStreamMetadata('s', { maxCount: 2 });
    await before.appendToStream('gone', events(2), PLAIN);
    await before.deleteStream('gone');
    await before.appendToStream('dead', events(2), PLAIN);
    await before.tombstoneStream('dead');
    await before.dispose();
    await node.stop();
    const after = harness.client(await harness.node({ path }));
    expect(await revisionsOf(after, 's')).toEqual([3, 4]);
    await expect(idsOf(after, 'gone')).rejects.toMatchObject(MISSING);
    await expect(idsOf(after, 'dead')).rejects.toMatchObject(DELETED);
  });
});

describe('a deleted stream', () => {
  it('is absent for readers of the stream, not for readers of $all', async () => {
    await client.appendToStream('s', events(3), PLAIN);
    const { position } = await client.deleteStream('s', { expectedRevision: 2n });
    await expect(idsOf(client, 's')).rejects.toMatchObject(MISSING);
    expect(await inAll('s')).toBe(3);
    const [metadata] = (await allEvents(client)).slice(-1);
    expect(metadata?.event).toMatchObject({ streamId: '$$s', type: '$metadata', position });
  });

  it('shows only what came after when it is begun again, as often as that happens', async () => {
    for (let round = 0; round < 3; round += 1) {
      const again = events(2);
      await client.appendToStream('s', again, { ...PLAIN, expectedRevision: NO_STREAM });
      expect(await idsOf(client, 's')).toEqual(again.map(({ id }) => id));
      expect(await revisionsOf(client, 's')).toEqual([round * 2, round * 2 + 1]);
      await client.deleteStream('s');
    }
  });

  it('may be deleted again, or before it is there', async () => {
    await client.deleteStream('s');
    await client.deleteStream('s');
    await client.appendToStream('s', events(2), { ...PLAIN, expectedRevision: NO_STREAM });
    expect(await revisionsOf(client, 's')).toEqual([0, 1]);
  });

  it('is not deleted at a wrong revision', async () => {
    await client.appendToStream('strömung', events(3), PLAIN);
    await expect(client.deleteStream('strömung', { expectedRevision: 1n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      expectedVersion: 1n,
      actualVersion: 2n,
    });
    await expect(client.deleteStream('none', { expectedRevision: 1n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 'no_stream',
    });
    expect(await revisionsOf(client, 'strömung')).toHaveLength(3);
  });
});

describe('a tombstoned stream', () => {
  it('is gone for ever, and its metadata with it', async () => {
    await client.appendToStream('s', events(3), PLAIN);
    await client.tombstoneStream('s', { expectedRevision: 2n });
    await expect(idsOf(client, 's')).rejects.toMatchObject(DELETED);
    await expect(client.appendToStream('s', event(), PLAIN)).rejects.toMatchObject(DELETED);
    await expect(client.setStreamMetadata('s', { maxCount: 1 })).rejects.toMatchObject(DELETED);
    await expect(client.deleteStream('s')).rejects.toMatchObject(DELETED);
    await expect(client.tombstoneStream('s')).rejects.toMatchObject(DELETED);
  });

  it('ends with an event in $all whose revision is beyond 2^53', async () => {
    await client.tombstoneStream('s', { expectedRevision: NO_STREAM });
    const [last] = (await allEvents(client)).slice(-1);
    expect(last?.event).toMatchObject({ streamId: 's', type: '$streamDeleted', revision: 2n ** 63n - 1n });
  });

  it('is not made at a wrong revision, nor of metadata', async () => {
    await expect(client.tombstoneStream('s', { expectedRevision: 1n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
    await expect(client.tombstoneStream('$$s')).rejects.toMatchObject({ code: 3 });
    await expect(client.deleteStream('')).rejects.toMatchObject({ code: 3 });
  });
});
