import { randomUUID } from 'node:crypto';
import type { ProposedEvent, StreamTarget } from '../wire/write-requests.js';
import type { Conflict, Written } from '../wire/responses.js';
import { type Decision, decideAppend, type Expected } from './append-rules.js';
import type { EventLog } from './event-log.js';
import { DELETED_METADATA, isDeleted, isMetastream, metastreamOf, recreatedMetadata } from './stream-metadata.js';
import { factsOf, type Stream } from './stream-table.js';

/** The limit of the real server, over data and metadata of all events of an append. */
export const MAX_APPEND_SIZE = 1024 * 1024;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export type Refusal =
  | { readonly is: 'wrong-expected-version'; readonly conflict: Conflict }
  | { readonly is: 'stream-deleted' | 'too-large' }
  | { readonly is: 'bad-request'; readonly message: string };

export type Outcome = { readonly is: 'written'; readonly written: Written } | Refusal;

/** What is wrong with an append whatever the log holds; asked before it waits for its turn. */
export const faultOf = ({ stream }: StreamTarget, events: readonly ProposedEvent[]): Refusal | undefined => {
  if (stream === '') return badRequest('The stream has no name.');
  let size = 0;
  for (const { id, type, data, metadata } of events) {
    if (type === '') return badRequest('An event has no type.');
    if (!UUID.test(id)) return badRequest(`The event id ${JSON.stringify(id)} is no UUID.`);
    size += data.length + metadata.length;
  }
  return size > MAX_APPEND_SIZE ? { is: 'too-large' } : undefined;
};

/** Appends, within a transaction. Everything is decided before the first event is written, so an append is whole. */
export const append = (
  log: EventLog,
  { stream: name, expected }: StreamTarget,
  events: readonly ProposedEvent[],
  now: number,
): Outcome => {
  const stream = log.stream(name);
  const decision = decide(log, stream, expected, events);
  switch (decision.is) {
    case 'append': {
      const written = log.write(stream, events, now);
      if (isDeleted(stream.limits) && events.length > 0) {
        const first = stream.lastRevision - events.length + 1;
        log.write(log.stream(metastreamOf(name)), [systemEvent('$metadata', recreatedMetadata(first))], now);
      }
      return { is: 'written', written };
    }
    case 'repeated': {
      const revision = decision.lastRevision;
      return { is: 'written', written: { revision, position: log.positionOf(stream, revision) } };
    }
    case 'wrong-expected-version':
    case 'stream-deleted':
      return refused(decision.is, expected, stream);
  }
};

/** Hides all events of a stream until it is begun again; an absent stream is no error, nor is a second deletion. */
export const deleteStream = (log: EventLog, { stream: name, expected }: StreamTarget, now: number): Outcome => {
  const stream = log.stream(name);
  const decision = decide(log, stream, expected, []);
  if (decision.is === 'wrong-expected-version' || decision.is === 'stream-deleted') {
    return refused(decision.is, expected, stream);
  }
  const metastream = log.stream(metastreamOf(name));
  return { is: 'written', written: log.write(metastream, [systemEvent('$metadata', DELETED_METADATA)], now) };
};

/** Ends a stream for ever. */
export const tombstone = (log: EventLog, { stream: name, expected }: StreamTarget, now: number): Outcome => {
  const stream = log.stream(name);
  const decision = decide(log, stream, expected, []);
  if (decision.is === 'wrong-expected-version' || decision.is === 'stream-deleted') {
    return refused(decision.is, expected, stream);
  }
  const position = log.writeTombstone(stream, systemEvent('$streamDeleted', ''), now);
  return { is: 'written', written: { revision: stream.lastRevision, position } };
};

/** What is wrong with a deletion or tombstone whatever the log holds. */
export const faultOfDeletion = ({ stream }: StreamTarget): Refusal | undefined => {
  if (stream === '') return badRequest('The stream has no name.');
  return isMetastream(stream) ? badRequest('Metadata are deleted with their stream.') : undefined;
};

export const systemEvent = (type: string, json: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  metadata: new Uint8Array(0),
  data: Buffer.from(json),
});

const decide = (log: EventLog, stream: Stream, expected: Expected, events: readonly ProposedEvent[]): Decision => {
  const ids = events.map(({ id }) => id);
  return decideAppend(expected, ids, factsOf(stream), log.knownIds(stream));
};

const refused = (is: 'wrong-expected-version' | 'stream-deleted', expected: Expected, stream: Stream): Refusal =>
  is === 'stream-deleted' ? { is } : { is, conflict: { expected, current: stream.lastRevision } };

const badRequest = (message: string): Refusal => ({ is: 'bad-request', message });
