import { jsonEvent } from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { Metadata, Client, credentials, status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Connection } from './connection.js';
import { unique, useStore } from './testing/store.js';

const server = useStore();
let connection: Connection;

afterEach(() => connection.close());

const append = (client: EventStoreDBClient): Promise<unknown> =>
  client.appendToStream(unique('s'), jsonEvent({ type: 'Noted', data: {} }), {
    credentials: { username: 'u', password: 'p' },
  });

describe('promises of the client that nobody awaits', () => {
  it('fail the call, not the process, when its channel was closed before it was sent', async () => {
    connection = new Connection(server.connectionString(), 1000);
    await connection.call('append', append);
    (await connection.client['getChannel']()).close();
    await expect(connection.call('append', append)).rejects.toThrow('closed before the call was sent');
  });

  it('fail the call, not the process, when no new connection is found while its error is handled', async () => {
    connection = new Connection('esdb://127.0.0.1:1,127.0.0.1:2?tls=false&maxDiscoverAttempts=1', 1000);
    const { client } = connection;
    const away = { code: status.UNAVAILABLE, details: '', metadata: new Metadata() };
    const handled = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const grpc = new Client('127.0.0.1:1', credentials.createInsecure());
      await client['handleError'](grpc, Object.assign(new Error('away'), away));
      grpc.close();
    };
    const looking = connection.call('append', append);
    await Promise.all([expect(looking).rejects.toThrow('Failed to discover'), handled()]);
  });
});
