/**
 * Everything that can have happened: the names and fields that the outside sees. An event carries what it was decided from,
 * so that nothing is looked up when it is folded. Data are plain JSON: money and instants as strings, no floats.
 */
import type { Day, Period } from './calendar.js';
import type { RenewalMode, Sample } from './commands.js';
import type { Currency, Money } from './money.js';

/** Why an app does not serve (P-6.3). */
export type Hold = 'arrears' | 'banned' | 'disabled' | 'lapsed' | 'refunded' | 'trial-over';

export type VoucherUse = { readonly voucherId: string; readonly amount: Money };
export type Paid = { readonly vouchers: readonly VoucherUse[]; readonly gift: Money; readonly cash: Money };
export type Split = { readonly gift: Money; readonly cash: Money };

/** A promotion as an order keeps it (P-2.11). */
export type OrderPromotion = { readonly id: string; readonly payPercent: string; readonly refundable: boolean };

/** What was ordered, at which price, and how it was paid (P-1.8, P-2.11). */
export type OrderData = {
  readonly orderId: string;
  readonly product: string;
  readonly priceBook: string;
  readonly priceRow: string;
  readonly months?: number;
  readonly quantity: number;
  readonly startsAt: string;
  readonly endsAt?: string;
  readonly listPrice: string;
  readonly amount: Money;
  readonly paid: Paid;
  readonly promotion?: OrderPromotion;
};

/** One product of a refund: what was paid, what of it was used, what comes back (P-5.1 to P-5.4). */
export type RefundLine = {
  readonly product: string;
  readonly orders: readonly string[];
  readonly paid: Split;
  readonly used: Money;
  readonly unrounded: string;
  readonly amount: Money;
  readonly gift: Money;
  readonly cash: Money;
};

/** The part of an upgrade's fee that one order bears (P-4.2). */
export type UpgradePart = {
  readonly orderId: string;
  readonly fee: Money;
  readonly unrounded: string;
  readonly gift: Money;
  readonly cash: Money;
};

/** A line of a bill with its evidence (P-7.6). */
export type BillLine = {
  readonly appId: string;
  readonly meter: string;
  readonly region?: string;
  readonly figure: number | string;
  readonly peakDay?: Day;
  readonly free: number;
  /** An integer; as text where it passes 2^53. */
  readonly units: number | string;
  readonly unitPrice: string;
  readonly book: string;
  readonly package: string;
  readonly share: { readonly served: number; readonly of: number };
  readonly amount: Money;
  readonly adjusts?: Period;
};

export type Source = { readonly stream: string; readonly revision: string };

type Of<T extends string, Data> = {
  readonly type: T;
  readonly accountId: string;
  readonly effectiveAt: string;
} & Readonly<Data>;
type OfApp<T extends string, Data> = Of<T, { appId: string } & Data>;
type None = unknown;

export type AccountOpened = Of<'AccountOpened', { currency: Currency }>;
export type FundsToppedUp = Of<'FundsToppedUp', { amount: Money; settled: Money; reference?: string }>;
export type GiftGranted = Of<'GiftGranted', { amount: Money; settled: Money }>;
export type VoucherIssued = Of<
  'VoucherIssued',
  {
    voucherId: string;
    amount: Money;
    validFrom?: string;
    validUntil: string;
    minimumOrder?: Money;
    products?: readonly string[];
  }
>;
export type AccountCharged = Of<
  'AccountCharged',
  { amount: Money; service: string; reference?: string; gift: Money; cash: Money }
>;
export type ContactErased = Of<'ContactErased', None>;
export type AccountBanned = Of<'AccountBanned', None>;
export type RefundsBlocked = Of<'RefundsBlocked', { appId?: string }>;
export type RefundsUnblocked = Of<'RefundsUnblocked', { appId?: string }>;
export type AppCreated = OfApp<
  'AppCreated',
  { name?: string; dataCentre: string; priceBook: string; trialEndsAt?: string }
