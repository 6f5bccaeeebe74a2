import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import type { EventStoreDBClient, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { storeError } from './client-answers.js';
import type { Connection, Lease } from './connection.js';
import { TimedOut } from './in-time.js';
import type { ReadOptions, RecordedEvent } from './port.js';
import { recordedOf } from './recorded.js';

/**
 * The events of one stream. A read's own `deadline` does not bound it (C2), so a watchdog does, from event to event:
 * it runs only while we wait for the store, never while the reader is busy with what it got.
 */
export async function* readStream(
  connection: Connection,
  stream: string,
  options: ReadOptions,
): AsyncGenerator<RecordedEvent, void, undefined> {
  let lease: Lease | null = null;
  let failure: unknown;
  try {
    lease = await connection.lease();
    const events = open(lease.client, stream, options);
    let waiting = true;
    const watchdog = setInterval(() => {
      if (waiting) events.destroy(new TimedOut(`read of ${stream}: nothing in ${connection.timeout} ms`));
    }, connection.timeout);
    try {
      for await (const resolved of events.iterator({ destroyOnReturn: false })) {
        waiting = false;
        const recorded = recordedOf(resolved);
        if (recorded !== null) yield recorded;
        waiting = true;
        watchdog.refresh();
      }
    } finally {
      clearInterval(watchdog);
      cancel(events);
    }
  } catch (error) {
    failure = error;
    if (!(error instanceof StreamNotFoundError)) throw storeError(error);
  } finally {
    lease?.done(failure);
  }
}

const open = (
  client: EventStoreDBClient,
  stream: string,
  { from, direction = 'forwards', limit, requiresLeader }: ReadOptions,
): StreamingRead<ResolvedEvent> => {
  const forwards = direction === 'forwards';
  const events = client.readStream(stream, {
    direction: forwards ? FORWARDS : BACKWARDS,
    fromRevision: from ?? (forwards ? START : END),
    requiresLeader,
    ...(limit === undefined ? {} : { maxCount: limit }),
  });
  // The client emits errors for as long as the call lives; one that comes after our loop has ended would end the
  // process.
  events.on('error', () => undefined);
  return events;
};

/** A loop that is left early must end the call too: a paused one would never end, and closing the client waits for it. */
const cancel = (events: StreamingRead<ResolvedEvent>): void => {
  if (events.readableEnded) return;
  events.cancel().catch(() => undefined);
  events.resume();
};
