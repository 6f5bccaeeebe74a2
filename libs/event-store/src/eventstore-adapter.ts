/** The port over `@eventstore/db-client`, with its traps closed. The production path in every environment. */
import { ANY, BACKWARDS, END, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import type { ExpectedRevision as ClientExpectedRevision } from '@eventstore/db-client';
import { appendFailure, storeError } from './client-answers.js';
import { Connection, credentialsOf } from './connection.js';
import type { Credentials } from './connection.js';
import { readStream } from './eventstore-read.js';
import type {
  AppendResult,
  Batch,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  ReadOptions,
  RecordedEvent,
  SubscribeOptions,
} from './port.js';
import { subscription } from './eventstore-subscription.js';

export type EventStoreOptions = {
  readonly connectionString: string;
  /** Milliseconds that an append may take, and a read from event to event. */
  readonly timeout?: number;
};

export class EventStoreAdapter implements EventStore {
  readonly #connection: Connection;
  readonly #credentials: Credentials;
  readonly #timeout: number;

  constructor({ connectionString, timeout = 5000 }: EventStoreOptions) {
    this.#credentials = credentialsOf(connectionString);
    this.#timeout = timeout;
    this.#connection = new Connection(connectionString, timeout);
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    // The server accepts an append of nothing and answers a revision that no event has.
    if (events.length === 0) return { kind: 'bad-request', reason: 'an append without events' };
    try {
      const { nextExpectedRevision, position } = await this.#connection.call(`append to ${stream}`, (client) =>
        client.appendToStream(
          stream,
          events.map((event) => jsonEvent({ ...event })),
          { expectedRevision: clientRevision(expected), ...this.#leader() },
        ),
      );
      return { kind: 'appended', revision: nextExpectedRevision, position: position ?? null };
    } catch (error) {
      return appendFailure(error);
    }
  }

  read(stream: string, options: ReadOptions): AsyncIterable<RecordedEvent> {
    return readStream(this.#connection, stream, options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    return subscription(this.#connection, options);
  }

  async head(): Promise<Position | null> {
    try {
      return await this.#connection.call('read of the last event', async (client) => {
        const last = client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 });
        let position: Position | null = null;
        // To its end: a read that is left earlier keeps the connection from closing.
        for await (const { event } of last) position = event?.position ?? null;
        return position;
      });
    } catch (error) {
      throw storeError(error);
    }
  }

  async deleteStream(stream: string): Promise<void> {
    try {
      await this.#connection.call(`delete ${stream}`, (client) =>
        client.deleteStream(stream, { expectedRevision: ANY, ...this.#leader() }),
      );
    } catch (error) {
      const { kind } = appendFailure(error);
      if (kind !== 'wrong-expected' && kind !== 'stream-deleted') throw storeError(error);
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #leader(): { credentials: Credentials; requiresLeader: true; deadline: number } {
    return { credentials: this.#credentials, requiresLeader: true, deadline: this.#timeout };
  }
}

const clientRevision = (expected: ExpectedRevision): ClientExpectedRevision => {
  switch (expected) {
    case 'no-stream':
      return NO_STREAM;
    case 'any':
      return ANY;
    default:
      return expected;
  }
};
