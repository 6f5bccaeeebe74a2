import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreAdapter } from './eventstore-adapter.js';
import { comparePositions } from './port.js';
import type { Batch, EventStore, NewEvent, Position } from './port.js';
import { subscribeAll } from './subscribe-all.js';
import type { RunningSubscription, Trouble } from './subscribe-all.js';
import { Proxy } from './testing/proxy.js';
import { readAll, unique, useStore } from './testing/store.js';

const server = useStore();
let store: EventStoreAdapter;
let prefix: string;
let running: RunningSubscription[];

beforeEach(() => {
  store = server.adapter();
  prefix = unique('p');
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
});

const events = (count: number, first = 0): readonly NewEvent[] =>
  Array.from({ length: count }, (_, i) => ({ id: randomUUID(), type: 'Noted', data: { n: first + i }, metadata: {} }));

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 2000 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!condition()) throw new Error('it did not come to that in 10 s');
};

/** A reader that keeps what it got and where it stands, as a projector does in one transaction. */
class Reader {
  readonly batches: Batch[] = [];
  readonly troubles: Trouble[] = [];
  position: Position | 'start' = 'start';
  handling: (batch: Batch) => Promise<void | 'stop'> = () => Promise.resolve();

  get numbers(): readonly unknown[] {
    return this.batches.flatMap((batch) => batch.events.map(({ data }) => Object(data)['n']));
  }

  follow(from: EventStore, sizes: { maxBatch?: number; lingerMs?: number } = {}): RunningSubscription {
    const subscription = subscribeAll({
      store: from,
      prefixes: [`${prefix}-`],
      checkpoint: async () => this.position,
      handle: async (batch) => {
        const answer = await this.handling(batch);
        this.batches.push(batch);
        this.position = batch.position;
        return answer;
      },
      onTrouble: (trouble) => this.troubles.push(trouble),
      retryMs: { first: 5, most: 50 },
      ...sizes,
    });
    running.push(subscription);
    return subscription;
  }
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

describe('a subscription', () => {
  it('gives what there was and what comes, in order, of its prefixes only', async () => {
    await store.append(`${prefix}-a`, events(10), 'no-stream');
    await store.append(`other-${prefix}`, events(5), 'no-stream');
    const reader = new Reader();
    reader.follow(store);
    await until(() => reader.numbers.length === 10);
    await store.append(`${prefix}-b`, events(10, 10), 'no-stream');
    await until(() => reader.numbers.length === 20);
    expect(reader.numbers).toEqual(upTo(20));
    const stands = [...(await readAll(store, `${prefix}-a`)), ...(await readAll(store, `${prefix}-b`))];
    expect(reader.batches.flatMap((batch) => batch.events)).toEqual(stands);
  });

  it('says once that it has caught up, even if there was nothing', async () => {
    const reader = new Reader();
    reader.follow(store);
    await until(() => reader.batches.some(({ caughtUp }) => caughtUp));
    expect(reader.numbers).toEqual([]);
  });

  it('goes on after the position it is given, which a checkpoint without events can be', async () => {
    await store.append(`${prefix}-a`, events(3), 'no-stream');
    const reader = new Reader();
    const first = reader.follow(store);
    await until(() => reader.numbers.length === 3);
    const before = reader.position;
    for (let i = 0; i < 6; i += 1) await store.append(`other-${prefix}`, events(100), 'any');
    await until(() => reader.batches.some((batch) => batch.events.length === 0 && batch.position !== before));
    await first.stop();
    const checkpoint = reader.position;
    if (before === 'start' || checkpoint === 'start') throw new Error('it stands nowhere');
    expect(comparePositions(checkpoint, before)).toBe(1);
    reader.follow(store);
    await store.append(`${prefix}-a`, events(2, 3), 2n);
    await until(() => reader.numbers.length === 5);
    expect(reader.numbers).toEqual(upTo(5));
  });

  it('gives full batches, and waits for its reader', async () => {
    await store.append(`${prefix}-a`, events(500), 'no-stream');
    const reader = new Reader();
    let inHand = 0;
    reader.handling = async () => {
      inHand += 1;
      if (inHand > 1) throw new Error('two at a time');
      await new Promise((resolve) => setTimeout(resolve, 3));
      inHand -= 1;
    };
    reader.follow(store, { maxBatch: 50 });
    await until(() => reader.numbers.length === 500);
    expect(reader.troubles).toEqual([]);
    expect(reader.numbers).toEqual(upTo(500));
    expect(Math.max(...reader.batches.map((batch) => batch.events.length))).toBe(50);
    expect(reader.batches.filter((batch) => batch.events.length > 0).length).toBeLessThan(20);
  });

  it('never stands beyond an event that it has still to give, though checkpoints overtake a slow reader', async () => {
    const reader = new Reader();
    reader.handling = () => new Promise((resolve) => setTimeout(resolve, 1));
    for (let i = 0; i < 12; i += 1) {
      await store.append(`${prefix}-a`, events(10, 10 * i), 'any');
      await store.append(`other-${prefix}`, events(300), 'any');
    }
    reader.follow(store, { maxBatch: 3 });
    await until(() => reader.numbers.length === 120 && reader.batches.at(-1)?.caughtUp === true);
    for (const [i, { position }] of reader.batches.entries())
      for (const later of reader.batches.slice(i + 1).flatMap((batch) => batch.events))
        expect(position !== 'start' && comparePositions(position, later.position)).toBe(-1);
  });

  it('gives a batch again that its reader could not handle, and loses none', async () => {
    await store.append(`${prefix}-a`, events(100), 'no-stream');
    const reader = new Reader();
    let failures = 3;
    reader.handling = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('the database is away');
    };
    reader.follow(store, { maxBatch: 10 });
    await until(() => reader.numbers.length === 100);
    expect(reader.numbers).toEqual(upTo(100));
    expect(reader.troubles.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
  });

  it('ends when its reader says so', async () => {
    await store.append(`${prefix}-a`, events(30), 'no-stream');
    const reader = new Reader();
    reader.handling = async () => 'stop';
    await reader.follow(store, { maxBatch: 10 }).ended;
    expect(reader.batches).toHaveLength(1);
  });

  it('ends at once when it is stopped, with the batch in hand finished', async () => {
    await store.append(`${prefix}-a`, events(30), 'no-stream');
    const reader = new Reader();
    const held = Promise.withResolvers<void>();
    reader.handling = () => held.promise;
    const subscription = reader.follow(store, { maxBatch: 10, lingerMs: 60_000 });
    let isOver = false;
    void subscription.ended.then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopping = subscription.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isOver).toBe(false);
    held.resolve();
    await stopping;
    expect(reader.batches).toHaveLength(1);
    const idle = new Reader().follow(store);
    await idle.stop();
  });
});

