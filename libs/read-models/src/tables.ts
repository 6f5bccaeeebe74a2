/**
 * The tables. Every row is derived from the domain's state of one account, which the row of `accounts` keeps whole: so a
 * table can be filled again from the states, and the states from the store.
 *
 * Instants are text in UTC, as the API gives them; revisions are whole numbers, which PostgreSQL hands out as text.
 */
import type { ColumnType } from 'kysely';

type Revision = ColumnType<number | string, bigint, bigint>;

export type AccountRow = {
  account_id: string;
  revision: Revision;
  /** The chain of the event at `revision`: a state is used only if the store's event has the same. */
  chain: string;
  fold_version: number;
  /** What the domain's `toStored` gives. */
  state: string;
  currency: string;
  overdue_since: string | null;
  /** The instant of the account's first deadline, in whole seconds; null when there is none. */
  next_due_at: ColumnType<number | string | null, number | null, number | null>;
};

/** The app as it was at its account's last event; the API shows it from the state, as of now. */
export type AppRow = {
  app_id: string;
  account_id: string;
  status: string;
  price_book: string;
  term_ends_at: string | null;
};

/** Accounts with an event that today's code cannot read; their rows stay as they were before it. */
export type QuarantinedRow = {
  account_id: string;
  stream: string;
  revision: Revision;
  type: string;
  reason: string;
};

/** One row: how far the store has been projected, and which event was the last, to see later that it is the same store. */
export type CheckpointRow = {
  id: 1;
  store_id: string;
  /** Of every state in `accounts`. */
  fold_version: number;
  /** `commit/prepare`; empty before anything was projected. */
  position: string;
  last_stream: string | null;
  last_revision: ColumnType<number | string | null, bigint | null, bigint | null>;
  last_event_id: string | null;
  last_position: string | null;
};

export type Tables = {
  accounts: AccountRow;
  apps: AppRow;
  quarantined: QuarantinedRow;
  checkpoint: CheckpointRow;
};
