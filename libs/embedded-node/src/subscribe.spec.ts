import { once } from 'node:events';
import {
  type AllStreamSubscription,
  END,
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  type Position,
  START,
  streamNameFilter,
  type StreamSubscription,
} from '@eventstore/db-client';
import { allEvents, event, events, Harness, PLAIN } from '../test/harness.js';

const harness = new Harness();
let client: EventStoreDBClient;

beforeEach(async () => {
  client = await harness.connected();
});
afterEach(() => harness.dispose());

/** What a subscription delivers until there are `count` events, with `caughtUp` where it came. */
const take = async (subscription: AllStreamSubscription | StreamSubscription, count: number): Promise<string[]> => {
  const seen: string[] = [];
  let left = count;
  subscription.on('caughtUp', () => seen.push('caughtUp'));
  if (left > 0) {
    for await (const { event: recorded } of subscription) {
      seen.push(recorded?.id ?? '');
      left -= 1;
      if (left === 0) break;
    }
  }
  return seen;
};

const append = async (stream: string, count: number): Promise<string[]> => {
  const batch = events(count);
  await client.appendToStream(stream, batch, PLAIN);
  return batch.map(({ id }) => id);
};

const positions = async (): Promise<Map<string, Position>> =>
  new Map(
    (await allEvents(client)).flatMap(({ event: recorded }) =>
      recorded?.position ? [[recorded.id, recorded.position] as const] : [],
    ),
  );

describe('a subscription to a stream', () => {
  it('is confirmed, gets what is there, is told that it has caught up, then gets what comes', async () => {
    const past = await append('s', 3);
    const subscription = client.subscribeToStream('s');
    const order: string[] = [];
    subscription.on('confirmation', () => order.push('confirmation'));
    subscription.on('data', ({ event: recorded }) => order.push(recorded?.id ?? ''));
    subscription.on('caughtUp', () => order.push('caughtUp'));
    await once(subscription, 'caughtUp');
    await append('other', 2);
    const live = await append('s', 2);
    while (order.length < 7) await once(subscription, 'data');
    expect(order).toEqual(['confirmation', ...past, 'caughtUp', ...live]);
  });

  it('begins behind a revision', async () => {
    const [, , ...rest] = await append('s', 4);
    expect(await take(client.subscribeToStream('s', { fromRevision: 1n }), 2)).toEqual(rest);
  });

  it('begins at the end', async () => {
    await append('s', 4);
    const subscription = client.subscribeToStream('s', { fromRevision: END });
    await once(subscription, 'caughtUp');
    const live = await append('s', 1);
    expect(await take(subscription, 1)).toEqual(live);
  });

  it('waits for a stream that is not there yet', async () => {
    const subscription = client.subscribeToStream('s');
    await once(subscription, 'caughtUp');
    const live = await append('s', 2);
    expect(await take(subscription, 2)).toEqual(live);
  });

  it('goes through many pages while more is appended, without gap or double', async () => {
    const past = [...(await append('s', 700)), ...(await append('s', 700))];
    const taking = take(client.subscribeToStream('s'), 2000);
    const live: string[] = [];
    for (let round = 0; round < 30; round += 1) live.push(...(await append('s', 20)));
    expect((await taking).filter((seen) => seen !== 'caughtUp')).toEqual([...past, ...live]);
  });

  it('shows no more of a stream than a read does', async () => {
    await client.setStreamMetadata('s', { maxCount: 2 });
    const ids = await append('s', 5);
    expect(await take(client.subscribeToStream('s'), 2)).toEqual(ids.slice(3));
  });

  it('ends with a tombstone', async () => {
    await append('s', 1);
    const subscription = client.subscribeToStream('s', { fromRevision: END });
    subscription.resume();
    await once(subscription, 'caughtUp');
    const ended = once(subscription, 'error');
    await client.tombstoneStream('s');
    expect((await ended)[0]).toMatchObject({ type: 'stream-deleted', streamName: 's' });
  });
});

