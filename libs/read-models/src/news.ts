/**
 * What the projector tells other processes that serve from the same database: whose rows have changed, in the transaction
 * that changes them. They forget what they keep of those in memory; without the news they would have to forget everything.
 */
import type { Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** Whose rows have changed; `all` where that is not known. */
export type Changed = readonly string[] | 'all';

export type News = {
  readonly changed: Changed;
  /** Of the last event in the rows; null before the first. */
  readonly position: string | null;
};

export type Listener = {
  hear(news: News): void;
  /** From now on, and since the last news, something may have been missed. */
  deafen(): void;
};

/** How a database carries news; one that is not shared carries none. */
export type NewsChannel = {
  tell(transaction: Transaction<Tables>, news: News): Promise<void>;
  /** Resolves once everything told from now on is heard. Throws what the database says. */
  listen(listener: Listener): Promise<{ close(): Promise<void> }>;
};
