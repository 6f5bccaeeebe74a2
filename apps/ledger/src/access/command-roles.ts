/** Which command which role may send; `admin` may send every one. */
import type { CommandName } from '@ledger/domain';
import { ROLES, type Role } from '../http/roles.js';

const BY_OPERATORS = ['ops', 'admin'] as const;
const BY_ADMINS = ['admin'] as const;

export const COMMAND_ROLES: Readonly<Record<CommandName, readonly Role[]>> = {
  OpenAccount: BY_OPERATORS,
  SetContact: BY_OPERATORS,
  EraseContact: BY_ADMINS,
  TopUp: ['payments', ...BY_OPERATORS],
  GrantGift: BY_ADMINS,
  IssueVoucher: BY_OPERATORS,
  ChargeAccount: ['payments', ...BY_OPERATORS],
  BanAccount: BY_ADMINS,
  BlockRefunds: BY_OPERATORS,
  UnblockRefunds: BY_OPERATORS,
  CreateApp: BY_OPERATORS,
  ExtendTrial: BY_OPERATORS,
  DisableApp: BY_OPERATORS,
  EnableApp: BY_OPERATORS,
  DeleteApp: BY_OPERATORS,
  MigratePriceBook: BY_OPERATORS,
  Purchase: BY_OPERATORS,
  Renew: BY_OPERATORS,
  RenewBatch: BY_OPERATORS,
  SetRenewal: BY_OPERATORS,
  Upgrade: BY_OPERATORS,
  Refund: BY_OPERATORS,
  SetHistoryTier: BY_OPERATORS,
  RecordUsage: ['meter', ...BY_OPERATORS],
  CorrectUsage: ['meter', ...BY_OPERATORS],
};

/** Who may send some command. */
export const COMMANDERS: readonly Role[] = ROLES.filter((role) =>
  Object.values(COMMAND_ROLES).some((may) => may.includes(role)),
);
