/**
 * What makes a stream provable: every event names its predecessor's hash, so that nothing can be changed, left out or
 * put in between without breaking all that follows.
 *
 *     chain(n) = SHA-256(chain(n − 1) ‖ JCS({ data, id, metadata without chain, type }))      as 64 hexadecimal digits
 *     chain(−1) = SHA-256(name of the stream), so that a stream is not passed off under another name
 *
 * The previous chain goes in as its 64 digits, JCS is RFC 8785, both in UTF-8.
 */
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v5 } from 'uuid';
import { isObject } from './json.js';
import type { JsonObject } from './json.js';
import type { RecordedEvent } from './port.js';

/** Namespace of our event ids; fixed for ever, like every id made from it. */
const NAMESPACE = '6c1f0d2e-4f5b-5d0c-9a53-8a2f3f1f7f10';

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** RFC 8785: the one text that a JSON value has, whoever wrote it. */
export const canonical = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('no JSON value');
  return text;
};

export const hashOf = (value: JsonObject): string => sha256(canonical(value));

/**
 * What an event holds without its id and its chain, each part in its canonical text, which is what hashing it costs.
 */
export type Content = { readonly type: string; readonly data: string; readonly metadata: string };

export const contentOf = (type: string, data: unknown, metadata: unknown): Content => ({
  type: canonical(type),
  data: canonical(data),
  metadata: canonical(metadata),
});

export const genesis = (stream: string): string => sha256(stream);

/** The names are put together in the order in which RFC 8785 sorts them. */
export const chainAfter = (previous: string, id: string, { type, data, metadata }: Content): string =>
  sha256(`${previous}{"data":${data},"id":${canonical(id)},"metadata":${metadata},"type":${type}}`);

/**
 * UUIDv5 of stream, command id, index and content. The store compares ids, not data: an id that could name two contents
 * would make it answer "already there" for something that is not. The type is content too, because two types can have
 * equal data.
 */
export const eventId = (
  stream: string,
  commandId: string,
  index: number,
  { type, data, metadata }: Content,
): string => {
  const content = sha256(`{"data":${data},"metadata":${metadata},"type":${type}}`);
  return v5([stream, commandId, index, content].join('\n'), NAMESPACE);
};

export type Broken = { readonly stream: string; readonly revision: bigint; readonly reason: string };

/** The chain after a recorded event, or why it does not follow from `previous`. */
export const verifyEvent = (previous: string, recorded: RecordedEvent): string | Broken => {
  const { stream, revision, type, data } = recorded;
  const broken = (reason: string): Broken => ({ stream, revision, reason });
  if (!isObject(recorded.metadata)) return broken('metadata is no object');
  if (data === undefined) return broken('it has no data');
  const { chain, ...metadata } = recorded.metadata;
  const expected = chainAfter(previous, recorded.id, contentOf(type, data, metadata));
  return chain === expected ? expected : broken(`chain is ${JSON.stringify(chain)}, it should be ${expected}`);
};

/** Walks events of one stream, from its first or from after the one that has the chain `previous`. */
export const verifyChain = async (
  stream: string,
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  previous: string = genesis(stream),
): Promise<{ readonly chain: string; readonly broken: Broken | null }> => {
  let chain = previous;
  for await (const recorded of events) {
    const next = verifyEvent(chain, recorded);
    if (typeof next !== 'string') return { chain, broken: next };
    chain = next;
  }
  return { chain, broken: null };
};
