import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Settings } from 'node:http2';
import { join } from 'node:path';
import { END, EventStoreDBClient } from '@eventstore/db-client';
import { Client, credentials, status } from '@grpc/grpc-js';
import { jest } from '@jest/globals';
import { allEvents, event, events, Harness, idsOf, PLAIN } from '../test/harness.js';

const harness = new Harness();
afterEach(() => harness.dispose());

describe('the node', () => {
  it('listens on the loopback only', async () => {
    await expect(harness.node({ host: '0.0.0.0' })).rejects.toThrow('127.0.0.1 or ::1 only');
  });

  it('says that its port is taken, and leaves its folder to others', async () => {
    const path = harness.folder();
    const { port } = await harness.node();
    // grpc-js reports it too, in a way of its own.
    const silenced = jest.spyOn(console, 'error').mockReturnValue();
    await expect(harness.node({ path, port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}`);
    silenced.mockRestore();
    await expect(harness.node({ path })).resolves.toMatchObject({ port: expect.any(Number) });
  });

  it('shares its folder with nobody until it has stopped', async () => {
    const path = harness.folder();
    const first = await harness.node({ path });
    await expect(harness.node({ path })).rejects.toThrow(`Another process uses the store in ${path}.`);
    await first.stop();
    await expect(harness.node({ path })).resolves.toBeDefined();
  });

  it('refuses a store of another format', async () => {
    const path = harness.folder();
    const node = await harness.node({ path });
    await node.stop();
    const file = join(path, 'events.sqlite');
    const bytes = readFileSync(file);
    // The user version, at its place in every SQLite file.
    bytes.writeUInt32BE(99, 60);
    writeFileSync(file, bytes);
    await expect(harness.node({ path })).rejects.toThrow('has format 99');
  });

  it('keeps what it acknowledged, and seeds its system events once', async () => {
    const path = harness.folder();
    const first = await harness.node({ path });
    const before = harness.client(first);
    await before.appendToStream('s', events(10), PLAIN);
    const all = await allEvents(before);
    await before.dispose();
    await first.stop();
    expect(await allEvents(harness.client(await harness.node({ path })))).toEqual(all);
  });

  it('is found by gossip as the leader of a cluster of one', async () => {
    const { port } = await harness.node();
    const connectionString = `esdb+discover://127.0.0.1:${port}?tls=false&nodePreference=leader`;
    const client = harness.client({ connectionString });
    await expect(client.appendToStream('s', event(), PLAIN)).resolves.toMatchObject({ success: true });
  });

  it('answers UNIMPLEMENTED to every other call', async () => {
    const client = await harness.connected();
    await expect(client.listProjections()).rejects.toMatchObject({ code: 12 });
  });

  it.each([
    ['Read', 'a read without options', ''],
    ['Read', 'a read that is no message', 'ff'],
    ['Append', 'an append without a target', ''],
    ['Append', 'an append that breaks off', '0a05'],
    ['BatchAppend', 'a batch without an id', '2001'],
    ['Delete', 'a deletion without options', ''],
  ])('answers INVALID_ARGUMENT to %s: %s', async (method, _what, hex) => {
    const { port } = await harness.node();
    const caller = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const bytes = (message: Buffer): Buffer => message;
    const path = `/event_store.client.streams.Streams/${method}`;
    const failed = new Promise((resolve) => {
      caller.makeUnaryRequest(path, bytes, bytes, Buffer.from(hex, 'hex'), resolve);
    });
    expect(await failed).toMatchObject({ code: status.INVALID_ARGUMENT });
    caller.close();
  });

  it('allows 100 streams a connection, as a real server does', async () => {
    const { port } = await harness.node();
    const session = connect(`http://127.0.0.1:${port}`);
    const [settings] = (await once(session, 'remoteSettings')) as [Settings];
    expect(settings.maxConcurrentStreams).toBe(100);
    session.destroy();
  });
});

describe('a node with a secret', () => {
  const wrong = { type: 'access-denied' };
  const secret = 'größer & kleiner?';

  const stranger = async (name: string): Promise<EventStoreDBClient> => {
    const { port } = await harness.node({ secret });
    return harness.client({ connectionString: `esdb://127.0.0.1:${port}?tls=false${name}` });
  };

  it('serves who has its connection string', async () => {
    const plain = await harness.connected({ secret: 'open sesame & more?' });
    await plain.appendToStream('s', event(), PLAIN);
    await plain.appendToStream('s', event());
    expect(await idsOf(plain, 's')).toHaveLength(2);
  });

  it.each([
    ['no name', ''],
    ['another name', '&connectionName=guess'],
  ])('denies every call to who has %s', async (_who, name) => {
    const client = await stranger(name);
    await expect(client.appendToStream('s', event(), PLAIN)).rejects.toMatchObject(wrong);
    await expect(client.appendToStream('s', event())).rejects.toMatchObject(wrong);
    await expect(client.deleteStream('s')).rejects.toMatchObject(wrong);
    await expect(client.tombstoneStream('s')).rejects.toMatchObject(wrong);
    await expect(idsOf(client, 's')).rejects.toMatchObject(wrong);
    const subscription = client.subscribeToAll();
    subscription.resume();
    expect((await once(subscription, 'error'))[0]).toMatchObject(wrong);
  });
});

describe('a stopping node', () => {
  it('ends open subscriptions as unavailable, so that clients come back', async () => {
    const node = await harness.node();
    const client = harness.client(node);
    const subscription = client.subscribeToAll({ fromPosition: END });
    subscription.resume();
    await once(subscription, 'caughtUp');
    const ended = once(subscription, 'error');
    await node.stop();
    expect((await ended)[0]).toMatchObject({ type: 'unavailable' });
  });

  it('does not wait for a client who has stopped reading', async () => {
    const node = await harness.node();
    const client = harness.client(node);
    for (let round = 0; round < 10; round += 1) {
      await client.appendToStream('s', event('Large', undefined, { text: 'x'.repeat(900_000) }), PLAIN);
    }
    const stuck = client.subscribeToStream('s');
    stuck.on('error', () => undefined);
    await once(stuck, 'confirmation');
    await expect(node.stop()).resolves.toBeUndefined();
  });

  it('answers what it has committed and nothing else', async () => {
    const path = harness.folder();
    const node = await harness.node({ path });
    // No dispose by the harness: its connection is gone with the node.
    const client = EventStoreDBClient.connectionString(node.connectionString);
    await client.appendToStream('warm', event(), PLAIN);
    const batches = Array.from({ length: 60 }, () => event());
    const appending = Promise.allSettled(
      batches.map(async (one, index) => {
        await client.appendToStream(`s-${index}`, one, PLAIN);
        return one.id;
      }),
    );
    await client.appendToStream('s', event(), PLAIN);
    await node.stop();
    const acknowledged = (await appending).flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    await client.dispose();
    const all = await allEvents(harness.client(await harness.node({ path })));
    const stored = new Set(all.map(({ event: recorded }) => recorded?.id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});
