import { randomUUID } from 'node:crypto';
import {
  ANY,
  type AppendExpectedRevision,
  type EventData,
  type EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  STREAM_EXISTS,
} from '@eventstore/db-client';
import { allEvents, event, events, Harness, idsOf, PLAIN } from '../test/harness.js';

const harness = new Harness();
afterEach(() => harness.dispose());

/** Both ways the client appends; they differ on the wire, and in how refusals travel. */
describe.each([
  ['one by one', PLAIN],
  ['in batches', {}],
])('appending %s', (_way, way) => {
  let client: EventStoreDBClient;

  const append = (
    stream: string,
    what: EventData | EventData[],
    expectedRevision: AppendExpectedRevision = ANY,
  ): ReturnType<EventStoreDBClient['appendToStream']> =>
    client.appendToStream(stream, what, { ...way, expectedRevision });

  const conflict = (
    streamName: string,
    expectedVersion: AppendExpectedRevision,
    actualVersion: bigint | 'no_stream',
  ) => ({
    type: 'wrong-expected-version',
    streamName,
    expectedVersion,
    actualVersion,
  });

  const softDeleted = async (stream: string): Promise<string> => {
    await append(stream, events(3));
    await client.deleteStream(stream);
    return stream;
  };

  beforeEach(async () => {
    client = await harness.connected();
  });

  it('answers the last revision and its position', async () => {
    const first = await append('s', events(2), NO_STREAM);
    const second = await append('s', event(), 1n);
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(second).toMatchObject({ success: true, nextExpectedRevision: 2n });
    const stored = (await allEvents(client)).filter(({ event: recorded }) => recorded?.streamId === 's');
    expect(stored.map(({ event: recorded }) => recorded?.position).slice(1)).toEqual([first.position, second.position]);
  });

  it('keeps what it was given', async () => {
    const given = jsonEvent({ type: 'Größer', data: { text: '价值 ✓', list: [1, null] }, metadata: { clé: 'ü' } });
    await append('ström-价', given);
    const [stored] = (await allEvents(client)).slice(-1);
    expect(stored?.event).toMatchObject({
      id: given.id,
      type: given.type,
      data: given.data,
      metadata: given.metadata,
      streamId: 'ström-价',
      revision: 0n,
      isJson: true,
    });
    expect(Math.abs(Date.now() - (stored?.event?.created.getTime() ?? 0))).toBeLessThan(60_000);
  });

  describe('any', () => {
    it('appends to whatever is there', async () => {
      await append('s', event());
      await expect(append('s', event())).resolves.toMatchObject({ nextExpectedRevision: 1n });
    });

    it('answers a repetition as the first time', async () => {
      const batch = events(2);
      const first = await append('s', batch);
      await append('s', events(3));
      await expect(append('s', batch)).resolves.toEqual(first);
      expect(await idsOf(client, 's')).toHaveLength(5);
    });

    it('refuses a batch of which only the first part is known', async () => {
      const known = event();
      await append('s', known);
      await expect(append('s', [known, event()])).rejects.toMatchObject(conflict('s', ANY, 0n));
      expect(await idsOf(client, 's')).toEqual([known.id]);
    });

    it('begins a deleted stream again', async () => {
      await expect(append(await softDeleted('s'), event())).resolves.toMatchObject({ nextExpectedRevision: 3n });
    });

    it('finds a tombstoned stream deleted', async () => {
      await append('s', event());
      await client.tombstoneStream('s');
      await expect(append('s', event())).rejects.toMatchObject({ type: 'stream-deleted', streamName: 's' });
    });
  });

  describe('exists', () => {
    it('appends where there are events', async () => {
      await append('s', event());
      await expect(append('s', event(), STREAM_EXISTS)).resolves.toMatchObject({ nextExpectedRevision: 1n });
    });

    it('refuses where there never were any', async () => {
      await expect(append('s', event(), STREAM_EXISTS)).rejects.toMatchObject(
        conflict('s', STREAM_EXISTS, 'no_stream'),
      );
    });

    it('finds a deleted stream deleted', async () => {
      await expect(append(await softDeleted('s'), event(), STREAM_EXISTS)).rejects.toMatchObject({
        type: 'stream-deleted',
      });
    });

    it('answers a repetition as the first time', async () => {
      const batch = events(2);
      const first = await append('s', batch);
      await expect(append('s', batch, STREAM_EXISTS)).resolves.toEqual(first);
    });
  });

  describe('no stream', () => {
    it('refuses where there are events', async () => {
      await append('s', events(3));
      await expect(append('s', event(), NO_STREAM)).rejects.toMatchObject(conflict('s', NO_STREAM, 2n));
    });

    it('answers a repetition as the first time, whatever came behind it', async () => {
      const batch = events(2);
      const first = await append('s', batch, NO_STREAM);
      await append('s', event(), 1n);
      await expect(append('s', batch, NO_STREAM)).resolves.toEqual(first);
      expect(await idsOf(client, 's')).toHaveLength(3);
    });

    it('begins a deleted stream again and continues its revisions', async () => {
      const again = event();
      const stream = await softDeleted('s');
      await expect(append(stream, again, NO_STREAM)).resolves.toMatchObject({ nextExpectedRevision: 3n });
      expect(await idsOf(client, stream)).toEqual([again.id]);
    });
  });

  describe('a revision', () => {
    it('answers a repetition as the first time', async () => {
      await append('s', event());
      const batch = events(2);
      const first = await append('s', batch, 0n);
      await append('s', event(), 2n);
      await expect(append('s', batch, 0n)).resolves.toEqual(first);
    });

    it.each([
      ['behind', 0n],
      ['ahead', 5n],
    ])('refuses one that is %s', async (_where, revision) => {
      await append('s', events(3));
      await expect(append('s', event(), revision)).rejects.toMatchObject(conflict('s', revision, 2n));
    });

    it('refuses any where there is no stream', async () => {
      await expect(append('s', event(), 0n)).rejects.toMatchObject(conflict('s', 0n, 'no_stream'));
    });

    it('compares ids and not data', async () => {
      const id = randomUUID();
      await append('s', event('Happened', id, { n: 1 }), NO_STREAM);
      await expect(append('s', event('Happened', id, { n: 2 }), NO_STREAM)).resolves.toMatchObject({ success: true });
      expect(await idsOf(client, 's')).toEqual([id]);
    });
  });

  it('has room for one megabyte of data and metadata', async () => {
    const sized = (size: number): EventData => jsonEvent({ type: 'Large', data: 'x'.repeat(size - 2) });
    await append('s', sized(1024 * 1024));
    const tooLarge = { type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 };
    await expect(append('s', sized(1024 * 1024 + 1))).rejects.toMatchObject(tooLarge);
    await expect(append('s', sized(6 * 1024 * 1024))).rejects.toMatchObject(tooLarge);
    await expect(append('s', [sized(600_000), event(), sized(600_000)])).rejects.toMatchObject(tooLarge);
    expect(await idsOf(client, 's')).toHaveLength(1);
  });

  it.each([
    ['a stream without a name', '', event()],
    ['an event without a type', 's', event('')],
    ['an id that is none', 's', event('Happened', 'none')],
  ])('refuses %s', async (_what, stream, what) => {
    await expect(append(stream, what)).rejects.toMatchObject({ type: 'unknown' });
    await expect(append('s', event())).resolves.toMatchObject({ nextExpectedRevision: 0n });
  });

  it('lets exactly one of many win at a revision, and keeps the batch of each whole', async () => {
    const batches = Array.from({ length: 40 }, () => events(3));
    const outcomes = await Promise.allSettled(batches.map((batch) => append('s', batch, NO_STREAM)));
    const winners = batches.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect(await idsOf(client, 's')).toEqual(winners[0]?.map(({ id }) => id));
  });

  it('keeps order and number under many appends at a time', async () => {
    const writers = Array.from({ length: 20 }, (_, writer) => `w-${writer}`);
    await Promise.all(
      writers.map(async (stream) => {
        for (let revision = 0; revision < 25; revision += 1) {
          const expected = revision === 0 ? NO_STREAM : BigInt(revision - 1);
          const { nextExpectedRevision } = await append(stream, event(), expected);
          expect(nextExpectedRevision).toBe(BigInt(revision));
        }
      }),
    );
    const positions = (await allEvents(client)).map(({ event: recorded }) => recorded?.position?.commit ?? 0n);
    expect(positions.filter((position, index) => position <= (positions[index - 1] ?? -1n))).toEqual([]);
    for (const stream of writers) expect(await idsOf(client, stream)).toHaveLength(25);
  });

  it('answers repetitions after a restart too', async () => {
    const path = harness.folder();
    const before = await harness.node({ path });
    client = harness.client(before);
    const exact = events(2);
    const loose = events(2);
    const answers = [await append('exact', exact, NO_STREAM), await append('loose', loose)];
    await client.dispose();
    await before.stop();
    client = harness.client(await harness.node({ path }));
    expect([await append('exact', exact, NO_STREAM), await append('loose', loose)]).toEqual(answers);
    await expect(append('exact', event(), NO_STREAM)).rejects.toMatchObject(conflict('exact', NO_STREAM, 1n));
    await expect(append('exact', event(), 1n)).resolves.toMatchObject({ nextExpectedRevision: 2n });
  });
});

it('gives every refusal of a batch call to the append it belongs to', async () => {
  const client = await harness.connected();
  await client.appendToStream('taken', event());
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) =>
      client.appendToStream(index % 2 === 0 ? `free-${index}` : 'taken', event(), { expectedRevision: NO_STREAM }),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(
    outcomes.map((_, index) => (index % 2 === 0 ? 'fulfilled' : 'rejected')),
  );
});

it('takes an append of several megabytes sent in pieces as one that is too large', async () => {
  const client = await harness.connected();
  const batch = Array.from({ length: 8 }, () => jsonEvent({ type: 'Large', data: 'x'.repeat(300_000) }));
  await expect(client.appendToStream('s', batch, { batchAppendSize: 400_000 })).rejects.toMatchObject({
    type: 'maximum-append-size-exceeded',
  });
  await expect(client.appendToStream('s', batch.slice(0, 3), { batchAppendSize: 400_000 })).resolves.toMatchObject({
    nextExpectedRevision: 2n,
  });
});