describe('a subscription over a bad wire', () => {
  let proxy: Proxy;
  let through: EventStoreAdapter;

  beforeEach(async () => {
    const wire = await Proxy.before(server.connectionString());
    proxy = wire.proxy;
    through = new EventStoreAdapter({ connectionString: wire.connectionString, timeout: 300 });
  });
  afterEach(async () => {
    await Promise.all(running.map(({ stop }) => stop()));
    await through.close();
    await proxy.close();
  });

  it('begins again where its reader stands, and loses and doubles nothing', async () => {
    const reader = new Reader();
    reader.follow(through, { maxBatch: 7 });
    for (let i = 0; i < 20; i += 1) {
      await store.append(`${prefix}-a`, events(20, 20 * i), i === 0 ? 'no-stream' : BigInt(20 * i - 1));
      if (i % 4 === 1) proxy.cut();
      if (i % 8 === 5) {
        proxy.isDown = true;
        proxy.cut();
        await new Promise((resolve) => setTimeout(resolve, 30));
        proxy.isDown = false;
      }
    }
    await until(() => reader.numbers.length >= 400);
    expect(reader.numbers).toEqual(upTo(400));
    expect(reader.troubles.length).toBeGreaterThan(0);
  });

  it('begins again when the client was dropped because the store does not answer', async () => {
    const reader = new Reader();
    reader.follow(through);
    await store.append(`${prefix}-a`, events(1), 'no-stream');
    await until(() => reader.numbers.length === 1);
    proxy.freeze();
    for (let i = 0; i < 2; i += 1) await through.append(unique('x'), events(1), 'no-stream');
    await until(() => reader.troubles.length > 0);
    proxy.thaw();
    await store.append(`${prefix}-a`, events(1, 1), 0n);
    await until(() => reader.numbers.length >= 2);
    expect(reader.numbers).toEqual([0, 1]);
  });
});
