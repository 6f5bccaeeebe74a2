/** With which refusals each command can be answered, in the order of the checks: from the outside in (language.md, Refusals). */
import type { CommandName } from './commands.js';
import type { RefusalName } from './decision.js';

const ACCOUNT = ['AccountUnknown', 'AccountBanned'] as const;
/** What a banned account can still be asked. P-6.6 */
const ANY_ACCOUNT = ['AccountUnknown'] as const;
const APP = ['AppUnknown', 'AppDeleted', 'AppReclaimed'] as const;
const VOUCHERS = [
  'VoucherUnknown',
  'VoucherUsed',
  'VoucherNotValid',
  'VoucherNotApplicable',
  'VoucherNotNeeded',
] as const;
const MONEY = ['AccountInArrears', ...VOUCHERS, 'InsufficientFunds'] as const;
const BLOCKS = ['RefundsBlocked', 'NotRefundable'] as const;
const SAMPLES = ['MeterUnknown', 'UsageInFuture', 'UsageBeforeApp', 'MonthClosed'] as const;
const RENEWAL = [
  ...APP,
  'ProductUnknown',
  'BuyAgain',
  'TermNotRunning',
  'NotOpenToPackage',
  'RenewalNever',
  'MonthsOutOfRange',
] as const;

export const COMMAND_REFUSALS: Readonly<Record<CommandName, readonly RefusalName[]>> = {
  OpenAccount: ['AccountExists'],
  SetContact: ANY_ACCOUNT,
  EraseContact: ANY_ACCOUNT,
  TopUp: [...ACCOUNT, 'ReferenceUsed'],
  GrantGift: ACCOUNT,
  IssueVoucher: [...ACCOUNT, 'VoucherExists'],
  ChargeAccount: [...ANY_ACCOUNT, 'ReferenceUsed'],
  BanAccount: ACCOUNT,
  BlockRefunds: [...ACCOUNT, ...APP],
  UnblockRefunds: [...ACCOUNT, ...APP],
  CreateApp: [...ACCOUNT, 'AppExists', 'TooManyApps', 'BookUnknown', 'CurrencyMismatch', 'AccountInArrears'],
  ExtendTrial: [...ACCOUNT, ...APP, 'TrialLeft', 'TrialNotLimited'],
  DisableApp: [...ACCOUNT, ...APP, 'AlreadyDisabled'],
  EnableApp: [...ACCOUNT, ...APP, 'NotDisabled'],
  DeleteApp: [...ANY_ACCOUNT, 'AppUnknown', 'AppDeleted', 'AppServing', 'TermRunning'],
  MigratePriceBook: [
    ...ACCOUNT,
    ...APP,
    'AppDisabled',
    'BookUnknown',
    'NotMigratable',
    'ProductUnknown',
    'FieldNotApplicable',
    'MonthsOutOfRange',
    ...MONEY,
  ],
  Purchase: [
    ...ACCOUNT,
    ...APP,
    'AppDisabled',
    'RenewInstead',
    'ProductUnknown',
    'TermRunning',
    'NeedsPackage',
    'NotOpenToPackage',
    'AlreadyIncluded',
    'FamilyRunning',
    'CallTrialUsedUp',
    'FieldNotApplicable',
    'MonthsOutOfRange',
    ...MONEY,
  ],
  Renew: [...ACCOUNT, ...RENEWAL, ...MONEY],
  RenewBatch: [...ACCOUNT, ...RENEWAL, 'AccountInArrears', 'InsufficientFunds'],
  SetRenewal: [...ACCOUNT, ...APP, 'ProductUnknown', 'TermNotRunning', 'RenewalNever'],
  Upgrade: [
    ...ACCOUNT,
    ...APP,
    'AppDisabled',
    'RenewInstead',
    'TermNotRunning',
    'BuyAgain',
    'ProductUnknown',
    'NotHigher',
    'AccountInArrears',
    ...BLOCKS,
    ...VOUCHERS,
    'InsufficientFunds',
  ],
  Refund: [...ACCOUNT, ...APP, 'ProductUnknown', 'NothingToRefund', ...BLOCKS],
  SetHistoryTier: [...ACCOUNT, ...APP, 'TierNotOffered'],
  RecordUsage: [...ANY_ACCOUNT, ...APP, ...SAMPLES],
  CorrectUsage: [...ANY_ACCOUNT, ...APP, ...SAMPLES],
};
