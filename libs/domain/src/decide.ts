/** All that can be asked of an account, and which rule answers. */
import {
  banAccount,
  blockRefunds,
  eraseContact,
  openAccount,
  setContact,
  unblockRefunds,
} from './accounts/account-commands.js';
import type { Account } from './accounts/account.js';
import { createApp, deleteApp, disableApp, enableApp, extendTrial, setHistoryTier } from './apps/app-commands.js';
import { migratePriceBook } from './apps/migrate.js';
import type { Instant } from './calendar.js';
import type { Command, CommandName } from './commands.js';
import { refuse, type Decision } from './decision.js';
import { purchase } from './orders/purchase.js';
import { refund } from './orders/refund.js';
import { renew, renewBatch } from './orders/renew.js';
import { setRenewal } from './orders/set-renewal.js';
import { upgrade } from './orders/upgrade.js';
import { correctUsage, recordUsage } from './usage/record-usage.js';
import type { UsageMonth } from './usage/usage-month.js';
import { chargeAccount, grantGift, issueVoucher, topUp } from './wallet/wallet-commands.js';

/** What a command needs to know from other streams, read before it is decided. */
export type Given = {
  /** `CreateApp`: the account that the stream `claim-{appId}` names; null where there is no such stream. */
  readonly claimedBy?: string | null;
  /** `RecordUsage`, `CorrectUsage`: the fold of `usage-{appId}-{month of the samples}`; null where there is no such stream. */
  readonly usage?: UsageMonth | null;
};

/** P-6.6 What a banned account can still be asked. */
const ALLOWED_WHEN_BANNED: ReadonlySet<CommandName> = new Set<CommandName>([
  'OpenAccount',
  'RecordUsage',
  'CorrectUsage',
  'ChargeAccount',
  'SetContact',
  'EraseContact',
  'DeleteApp',
]);

/**
 * Decides a command at `at`, for an account that has been advanced to `at` (nothing due at or before it).
 * Events of `RecordUsage` and `CorrectUsage` go to the usage stream, all others to the account's. No events: nothing changes.
 */
export const decide = (account: Account | null, command: Command, at: Instant, given: Given = {}): Decision => {
  if (command.do === 'OpenAccount') return openAccount(account, command, at);
  if (account === null) return refuse('AccountUnknown', { accountId: command.accountId });
  if (account.bannedAt !== null && !ALLOWED_WHEN_BANNED.has(command.do))
    return refuse('AccountBanned', { accountId: command.accountId });
  switch (command.do) {
    case 'SetContact':
      return setContact(account, command, at);
    case 'EraseContact':
      return eraseContact(account, command, at);
    case 'TopUp':
      return topUp(account, command, at);
    case 'GrantGift':
      return grantGift(account, command, at);
    case 'IssueVoucher':
      return issueVoucher(account, command, at);
    case 'ChargeAccount':
      return chargeAccount(account, command, at);
    case 'BanAccount':
      return banAccount(account, command, at);
    case 'BlockRefunds':
      return blockRefunds(account, command, at);
    case 'UnblockRefunds':
      return unblockRefunds(account, command, at);
    case 'CreateApp':
      return createApp(account, command, at, given.claimedBy ?? null);
    case 'ExtendTrial':
      return extendTrial(account, command, at);
    case 'DisableApp':
      return disableApp(account, command, at);
    case 'EnableApp':
      return enableApp(account, command, at);
    case 'DeleteApp':
      return deleteApp(account, command, at);
    case 'MigratePriceBook':
      return migratePriceBook(account, command, at);
    case 'Purchase':
      return purchase(account, command, at);
    case 'Renew':
      return renew(account, command, at);
    case 'RenewBatch':
      return renewBatch(account, command, at);
    case 'SetRenewal':
      return setRenewal(account, command, at);
    case 'Upgrade':
      return upgrade(account, command, at);
    case 'Refund':
      return refund(account, command, at);
    case 'SetHistoryTier':
      return setHistoryTier(account, command, at);
    case 'RecordUsage':
      return recordUsage(account, command, at, given.usage ?? null);
    case 'CorrectUsage':
      return correctUsage(account, command, at, given.usage ?? null);
  }
};
