/**
 * The tables. Every row of an account is derived from its events by the domain's fold: the row of `accounts` keeps the state
 * whole, and all of them can be filled again from the store.
 *
 * Instants are text in UTC, as the API gives them; money is decimal text; revisions are whole numbers, which PostgreSQL
 * hands out as text. What a row says holds from the account's last event on, whatever the time is: what time alone
 * brings is the reader's to add (P-0.7).
 */
import type { AppStatus, Hold, RenewalMode, TimerKind } from '@ledger/domain';
import type { ColumnType } from 'kysely';
import type { BatchResultRow, BatchRow } from './ops/batches.js';
import type { TokenRow } from './ops/tokens.js';
import type { ClockSetAsideRow } from './ops/clock-set-asides.js';
import type { ClockClaimRow } from './ops/clock.js';
import type { NoticeTables } from './ops/notice-deliveries.js';

export type Whole = ColumnType<number | string, bigint | number | string, bigint | number | string>;
export type WholeOrNull = ColumnType<
  number | string | null,
  bigint | number | string | null,
  bigint | number | string | null
>;

export type AccountRow = {
  account_id: string;
  revision: Whole;
  /** The chain of the event at `revision`: a state is used only if the store's event has the same. */
  chain: string;
  fold_version: number;
  /** What the domain's `toStored` gives. */
  state: string;
  currency: string;
  cash: string;
  gift: string;
  overdue_since: string | null;
  suspends_at: string | null;
  banned_at: string | null;
  /** The instant of the account's first deadline that is no settlement, in whole seconds; null when there is none. */
  prompt_due_at: WholeOrNull;
  /** The same of its first settlement. */
  settlement_due_at: WholeOrNull;
};

export type AppRow = {
  app_id: string;
  account_id: string;
  name: string | null;
  data_centre: string;
  created_at: string;
  status: AppStatus;
  /** The book that it followed at its last event. */
  price_book: string;
  /** The book that it follows from `migrates_at` on, though no event says so then (P-1.7). */
  migrating_to: string | null;
  migrates_at: string | null;
  package: string | null;
  renewal: RenewalMode | null;
  term_started_at: string | null;
  term_ends_at: string | null;
  grace_ends_at: string | null;
  trial_ends_at: string | null;
  suspended_since: string | null;
  reclaim_at: string | null;
};

/** Why an app does not serve; a row for each cause (P-6.3). */
export type HoldRow = { app_id: string; hold: Hold; account_id: string };

/** The deadlines armed at the account's last event. */
export type TimerRow = {
  account_id: string;
  /** Names the timer within its account: the same deadline keeps it when it moves. */
  timer_id: string;
  kind: TimerKind;
  due_at: string;
  app_id: string | null;
  product: string | null;
  period: string | null;
  days_left: number | null;
  /** The event of the account's stream after which the deadline is as it is. */
  armed_revision: Whole;
  armed_type: string;
};

/** An order as it was placed, and what upgrades and a refund have made of it. */
export type OrderRow = {
  order_id: string;
  account_id: string;
  app_id: string;
  /** The n-th order of the app, from 1. */
  number: number;
  kind: 'package' | 'add-on';
  /** Placed by a purchase, by a renewal, or by the renewal that comes by itself. */
  origin: 'purchase' | 'renewal' | 'automatic-renewal';
  placed_at: string;
  /** As ordered; `upgraded_to` is what it is now. */
  product: string;
  upgraded_to: string | null;
  upgraded_at: string | null;
  price_book: string;
  price_row: string;
  months: number | null;
  quantity: number;
  starts_at: string;
  ends_at: string | null;
  /** A month, a unit, as ordered. */
  list_price: string;
  amount: string;
  vouchers: string;
  /** Paid for it so far, the fees of upgrades included. */
  gift: string;
  cash: string;
  promotion: string | null;
  refunded_at: string | null;
};

/** A bill, its parts joined; `parts_issued` is less than `parts` while some are to come. */
export type BillRow = {
  bill_id: string;
  account_id: string;
  period: string;
  issued_at: string;
  total: string;
  gift: string;
  cash: string;
  lines: number;
  parts: number;
  parts_issued: number;
};

export type BillLineRow = {
  bill_id: string;
  /** From 0, over all parts. */
  line: number;
  account_id: string;
  app_id: string;
  meter: string;
  region: string | null;
  figure: string;
  peak_day: string | null;
  free: string;
  units: string;
  unit_price: string;
  book: string;
  package: string;
  served_seconds: Whole;
  of_seconds: Whole;
  amount: string;
  adjusts: string | null;
};

/** Accounts with an event that today's code cannot read; their rows stay as they were before it. */
export type QuarantinedRow = {
  account_id: string;
  stream: string;
  revision: Whole;
  type: string;
  reason: string;
};

/** What is derived from the store. Readers see the serving version by these names; each version has tables of its own. */
export type RowTables = {
  accounts: AccountRow;
  apps: AppRow;
  app_holds: HoldRow;
  timers: TimerRow;
  orders: OrderRow;
  bills: BillRow;
  bill_lines: BillLineRow;
  quarantined: QuarantinedRow;
};

/** How far the store has been projected into the tables of one version, and which event was the last. */
export type ProjectionRow = {
  version: number;
  store_id: string | null;
  /** Of the tables and of every state in them. */
  shape: string;
  /** `commit/prepare`; empty before anything was projected. */
  position: string;
  last_stream: string | null;
  last_revision: WholeOrNull;
  last_event_id: string | null;
  last_position: string | null;
  /** When the last event was recorded. */
  last_recorded_at: string | null;
  /** How many events were projected. */
  events: Whole;
  /** 1 once it has been through with what the store held when it began. */
  caught_up: number;
};

/** One row: the version that is served. */
export type ActiveVersionRow = { id: 1; version: number };

/** Who alone may write, and until when (milliseconds of the database's clock) it need not be asked whether it lives. */
export type LeaseRow = { name: LeaseName; holder: string; expires_at: Whole };
export type LeaseName = 'projector' | 'rebuild' | 'notices';

export type Tables = RowTables &
  NoticeTables & {
    projections: ProjectionRow;
    active_version: ActiveVersionRow;
    leases: LeaseRow;
    ops_tokens: TokenRow;
    ops_clock_claims: ClockClaimRow;
    ops_clock_set_asides: ClockSetAsideRow;
    ops_batches: BatchRow;
    ops_batch_results: BatchResultRow;
  };