>;
export type TrialExtended = OfApp<'TrialExtended', { trialEndsAt: string }>;
export type AppDisabled = OfApp<'AppDisabled', None>;
export type AppEnabled = OfApp<'AppEnabled', None>;
export type AppDeleted = OfApp<'AppDeleted', None>;
export type PriceBookMigrated = OfApp<
  'PriceBookMigrated',
  { from: string; to: string; takesEffect: 'now' | 'next-order'; trialEndsAt?: string }
>;
export type Purchased = OfApp<'Purchased', { order: OrderData; kind: 'package' | 'add-on'; renewal: RenewalMode }>;
export type Renewed = OfApp<'Renewed', { order: OrderData; automatic: boolean }>;
export type AutoRenewalFailed = OfApp<
  'AutoRenewalFailed',
  { product: string; cause: 'banned' | 'arrears' | 'not-open' | 'funds'; required?: Money; available: Money }
>;
export type RenewalSettingChanged = OfApp<'RenewalSettingChanged', { product: string; mode: RenewalMode }>;
export type Upgraded = OfApp<
  'Upgraded',
  {
    from: string;
    to: string;
    listPrice: string;
    priceRow: string;
    fee: Money;
    paid: Paid;
    parts: readonly UpgradePart[];
    refunds: readonly RefundLine[];
  }
>;
export type Refunded = OfApp<
  'Refunded',
  { product: string; lines: readonly RefundLine[]; amount: Money; gift: Money; cash: Money }
>;
export type HistoryTierSet = OfApp<'HistoryTierSet', { days: number }>;
export type NoticeIssued = Of<
  'NoticeIssued',
  { appId?: string; notice: 'expiry' | 'arrears' | 'suspended' | 'reclaim'; daysLeft?: number }
>;
export type Expired = OfApp<'Expired', { product: string; termEndedAt: string; graceEndsAt: string }>;
export type AddOnEnded = OfApp<'AddOnEnded', { product: string }>;
export type Suspended = OfApp<'Suspended', { cause: Hold; suspendedSince: string; reclaimAt: string | null }>;
export type Resumed = OfApp<'Resumed', None>;
export type ResourcesReclaimed = OfApp<'ResourcesReclaimed', { suspendedSince: string }>;
export type Overdue = Of<'Overdue', { balance: Money; suspendsAt: string }>;
export type ArrearsCleared = Of<'ArrearsCleared', None>;
export type BillIssued = Of<
  'BillIssued',
  {
    billId: string;
    period: Period;
    lines: readonly BillLine[];
    total: Money;
    gift: Money;
    cash: Money;
    sources: readonly Source[];
    part?: number;
    parts?: number;
  }
>;
export type DaySettled = Of<'DaySettled', { period: Day }>;

/** The events of the usage streams, `usage-{appId}-{yyyy-mm}`. */
export type UsageRecorded = OfApp<'UsageRecorded', { samples: readonly Sample[] }>;
export type UsageCorrected = OfApp<'UsageCorrected', { samples: readonly Sample[] }>;
export type UsageEvent = UsageRecorded | UsageCorrected;

/** The events of the account's stream, `account-{accountId}`. */
export type AccountEvent =
  | AccountOpened
  | FundsToppedUp
  | GiftGranted
  | VoucherIssued
  | AccountCharged
  | ContactErased
  | AccountBanned
  | RefundsBlocked
  | RefundsUnblocked
  | AppCreated
  | TrialExtended
  | AppDisabled
  | AppEnabled
  | AppDeleted
  | PriceBookMigrated
  | Purchased
  | Renewed
  | AutoRenewalFailed
  | RenewalSettingChanged
  | Upgraded
  | Refunded
  | HistoryTierSet
  | NoticeIssued
  | Expired
  | AddOnEnded
  | Suspended
  | Resumed
  | ResourcesReclaimed
  | Overdue
  | ArrearsCleared
  | BillIssued
  | DaySettled;

export type LedgerEvent = AccountEvent | UsageEvent;
