/**
 * What can be asked of the ledger: the commands of the outside, checked and normalised by libs/contract before they come
 * here. Money has two decimals, instants are UTC with `Z` and whole seconds, an absent optional field is absent.
 */
import type { Day } from './calendar.js';
import type { Currency, Money } from './money.js';

export type RenewalMode = 'manual' | 'automatic' | 'never';

/** P-2.11 The percentage of the list price that is paid, a decimal string from "0" to "100". */
export type Promotion = { readonly id: string; readonly payPercent: string; readonly refundable: boolean };

/** A figure of a day: an integer, bandwidth also a decimal string. Days are local. */
export type Sample = {
  readonly meter: string;
  readonly day: Day;
  readonly value: number | string;
  readonly region?: string;
};

export type BatchItem = { readonly appId: string; readonly product: string; readonly months: number | null };

type OfAccount = { readonly accountId: string; readonly reason?: string };
type OfApp = OfAccount & { readonly appId: string };

export type OpenAccount = OfAccount & { readonly do: 'OpenAccount'; readonly currency: Currency };
export type SetContact = OfAccount & { readonly do: 'SetContact'; readonly email?: string; readonly phone?: string };
export type EraseContact = OfAccount & { readonly do: 'EraseContact' };
export type TopUp = OfAccount & { readonly do: 'TopUp'; readonly amount: Money; readonly reference?: string };
export type GrantGift = OfAccount & { readonly do: 'GrantGift'; readonly amount: Money };
export type IssueVoucher = OfAccount & {
  readonly do: 'IssueVoucher';
  readonly voucherId: string;
  readonly amount: Money;
  readonly validFrom?: string;
  readonly validUntil: string;
  readonly minimumOrder?: Money;
  readonly products?: readonly string[];
};
export type ChargeAccount = OfAccount & {
  readonly do: 'ChargeAccount';
  readonly amount: Money;
  readonly service: string;
  readonly reference?: string;
};
export type BanAccount = OfAccount & { readonly do: 'BanAccount' };
export type BlockRefunds = OfAccount & { readonly do: 'BlockRefunds'; readonly appId?: string };
export type UnblockRefunds = OfAccount & { readonly do: 'UnblockRefunds'; readonly appId?: string };
export type CreateApp = OfApp & {
  readonly do: 'CreateApp';
  readonly name?: string;
  readonly dataCentre: string;
  readonly priceBook?: string;
};
export type ExtendTrial = OfApp & { readonly do: 'ExtendTrial' };
export type DisableApp = OfApp & { readonly do: 'DisableApp' };
export type EnableApp = OfApp & { readonly do: 'EnableApp' };
export type DeleteApp = OfApp & { readonly do: 'DeleteApp' };
export type MigratePriceBook = OfApp & {
  readonly do: 'MigratePriceBook';
  readonly to: string;
  readonly months?: number | null;
  readonly vouchers?: readonly string[];
};
export type Purchase = OfApp & {
  readonly do: 'Purchase';
  readonly product: string;
  readonly months?: number | null;
  readonly quantity?: number;
  readonly vouchers?: readonly string[];
  readonly renewal?: RenewalMode;
  readonly promotion?: Promotion;
};
export type Renew = OfApp & {
  readonly do: 'Renew';
  readonly product: string;
  readonly months?: number | null;
  readonly vouchers?: readonly string[];
  readonly promotion?: Promotion;
};
export type RenewBatch = OfAccount & { readonly do: 'RenewBatch'; readonly items: readonly BatchItem[] };
export type SetRenewal = OfApp & { readonly do: 'SetRenewal'; readonly product: string; readonly mode: RenewalMode };
export type Upgrade = OfApp & { readonly do: 'Upgrade'; readonly to: string; readonly vouchers?: readonly string[] };
export type Refund = OfApp & { readonly do: 'Refund'; readonly product: string };
export type SetHistoryTier = OfApp & { readonly do: 'SetHistoryTier'; readonly days: number };
export type RecordUsage = OfApp & { readonly do: 'RecordUsage'; readonly samples: readonly Sample[] };
export type CorrectUsage = OfApp & { readonly do: 'CorrectUsage' } & Sample;

export type Command =
  | OpenAccount
  | SetContact
  | EraseContact
  | TopUp
  | GrantGift
  | IssueVoucher
  | ChargeAccount
  | BanAccount
  | BlockRefunds
  | UnblockRefunds
  | CreateApp
  | ExtendTrial
  | DisableApp
  | EnableApp
  | DeleteApp
  | MigratePriceBook
  | Purchase
  | Renew
  | RenewBatch
  | SetRenewal
  | Upgrade
  | Refund
  | SetHistoryTier
  | RecordUsage
  | CorrectUsage;

export type CommandName = Command['do'];
export type CommandOf<N extends CommandName> = Extract<Command, { do: N }>;
