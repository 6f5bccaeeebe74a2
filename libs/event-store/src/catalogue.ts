/**
 * Every event that can stand in the store. A type that the domain has and this file has not breaks the build.
 *
 * The list beside a type holds its upcasts: the n-th turns data of schema n into data of schema n + 1, so today's
 * schema is their number plus one. They run where events are read; everybody else knows only today's shape.
 */
import type { AccountEvent, Clause, Details, UsageEvent } from '@ledger/domain';
import type { JsonObject } from './json.js';
import type { Actor } from './outcome.js';

export type Upcast = (data: JsonObject) => JsonObject;
/** All events have a type and are dated by the fact. */
export type StoredEvent = { readonly type: string; readonly effectiveAt: string };
export type Catalogue<E extends StoredEvent> = { readonly [T in E['type']]: readonly Upcast[] };

type Of<T extends string, Data> = { readonly type: T; readonly effectiveAt: string } & Readonly<Data>;

/** `claim-{appId}`: an app id belongs to one account for ever. */
export type AppClaimed = Of<'AppClaimed', { accountId: string; appId: string }>;
/** `contact-{accountId}`: the only personal data anywhere. */
export type ContactSet = Of<'ContactSet', { accountId: string; email?: string; phone?: string }>;
/** `refusals-{accountId}`: what was asked and why it did not happen. */
export type CommandRefused = Of<
  'CommandRefused',
  {
    accountId: string | null;
    command: { readonly name: string; readonly body: JsonObject };
    refusal: string;
    clause: Clause | null;
    details: Details;
    actor: Actor;
  }
>;
/** `ledger`: its first event names the store for ever. */
export type LedgerCreated = Of<'LedgerCreated', { storeId: string }>;

export const ACCOUNT_EVENTS: Catalogue<AccountEvent> = {
  AccountOpened: [],
  FundsToppedUp: [],
  GiftGranted: [],
  VoucherIssued: [],
  AccountCharged: [],
  ContactErased: [],
  AccountBanned: [],
  RefundsBlocked: [],
  RefundsUnblocked: [],
  AppCreated: [],
  TrialExtended: [],
  AppDisabled: [],
  AppEnabled: [],
  AppDeleted: [],
  PriceBookMigrated: [],
  Purchased: [],
  Renewed: [],
  AutoRenewalFailed: [],
  RenewalSettingChanged: [],
  Upgraded: [],
  Refunded: [],
  HistoryTierSet: [],
  NoticeIssued: [],
  Expired: [],
  AddOnEnded: [],
  Suspended: [],
  Resumed: [],
  ResourcesReclaimed: [],
  Overdue: [],
  ArrearsCleared: [],
  BillIssued: [],
  DaySettled: [],
};

export const USAGE_EVENTS: Catalogue<UsageEvent> = { UsageRecorded: [], UsageCorrected: [] };
export const CLAIM_EVENTS: Catalogue<AppClaimed> = { AppClaimed: [] };
export const CONTACT_EVENTS: Catalogue<ContactSet> = { ContactSet: [] };
export const REFUSAL_EVENTS: Catalogue<CommandRefused> = { CommandRefused: [] };
export const LEDGER_EVENTS: Catalogue<LedgerCreated> = { LedgerCreated: [] };
