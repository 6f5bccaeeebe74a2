import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreAdapter } from './eventstore-adapter.js';
import { StoreError } from './port.js';
import type { NewEvent, RecordedEvent } from './port.js';
import { Proxy } from './testing/proxy.js';
import { readAll, unique, useStore } from './testing/store.js';

const server = useStore();
let store: EventStoreAdapter;
let stream: string;

beforeEach(() => {
  store = server.adapter();
  stream = unique('s');
});

const event = (n = 0, size = 0): NewEvent => ({
  id: randomUUID(),
  type: 'Noted',
  data: { n, text: 'x'.repeat(size) },
  metadata: { by: 'spec' },
});

const numbers = (events: readonly RecordedEvent[]): readonly unknown[] => events.map(({ data }) => Object(data)['n']);

describe('an append', () => {
  it('stands as it was sent, at the revision and position that are answered', async () => {
    const sent = [event(1), event(2)];
    const answer = await store.append(stream, sent, 'no-stream');
    const events = await readAll(store, stream);
    expect(events).toMatchObject(sent.map((one, i) => ({ ...one, stream, revision: BigInt(i) })));
    expect(answer).toEqual({ kind: 'appended', revision: 1n, position: events[1]?.position });
  });

  it('repeated with the same ids at the same revision is the same append', async () => {
    const sent = [event(1), event(2)];
    const first = await store.append(stream, sent, 'no-stream');
    await store.append(stream, [event(3)], 1n);
    expect(await store.append(stream, sent, 'no-stream')).toEqual(first);
    expect(await readAll(store, stream)).toHaveLength(3);
  });

  it('at a revision that is not the last is answered with the one that is', async () => {
    expect(await store.append(stream, [event()], 4n)).toEqual({ kind: 'wrong-expected', actual: 'no-stream' });
    await store.append(stream, [event(), event()], 'any');
    expect(await store.append(stream, [event()], 'no-stream')).toEqual({ kind: 'wrong-expected', actual: 1n });
    expect(await store.append(stream, [event()], 0n)).toEqual({ kind: 'wrong-expected', actual: 1n });
  });

  it('is answered by name when it can never be', async () => {
    expect(await store.append(stream, [event(0, 1024 * 1024)], 'any')).toEqual({ kind: 'too-large' });
    expect(await store.append(stream, [], 'any')).toMatchObject({ kind: 'bad-request' });
    expect(await store.append('', [event()], 'any')).toMatchObject({ kind: 'bad-request' });
    const client = EventStoreDBClient.connectionString(server.connectionString());
    await client.tombstoneStream(stream);
    await client.dispose();
    expect(await store.append(stream, [event()], 'any')).toEqual({ kind: 'stream-deleted' });
    await expect(readAll(store, stream)).rejects.toMatchObject({ failure: 'stream-deleted' });
  });
});

describe('a read', () => {
  beforeEach(async () => {
    await store.append(
      stream,
      Array.from({ length: 20 }, (_, n) => event(n)),
      'no-stream',
    );
  });

  const read = async (options: Partial<Parameters<EventStoreAdapter['read']>[1]>): Promise<readonly unknown[]> => {
    const events: RecordedEvent[] = [];
    for await (const recorded of store.read(stream, { requiresLeader: true, ...options })) events.push(recorded);
    return numbers(events);
  };

  it('goes from a revision, in either direction, as far as it is asked', async () => {
    expect(await read({ from: 17n })).toEqual([17, 18, 19]);
    expect(await read({ from: 20n })).toEqual([]);
    expect(await read({ limit: 2 })).toEqual([0, 1]);
    expect(await read({ direction: 'backwards', limit: 2 })).toEqual([19, 18]);
    expect(await read({ direction: 'backwards', from: 1n })).toEqual([1, 0]);
  });

  it('finds nothing where there is no stream, or no more', async () => {
    expect(await readAll(store, unique('none'))).toEqual([]);
    await store.deleteStream(stream);
    expect(await readAll(store, stream)).toEqual([]);
    await store.deleteStream(stream);
    await store.deleteStream(unique('none'));
    await store.append(stream, [event(20)], 'no-stream');
    expect(await readAll(store, stream)).toMatchObject([{ revision: 20n }]);
  });

  it('that is left early takes no place of others', async () => {
    for (let i = 0; i < 70; i += 1)
      for await (const recorded of store.read(stream, { requiresLeader: true })) {
        expect(recorded.revision).toBe(0n);
        break;
      }
    expect(await read({ limit: 1 })).toEqual([0]);
  });
});