describe('a subscription to $all', () => {
  it('gets everything, the events of the system too', async () => {
    await append('s', 3);
    const all = await allEvents(client);
    expect(await take(client.subscribeToAll(), all.length)).toEqual(all.map(({ event: recorded }) => recorded?.id));
  });

  it('begins behind a position', async () => {
    const [first, ...rest] = await append('s', 4);
    const fromPosition = (await positions()).get(first ?? '') ?? START;
    expect(await take(client.subscribeToAll({ fromPosition }), 3)).toEqual(rest);
  });

  it('begins at the end', async () => {
    await append('s', 4);
    const subscription = client.subscribeToAll({ fromPosition: END });
    await once(subscription, 'caughtUp');
    const live = await append('s', 2);
    expect(await take(subscription, 2)).toEqual(live);
  });

  it('refuses a position at which no event begins', async () => {
    await append('s', 1);
    const subscription = client.subscribeToAll({ fromPosition: { commit: 65n, prepare: 65n } });
    subscription.resume();
    expect((await once(subscription, 'error'))[0]).toMatchObject({ code: 3 });
  });

  it.each([
    ['prefixes of streams', streamNameFilter({ prefixes: ['a-', 'c-'] }), ['a-1/X', 'c-1/Xy', 'a-2/Y']],
    ['prefixes of types', eventTypeFilter({ prefixes: ['X'] }), ['a-1/X', 'b-1/X', 'c-1/Xy']],
    ['an expression for streams', streamNameFilter({ regex: '^.-1$' }), ['a-1/X', 'b-1/X', 'c-1/Xy']],
    ['an expression for types', eventTypeFilter({ regex: 'y$' }), ['c-1/Xy']],
    ['no system events', excludeSystemEvents(), ['a-1/X', 'b-1/X', 'c-1/Xy', 'a-2/Y']],
  ])('lets through by %s', async (_how, filter, expected) => {
    const appendAll = async (): Promise<void> => {
      for (const [stream, type] of [
        ['a-1', 'X'],
        ['b-1', 'X'],
        ['c-1', 'Xy'],
        ['a-2', 'Y'],
      ] as const) {
        await client.appendToStream(stream, event(type), PLAIN);
      }
    };
    await appendAll();
    const subscription = client.subscribeToAll({ filter });
    const seen: string[] = [];
    subscription.on('data', ({ event: recorded }) => seen.push(`${recorded?.streamId}/${recorded?.type}`));
    await once(subscription, 'caughtUp');
    await appendAll();
    while (seen.length < expected.length * 2) await once(subscription, 'data');
    expect(seen).toEqual([...expected, ...expected]);
  });

  it('refuses a filter that is no expression', async () => {
    const subscription = client.subscribeToAll({ filter: streamNameFilter({ regex: '(' }) });
    subscription.resume();
    expect((await once(subscription, 'error'))[0]).toMatchObject({ code: 3 });
  });

  it('misses and doubles nothing of thousands of events while they are appended', async () => {
    const expected = new Map<string, string[]>();
    const write = async (stream: string, batches: number): Promise<void> => {
      for (let batch = 0; batch < batches; batch += 1) {
        expected.set(stream, [...(expected.get(stream) ?? []), ...(await append(stream, 10))]);
      }
    };
    const streams = ['account-1', 'account-2', 'usage-1', 'noise-1', 'noise-2'];
    await Promise.all(streams.map((stream) => write(stream, 20)));
    const filter = streamNameFilter({ prefixes: ['account-', 'usage-'] });
    const starts = [0, 1, 2].map(() => client.subscribeToAll({ filter }));
    const seen = starts.map(() => new Map<string, string[]>());
    const total = 3 * 100 * 10;
    const complete = starts.map(async (subscription, index) => {
      let count = 0;
      for await (const { event: recorded } of subscription) {
        if (recorded) {
          const of = seen[index]?.get(recorded.streamId) ?? [];
          seen[index]?.set(recorded.streamId, [...of, recorded.id]);
        }
        count += 1;
        if (count === total) break;
      }
    });
    await Promise.all(streams.map((stream) => write(stream, 80)));
    await Promise.all(complete);
    for (const of of seen) {
      for (const stream of ['account-1', 'account-2', 'usage-1']) expect(of.get(stream)).toEqual(expected.get(stream));
      expect(of.size).toBe(3);
    }
  });

  it('has checkpoints between, at which another may begin, also when nothing passes the filter', async () => {
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['wanted-'],
      maxSearchWindow: 10,
      checkpointInterval: 2,
      checkpointReached: (_subscription, position) => {
        checkpoints.push(position);
        return Promise.resolve();
      },
    });
    await append('noise-1', 95);
    const subscription = client.subscribeToAll({ filter });
    subscription.resume();
    await once(subscription, 'caughtUp');
    const considered = (await allEvents(client)).length;
    expect(checkpoints).toHaveLength(Math.floor(considered / 20));
    const all = [...(await positions()).values()];
    expect(checkpoints).toEqual(all.filter((_, index) => (index + 1) % 20 === 0));
    const wanted = await append('wanted-1', 1);
    for (const fromPosition of checkpoints) {
      expect(await take(client.subscribeToAll({ filter, fromPosition }), 1)).toEqual(wanted);
    }
  });

  it('waits for a slow consumer, who gets everything in the end, and hinders no other', async () => {
    const large = (): ReturnType<typeof event> => jsonEvent({ type: 'Large', data: 'x'.repeat(50_000) });
    const slow = client.subscribeToStream('s', {}, { highWaterMark: 1 });
    await once(slow, 'confirmation');
    const ids: string[] = [];
    // 20 MB in all: more than sockets, windows and the node's newest records hold together.
    for (let round = 0; round < 40; round += 1) {
      const batch = Array.from({ length: 10 }, large);
      ids.push(...batch.map(({ id }) => id));
      await client.appendToStream('s', batch, PLAIN);
    }
    const fast = await take(client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['s'] }) }), ids.length);
    expect(fast.filter((seen) => seen !== 'caughtUp')).toEqual(ids);
    expect((await take(slow, ids.length)).filter((seen) => seen !== 'caughtUp')).toEqual(ids);
  });

  it('costs the node nothing any more when its client has left', async () => {
    for (let round = 0; round < 150; round += 1) {
      const subscription = client.subscribeToAll({ fromPosition: END });
      subscription.resume();
      await once(subscription, 'confirmation');
      await subscription.unsubscribe();
    }
    // More than the 100 streams of a connection: they would be used up if they stayed open.
    expect(await append('s', 1)).toHaveLength(1);
  });
});
