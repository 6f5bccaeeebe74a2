/**
 * Between the store's bytes and today's events. What cannot be read is a value with its reason, so that one account
 * waits for somebody and all others go on.
 */
import { parseInstant } from '@ledger/domain';
import type { Catalogue, StoredEvent } from './catalogue.js';
import { assertPlain, isObject } from './json.js';
import type { JsonObject } from './json.js';
import { isMetadata } from './metadata.js';
import type { Metadata } from './metadata.js';
import type { UnreadableEvent } from './outcome.js';
import type { RecordedEvent } from './port.js';

export type Decoded<E extends StoredEvent> = {
  readonly kind: 'event';
  readonly event: E;
  readonly metadata: Metadata;
  readonly recorded: RecordedEvent;
};

const isKnown = <E extends StoredEvent>(catalogue: Catalogue<E>, type: string): type is E['type'] =>
  Object.hasOwn(catalogue, type);

export const schemaOf = <E extends StoredEvent>(catalogue: Catalogue<E>, type: E['type']): number =>
  catalogue[type].length + 1;

/** The type stands beside the data, not in it. */
export const dataOf = ({ type, ...data }: { readonly type: string }): JsonObject => {
  assertPlain(data, type);
  return data;
};

/**
 * After the last upcast the data have the shape that the catalogue's type promises; that this holds is what the golden
 * streams test.
 */
const isToday = <E extends StoredEvent>(
  event: { readonly type: string; readonly effectiveAt?: unknown },
  type: E['type'],
): event is E =>
  event.type === type && typeof event.effectiveAt === 'string' && parseInstant(event.effectiveAt) !== null;

export const decode = <E extends StoredEvent>(
  catalogue: Catalogue<E>,
  recorded: RecordedEvent,
): Decoded<E> | UnreadableEvent => {
  const { stream, revision, type, data, metadata } = recorded;
  const unreadable = (reason: string): UnreadableEvent => ({ kind: 'unreadable', stream, revision, type, reason });
  if (!isKnown(catalogue, type)) return unreadable('unknown type');
  if (!isMetadata(metadata)) return unreadable('no metadata of ours');
  const today = schemaOf(catalogue, type);
  if (metadata.schema < 1 || metadata.schema > today) return unreadable(`schema ${metadata.schema} of ${today}`);
  try {
    if (!isObject(data)) return unreadable('data is no object');
    const event = {
      ...catalogue[type].slice(metadata.schema - 1).reduce((older, upcast) => upcast(older), data),
      type,
    };
    return isToday<E>(event, type) ? { kind: 'event', event, metadata, recorded } : unreadable('no effectiveAt');
  } catch (error) {
    return unreadable(String(error));
  }
};
