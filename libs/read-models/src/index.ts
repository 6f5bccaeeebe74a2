/** The one door of the read models: tables that a projector keeps up with the store, and what is asked of them. */
export type { ReadDatabase } from './database.js';
export { openSqlite } from './sqlite.js';
export { Projector, type ProjectorStatus } from './projector.js';
export type { Progress } from './progress.js';
export { storedState } from './states.js';
export * from './queries.js';