describe('a store that cannot be reached', () => {
  let proxy: Proxy;
  let through: EventStoreAdapter;

  beforeEach(async () => {
    const wire = await Proxy.before(server.connectionString());
    proxy = wire.proxy;
    through = new EventStoreAdapter({ connectionString: wire.connectionString, timeout: 300 });
  });
  afterEach(async () => {
    await through.close();
    await proxy.close();
  });

  it('says nothing about an append, and fails a read, in bounded time', async () => {
    await through.append(stream, [event(1)], 'no-stream');
    proxy.freeze();
    expect(await through.append(stream, [event(2)], 0n)).toMatchObject({ kind: 'unclear' });
    await expect(readAll(through, stream)).rejects.toMatchObject({ name: 'StoreError', failure: 'unavailable' });
  });

  it('is asked through a new connection after two timeouts in a row', async () => {
    await through.append(stream, [event(1)], 'no-stream');
    expect(proxy.connections).toBe(1);
    proxy.freeze();
    await through.append(stream, [event(2)], 0n);
    expect(proxy.connections).toBe(1);
    await through.append(stream, [event(2)], 0n);
    await through.append(stream, [event(2)], 0n);
    expect(proxy.connections).toBe(2);
  });

  it('is not given up for timeouts with answers between them', async () => {
    await through.append(stream, [event(1)], 'any');
    for (let i = 0; i < 3; i += 1) {
      proxy.freeze();
      expect(await through.append(stream, [event(2)], 'any')).toMatchObject({ kind: 'unclear' });
      proxy.thaw();
      expect(await through.append(stream, [event(3)], 'any')).toMatchObject({ kind: 'appended' });
    }
    expect(proxy.connections).toBe(1);
  });

  it('serves again when it is back', async () => {
    const sent = [event(2)];
    await through.append(stream, [event(1)], 'no-stream');
    proxy.isDown = true;
    proxy.cut();
    expect(await through.append(stream, sent, 0n)).toMatchObject({ kind: 'unclear' });
    proxy.isDown = false;
    let answer = await through.append(stream, sent, 0n);
    for (let i = 0; i < 50 && answer.kind === 'unclear'; i += 1) answer = await through.append(stream, sent, 0n);
    expect(answer).toMatchObject({ kind: 'appended', revision: 1n });
    expect(numbers(await readAll(through, stream))).toEqual([1, 2]);
  });

  it('does not let a read hang that has begun, but waits for a slow reader', async () => {
    const many = Array.from({ length: 50 }, (_, n) => event(n, 15_000));
    await store.append(stream, many, 'no-stream');
    proxy.freezesAfter = 400_000;
    const seen: RecordedEvent[] = [];
    const reading = (async () => {
      for await (const recorded of through.read(stream, { requiresLeader: true })) {
        seen.push(recorded);
        if (seen.length === 1) await new Promise((resolve) => setTimeout(resolve, 700));
      }
    })();
    await expect(reading).rejects.toBeInstanceOf(StoreError);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThan(50);
  });

  it('answers nothing after it was closed, and ends no process', async () => {
    await through.append(stream, [event(1)], 'no-stream');
    const late = Array.from({ length: 20 }, () => through.append(stream, [event(2)], 0n));
    await through.close();
    for (const answer of await Promise.all(late))
      expect(['unclear', 'appended', 'wrong-expected']).toContain(answer.kind);
    expect(await through.append(stream, [event(3)], 'any')).toMatchObject({ kind: 'unclear' });
    await expect(readAll(through, stream)).rejects.toBeInstanceOf(StoreError);
  });
});

describe('the wire', () => {
  it('carries plain appends only, and at most 64 calls at a time', async () => {
    let open = 0;
    let most = 0;
    const paths = new Set<string>();
    const silent = createServer();
    silent.on('stream', (call, headers) => {
      paths.add(String(headers[':path']));
      most = Math.max(most, (open += 1));
      call.on('close', () => (open -= 1));
      call.on('error', () => undefined);
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const adapter = new EventStoreAdapter({ connectionString: `esdb://127.0.0.1:${port}?tls=false`, timeout: 500 });
    const answers = await Promise.all(
      Array.from({ length: 150 }, () => adapter.append(stream, [event()], 'no-stream')),
    );
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['unclear']));
    expect(most).toBe(64);
    expect([...paths]).toEqual(['/event_store.client.streams.Streams/Append']);
    await adapter.close();
    silent.close();
  });

  it('needs a user unless it is insecure', () => {
    expect(() => new EventStoreAdapter({ connectionString: 'esdb://host:2113' })).toThrow('needs a user');
    expect(() => new EventStoreAdapter({ connectionString: 'esdb://u:p%40@host:2113' })).not.toThrow();
  });
});
