import { randomUUID } from 'node:crypto';
import { RULES_VERSION, iso } from '@ledger/domain';
import { LEDGER_EVENTS } from './catalogue.js';
import { decode } from './codec.js';
import { emptyFold } from './fold.js';
import { Origins } from './origins.js';
import { StoreError } from './port.js';
import type { EventStore } from './port.js';
import { seal } from './seal.js';

/** What is kept beside a store names the store it belongs to, so that a wrong pair is noticed at start. */
const STREAM = 'ledger';

/**
 * The store's id, in the first event of the stream `ledger` for ever. Whoever comes first writes it, all others read
 * it.
 */
export const ensureStoreId = async (store: EventStore, clock: () => number): Promise<string> => {
  const known = await storeId(store);
  if (known !== null) return known;
  const effectiveAt = iso(Math.floor(clock() / 1000));
  const origin = new Origins(RULES_VERSION, clock).ofStart(STREAM);
  const event = { type: 'LedgerCreated', effectiveAt, storeId: randomUUID() } as const;
  const sealed = seal(LEDGER_EVENTS, false, emptyFold(STREAM), [event], origin);
  const answer = await store.append(
    STREAM,
    sealed.map(({ stored }) => stored),
    'no-stream',
  );
  // Not appended, or perhaps appended, or by somebody else: what stands there says which id it is.
  const id = await storeId(store);
  if (id === null) throw new StoreError('unavailable', `the store's id was not written: ${answer.kind}`);
  return id;
};

export const storeId = async (store: EventStore): Promise<string | null> => {
  for await (const recorded of store.read(STREAM, { limit: 1, requiresLeader: true })) {
    const decoded = decode(LEDGER_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw new StoreError('bad-request', `${STREAM}: ${decoded.reason}`);
    return decoded.event.storeId;
  }
  return null;
};
