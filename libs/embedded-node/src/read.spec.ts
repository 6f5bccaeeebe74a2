import { BACKWARDS, END, type EventStoreDBClient, FORWARDS, type Position, START } from '@eventstore/db-client';
import { allEvents, event, events, Harness, idsOf, PLAIN, revisionsOf } from '../test/harness.js';

const harness = new Harness();
afterEach(() => harness.dispose());

const MISSING = { type: 'stream-not-found' };

describe('reading a stream', () => {
  let client: EventStoreDBClient;

  beforeEach(async () => {
    client = await harness.connected();
    await client.appendToStream('s', events(5), PLAIN);
    await client.appendToStream('other', events(5), PLAIN);
  });

  it.each([
    ['forwards from the start', { direction: FORWARDS, fromRevision: START }, [0, 1, 2, 3, 4]],
    ['forwards from a revision, included', { direction: FORWARDS, fromRevision: 2n }, [2, 3, 4]],
    ['forwards, some', { direction: FORWARDS, fromRevision: 1n, maxCount: 2 }, [1, 2]],
    ['forwards from the end', { direction: FORWARDS, fromRevision: END }, []],
    ['forwards from behind the end', { direction: FORWARDS, fromRevision: 2n ** 63n }, []],
    ['backwards from the end', { direction: BACKWARDS, fromRevision: END }, [4, 3, 2, 1, 0]],
    ['backwards from a revision, included', { direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
    ['backwards, some', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }, [4, 3]],
    ['backwards from the start', { direction: BACKWARDS, fromRevision: START }, [0]],
    ['backwards from behind the end', { direction: BACKWARDS, fromRevision: 100n }, [4, 3, 2, 1, 0]],
  ] as const)('%s', async (_how, options, revisions) => {
    expect(await revisionsOf(client, 's', options)).toEqual(revisions);
  });

  it('tells that there is none', async () => {
    await expect(idsOf(client, 'missing')).rejects.toMatchObject(MISSING);
  });

  it('takes a read of nothing for a mistake', async () => {
    await expect(idsOf(client, 's', { maxCount: 0 })).rejects.toMatchObject({ code: 3 });
  });

  it('goes through many pages in either direction', async () => {
    const many = Array.from({ length: 5 }, () => events(500)).flat();
    for (let from = 0; from < many.length; from += 500) {
      await client.appendToStream('many', many.slice(from, from + 500), PLAIN);
    }
    const ids = many.map(({ id }) => id);
    expect(await idsOf(client, 'many')).toEqual(ids);
    expect(await idsOf(client, 'many', { direction: BACKWARDS, fromRevision: END })).toEqual(ids.toReversed());
    expect(await idsOf(client, 'many', { maxCount: 1500 })).toEqual(ids.slice(0, 1500));
  });

  it('ends though others go on appending', async () => {
    let reading = true;
    const appending = (async () => {
      while (reading) await client.appendToStream('s', events(50), PLAIN);
    })();
    for (let round = 0; round < 5; round += 1) {
      const revisions = await revisionsOf(client, 's');
      expect(revisions).toEqual(revisions.map((_, index) => index));
    }
    reading = false;
    await appending;
  });

  it('ends when the reader leaves early', async () => {
    await client.appendToStream('s', events(1000), PLAIN);
    for (let round = 0; round < 20; round += 1) {
      for await (const { event: recorded } of client.readStream('s')) if (recorded?.revision === 10n) break;
    }
    await expect(client.appendToStream('s', event(), PLAIN)).resolves.toMatchObject({ success: true });
  });
});

describe('reading $all', () => {
  let client: EventStoreDBClient;
  let ids: string[];
  let at: Position[];

  const read = async (options: Parameters<EventStoreDBClient['readAll']>[0]): Promise<number[]> => {
    const found: number[] = [];
    for await (const { event: recorded } of client.readAll(options)) found.push(ids.indexOf(recorded?.id ?? ''));
    return found;
  };

  beforeEach(async () => {
    client = await harness.connected();
    for (let stream = 0; stream < 3; stream += 1) await client.appendToStream(`s-${stream}`, events(2), PLAIN);
    const all = await allEvents(client);
    ids = all.flatMap(({ event: recorded }) => recorded?.id ?? []);
    at = all.flatMap(({ event: recorded }) => recorded?.position ?? []);
  });

  const everything = (): number[] => ids.map((_, index) => index);

  it('begins with events of the system', async () => {
    const [first] = await allEvents(client);
    expect(first?.event?.streamId).toMatch(/^\$/);
    expect(ids.length).toBeGreaterThan(6);
  });

  it('has sparse, growing positions whose two halves are equal', () => {
    expect(at.filter(({ commit, prepare }) => commit !== prepare)).toEqual([]);
    expect(at.filter(({ commit }, index) => commit <= (at[index - 1]?.commit ?? 0n) + 1n)).toEqual([]);
  });

  it('goes forwards and backwards, whole or in part', async () => {
    expect(await read({})).toEqual(everything());
    expect(await read({ direction: BACKWARDS, fromPosition: END })).toEqual(everything().toReversed());
    expect(await read({ maxCount: 3 })).toEqual([0, 1, 2]);
    expect(await read({ direction: BACKWARDS, fromPosition: END, maxCount: 2 })).toEqual(
      everything().toReversed().slice(0, 2),
    );
    expect(await read({ fromPosition: END })).toEqual([]);
    expect(await read({ direction: BACKWARDS, fromPosition: START })).toEqual([]);
  });

  it('includes the event at a position forwards and excludes it backwards', async () => {
    const fromPosition = at[4] ?? START;
    expect(await read({ fromPosition })).toEqual(everything().slice(4));
    expect(await read({ fromPosition, direction: BACKWARDS })).toEqual([3, 2, 1, 0]);
  });

  it('refuses a position at which no event begins', async () => {
    const commit = (at[4]?.commit ?? 0n) + 1n;
    await expect(read({ fromPosition: { commit, prepare: commit } })).rejects.toMatchObject({ code: 3 });
    await expect(read({ fromPosition: { commit: 0n, prepare: 0n } })).resolves.toEqual(everything());
  });
});
