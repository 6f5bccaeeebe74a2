import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { NewsChannel } from './news.js';
import type { TableName } from './schema.js';
import type { Tables } from './tables.js';

/** A database of the read models, whichever it is. Everything that differs is here, and `databases.ts` says how. */
export type ReadDatabase = {
  readonly db: Kysely<Tables>;
  /** Whether other processes may use it at the same time. */
  readonly isShared: boolean;
  /** How other processes hear of a batch; null where there are no others. */
  readonly news: NewsChannel | null;
  /** Whether its statements run on the thread that calls them, where requests wait for them. */
  readonly isOnThread: boolean;
  /** `Pace` may say fewer. */
  readonly mostEventsPerBatch: number;
  /** The type of text whose order is that of its bytes. */
  readonly text: RawBuilder<unknown>;
  /** Milliseconds by the database's clock: the one that all its users share. */
  readonly now: RawBuilder<number>;
  /** Rows that are given as one JSON array, as something to select from. */
  rows(table: TableName, version: number, json: string): RawBuilder<unknown>;
  /** Keeps all others who call it out until the transaction ends. */
  alone(transaction: Transaction<Tables>): Promise<void>;
  /** Takes away a table, if it is there, without making anybody wait long. */
  readonly discard: (table: string) => Promise<void>;
  close(): Promise<void>;
};
