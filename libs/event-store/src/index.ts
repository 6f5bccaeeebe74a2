/** The one door of the event store: port, adapter, codec, subscriptions and the one write path. */
export type * from './json.js';
export type * from './port.js';
export { StoreError, comparePositions, parsePosition, positionText } from './port.js';
export { EventStoreAdapter } from './eventstore-adapter.js';
export type { EventStoreOptions } from './eventstore-adapter.js';
export type * from './catalogue.js';
export {
  ACCOUNT_EVENTS,
  CLAIM_EVENTS,
  CONTACT_EVENTS,
  LEDGER_EVENTS,
  REFUSAL_EVENTS,
  USAGE_EVENTS,
} from './catalogue.js';
export { decode, schemaOf } from './codec.js';
export type { Decoded } from './codec.js';
export type { AskedCommand, Metadata, RefusedItem } from './metadata.js';
export { bodyHash, isRevision } from './metadata.js';
export { canonical, genesis, verifyChain, verifyEvent } from './chain.js';
export type { Broken } from './chain.js';
export { subscribeAll } from './subscribe-all.js';
export { backoff } from './in-time.js';
export type { RunningSubscription, SubscribeAllOptions, Trouble } from './subscribe-all.js';
export { ensureStoreId, storeId } from './store-id.js';
export type * from './outcome.js';
export { Ledger } from './ledger.js';
export type { WritePathOptions } from './write-path.js';
