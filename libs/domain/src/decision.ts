/** What a rule answers: events to append, or a refusal with a name and the clause that says so. An exception is a bug. */
import type { Account } from './accounts/account.js';
import type { LedgerEvent } from './events.js';
import type { Timer } from './timer.js';

/** The clause that each refusal cites, whatever the command: a name always cites the same one. */
export const REFUSALS = {
  AccountUnknown: 'P-1.1',
  AccountExists: 'P-1.1',
  AccountBanned: 'P-6.6',
  AccountInArrears: 'P-2.6',
  AppUnknown: 'P-1.3',
  AppExists: 'P-1.3',
  TooManyApps: 'P-1.1',
  AppReclaimed: 'P-6.5',
  AppDeleted: 'P-1.6',
  AppDisabled: 'P-1.6',
  AppServing: 'P-1.6',
  AlreadyDisabled: 'P-1.6',
  NotDisabled: 'P-1.6',
  TermRunning: 'P-2.1',
  TermNotRunning: 'P-3.1',
  RenewInstead: 'P-2.12',
  BuyAgain: 'P-3.2',
  NotHigher: 'P-4.1',
  ProductUnknown: 'P-10',
  NotOpenToPackage: 'P-2.8',
  AlreadyIncluded: 'P-2.8',
  FamilyRunning: 'P-2.8',
  NeedsPackage: 'P-2.8',
  CallTrialUsedUp: 'P-2.10',
  MonthsOutOfRange: 'P-2.2',
  FieldNotApplicable: 'P-2.13',
  InsufficientFunds: 'P-2.5',
  VoucherExists: 'P-2.7',
  VoucherUnknown: 'P-2.7',
  VoucherUsed: 'P-2.7',
  VoucherNotValid: 'P-2.7',
  VoucherNotApplicable: 'P-2.7',
  VoucherNotNeeded: 'P-2.7',
  RenewalNever: 'P-3.4',
  RefundsBlocked: 'P-5.8',
  NotRefundable: 'P-5.8',
  NothingToRefund: 'P-5.5',
  CurrencyMismatch: 'P-0.3',
  BookUnknown: 'P-1.7',
  NotMigratable: 'P-1.7',
  TrialNotLimited: 'P-1.4',
  TrialLeft: 'P-1.4',
  MeterUnknown: 'P-7.6',
  UsageInFuture: 'P-7.12',
  UsageBeforeApp: 'P-7.12',
  MonthClosed: 'P-7.9',
  TierNotOffered: 'P-7.5',
  ReferenceUsed: 'P-2.14',
} as const;

export type RefusalName = keyof typeof REFUSALS;
/** The id of a clause of docs/pricing.md, `P-4.2`. */
export type Clause = `P-${number}`;

/** The values that the check saw, for the reader of the refusal: `required`, `available`, `product` … */
export type Details = { readonly [name: string]: string | number | boolean | null };

/** One item of a `RenewBatch`: the order it got, or its refusal (P-3.3). */
export type ItemResult =
  | { readonly appId: string; readonly product: string; readonly orderId: string }
  | {
      readonly appId: string;
      readonly product: string;
      readonly refusal: RefusalName;
      readonly clause: Clause;
      readonly details: Details;
    };

export type Refused = {
  readonly refusal: RefusalName;
  readonly clause: Clause;
  readonly details: Details;
  readonly items?: readonly ItemResult[];
};

export type Decided<E extends LedgerEvent = LedgerEvent> = {
  readonly events: readonly E[];
  readonly clauses: readonly Clause[];
  readonly items?: readonly ItemResult[];
  /** Of what time brings: the deadlines that made the events, in their order. */
  readonly fired?: readonly Timer[];
  /** The account as the events leave it, for whom folding them again would be waste; it equals that fold. */
  readonly after?: Account;
};

export type Decision<E extends LedgerEvent = LedgerEvent> = Decided<E> | Refused;

export const refuse = (refusal: RefusalName, details: Details = {}): Refused => ({
  refusal,
  clause: REFUSALS[refusal],
  details,
});

export const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refusal' in answer;

export const NO_CHANGE: Decided<never> = { events: [], clauses: [] };
