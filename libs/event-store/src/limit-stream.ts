import { randomUUID } from 'node:crypto';
import { unavailable } from './interruption.js';
import { isObject } from './json.js';
import type { JsonObject } from './json.js';
import type { EventStore, RecordedEvent } from './port.js';

/** What a soft delete writes; JSON readers see 2^63. */
const DELETED = 2 ** 63;

/**
 * Lets the store forget all but the last events of a stream. A soft delete keeps its mark in the same metadata: it is
 * neither overwritten, which would bring the deleted events back, nor lost in a race, because the revision is exact.
 */
export const limitStream = async (store: EventStore, stream: string, maxCount: number): Promise<void> => {
  const last = await lastOf(store, `$$${stream}`);
  const metadata: JsonObject = isObject(last?.data) ? last.data : {};
  if (metadata['$maxCount'] === maxCount || metadata['$tb'] === DELETED) return;
  const data = { ...metadata, $maxCount: maxCount };
  const event = { id: randomUUID(), type: '$metadata', data, metadata: {} };
  const answer = await store.append(`$$${stream}`, [event], last?.revision ?? 'no-stream');
  // Somebody else was there first: another process of ours, which wrote the same, or a delete.
  if (answer.kind !== 'appended' && answer.kind !== 'wrong-expected')
    throw unavailable(`limit of ${stream}: ${answer.kind}`);
};

const lastOf = async (store: EventStore, stream: string): Promise<RecordedEvent | null> => {
  for await (const event of store.read(stream, { direction: 'backwards', limit: 1, requiresLeader: true }))
    return event;
  return null;
};
