/** The store that specs run against: an embedded node of their own, or the real one that TEST_EVENTSTORE_URL names. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { EventStoreAdapter } from '../eventstore-adapter.js';
import type { EventStore, RecordedEvent } from '../port.js';

type Running = { readonly connectionString: string; readonly stop: () => Promise<void> };

const start = async (): Promise<Running> => {
  const real = process.env['TEST_EVENTSTORE_URL'];
  if (real !== undefined) return { connectionString: real, stop: () => Promise.resolve() };
  return startEmbeddedNode({ path: ':memory:' });
};

export type TestStore = {
  readonly connectionString: () => string;
  readonly adapter: () => EventStoreAdapter;
  /** Another client of the same store, closed at the end too. */
  readonly another: () => EventStoreAdapter;
};

/** A store for the specs of one file. */
export const useStore = (): TestStore => {
  const adapters: EventStoreAdapter[] = [];
  let running: Running | null = null;
  const connectionString = (): string => {
    if (running === null) throw new Error('the store runs from beforeAll to afterAll');
    return running.connectionString;
  };
  const another = (): EventStoreAdapter => {
    const adapter = new EventStoreAdapter({ connectionString: connectionString() });
    adapters.push(adapter);
    return adapter;
  };
  beforeAll(async () => {
    running = await start();
  });
  afterAll(async () => {
    for (const adapter of adapters) await adapter.close();
    await running?.stop();
  });
  return { connectionString, adapter: () => adapters[0] ?? another(), another };
};

/** A name that no other test has, in a store that may be used again. */
export const unique = (name: string): string => `${name}-${randomUUID().slice(0, 13)}`;

export const readAll = async (store: EventStore, stream: string): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream, { requiresLeader: true })) events.push(event);
  return events;
};

export const typesOf = async (store: EventStore, stream: string): Promise<readonly string[]> =>
  (await readAll(store, stream)).map(({ type }) => type);
