/** The one door of the read models: tables that a projector keeps up with the store, and what is asked of them. */
export type { ReadDatabase } from './database.js';
export { openPostgres, openSqlite } from './databases.js';
export type { Changed } from './news.js';
export { Projector, type ProjectorStatus } from './projector.js';
export { rebuild, type Rebuilt, type RebuildOptions, type RebuildProgress } from './rebuild.js';
export type { Comparison } from './compare.js';
export { PREFIXES } from './fill.js';
export { lagOf, type Lag } from './lag.js';
export { projections, type ProjectionStatus } from './projections.js';
export type { Retried } from './quarantine.js';
export { retryAccount } from './retry.js';
export { countAccounts, someAccounts, verifyAccount, type Difference } from './verify.js';
export type { Progress } from './progress.js';
export { storedState } from './states.js';
export {
  batchStatus,
  BatchTaken,
  BATCH_LEASE_MS,
  keepResults,
  releaseBatch,
  resultsOf,
  takeBatch,
  type BatchResult,
  type BatchStatus,
  type NewBatch,
} from './ops/batches.js';
export { keepToken, revokeToken, tokenByDigest, tokensPage, type IssuedToken } from './ops/tokens.js';
export * from './ops/clock-set-asides.js';
export * from './ops/clock.js';
export * from './queries/accounts.js';
export * from './queries/apps.js';
export * from './queries/bills.js';
export * from './queries/orders.js';
export * from './queries/overdue.js';
export * from './queries/timers.js';
export { WRONG_CURSOR, type Cursor, type Page, type PageWanted } from './queries/keyset.js';
export { OneAtATime, type Turn } from './one-at-a-time.js';
export { Overtaken } from './lease.js';
export * from './ops/delivery-lists.js';
export * from './ops/notice-deliveries.js';
