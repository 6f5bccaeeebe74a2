/** The client of one store: made anew when it hangs, never asked for more at a time than its connection carries. */
import { EventStoreDBClient } from '@eventstore/db-client';
import { connectivityState } from '@grpc/grpc-js';
import { isTimeout } from './client-answers.js';
import { inTime } from './in-time.js';
import { Permits } from './permits.js';
import { StoreError } from './port.js';

/** A connection carries 100 HTTP/2 streams; with more, reads hang. The rest is for subscriptions. */
const IN_FLIGHT = 64;
/** A frozen server is noticed by keepalive after 15 s only, and recovers up to 26 s later: we do not wait for that. */
const TIMEOUTS_IN_A_ROW = 2;
/** Our own timer is behind the call's deadline, for calls that hang before they are sent: discovery, for one. */
const GRACE = 250;

const closed = (): StoreError => new StoreError('unavailable', 'the connection was closed');

export type Credentials = { readonly username: string; readonly password: string };

/** A call that may be made: with which client, and how it ended. `done` must be called once. */
export type Lease = { readonly client: EventStoreDBClient; readonly done: (error?: unknown) => void };

export class Connection {
  readonly #permits = new Permits(IN_FLIGHT);
  #client: EventStoreDBClient;
  #timeouts = 0;
  #isClosed = false;

  constructor(
    readonly connectionString: string,
    readonly timeout: number,
  ) {
    this.#client = connect(connectionString);
  }

  /** Of subscriptions, which last, and so take no turn. */
  get client(): EventStoreDBClient {
    if (this.#isClosed) throw closed();
    return this.#client;
  }

  async lease(): Promise<Lease> {
    if (this.#isClosed) throw closed();
    const giveBack = await this.#permits.take(this.timeout);
    const client = this.#client;
    return {
      client,
      done: (error) => {
        giveBack();
        this.#heard(client, error);
      },
    };
  }

  async call<T>(what: string, action: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const { client, done } = await this.lease();
    try {
      const answer = await inTime(action(client), this.timeout + GRACE, what);
      done();
      return answer;
    } catch (error) {
      done(error);
      throw error;
    }
  }

  /** For ever: the client itself would connect again when it is asked. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await disconnect(this.#client);
  }

  #heard(client: EventStoreDBClient, error: unknown): void {
    if (client !== this.#client || this.#isClosed) return;
    this.#timeouts = isTimeout(error) ? this.#timeouts + 1 : 0;
    if (this.#timeouts < TIMEOUTS_IN_A_ROW) return;
    this.#timeouts = 0;
    this.#client = connect(this.connectionString);
    void disconnect(client);
  }
}

/**
 * Two promises of the client's that nobody awaits, and whose rejection therefore would end the process, get a reader
 * here. The one that handles a call's error rejects when no new connection can be found meanwhile. The one that an
 * append runs in rejects, and the append never settles, when another call's error has closed the channel since: so that
 * is asked before.
 */
const connect = (connectionString: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(connectionString);
  const { handleError, execute } = { handleError: client['handleError'], execute: client['execute'] };
  client['handleError'] = (grpc, error) => handleError(grpc, error).catch(() => undefined);
  client['execute'] = (service, name, action) =>
    execute(service, name, async (grpc) => {
      if (grpc.getChannel().getConnectivityState(false) === connectivityState.SHUTDOWN)
        throw new Error('the connection was closed before the call was sent');
      return action(grpc);
    });
  return client;
};

/** `dispose` ends reads and subscriptions but leaves the channel, and with it the calls in flight, open. */
const disconnect = async (client: EventStoreDBClient): Promise<void> => {
  try {
    await client.dispose();
    (await client['getChannel']()).close();
  } catch {
    // No channel to be had, so there is none to close.
  }
};

const USER = /^esdb(?:\+discover)?:\/\/([^:@/]+):([^@/]+)@/;

/**
 * C1: only with credentials does an append take the plain path. An insecure server ignores them, a secure one needs the
 * real ones.
 */
export const credentialsOf = (connectionString: string): Credentials => {
  const [, username, password] = USER.exec(connectionString) ?? [];
  if (username !== undefined && password !== undefined)
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  if (/[?&]tls=false\b/i.test(connectionString)) return { username: 'ledger', password: 'none' };
  throw new Error('a secure event store needs a user: esdb://user:password@host');
};
