import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** A database of the read models, whichever it is. */
export type ReadDatabase = {
  readonly db: Kysely<Tables>;
  /** How many values it lets one statement bind. */
  readonly mostValues: number;
  readonly mostEventsPerBatch: number;
  close(): Promise<void>;
};
