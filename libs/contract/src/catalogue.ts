/** All that can be asked: every command of the domain with the DTO class of its body. */
import type { CommandName, CommandOf } from '@ledger/domain';
import { BanAccountDto, EraseContactDto, OpenAccountDto, SetContactDto } from './accounts.dto.js';
import {
  CreateAppDto,
  DeleteAppDto,
  DisableAppDto,
  EnableAppDto,
  ExtendTrialDto,
  MigratePriceBookDto,
  SetHistoryTierDto,
} from './apps.dto.js';
import {
  BlockRefundsDto,
  PurchaseDto,
  RefundDto,
  RenewBatchDto,
  RenewDto,
  SetRenewalDto,
  UnblockRefundsDto,
  UpgradeDto,
} from './orders.dto.js';
import { CorrectUsageDto, RecordUsageDto } from './usage.dto.js';
import { ChargeAccountDto, GrantGiftDto, IssueVoucherDto, TopUpDto } from './wallet.dto.js';

const DTOS = {
  OpenAccount: OpenAccountDto,
  SetContact: SetContactDto,
  EraseContact: EraseContactDto,
  TopUp: TopUpDto,
  GrantGift: GrantGiftDto,
  IssueVoucher: IssueVoucherDto,
  ChargeAccount: ChargeAccountDto,
  BanAccount: BanAccountDto,
  BlockRefunds: BlockRefundsDto,
  UnblockRefunds: UnblockRefundsDto,
  CreateApp: CreateAppDto,
  ExtendTrial: ExtendTrialDto,
  DisableApp: DisableAppDto,
  EnableApp: EnableAppDto,
  DeleteApp: DeleteAppDto,
  MigratePriceBook: MigratePriceBookDto,
  Purchase: PurchaseDto,
  Renew: RenewDto,
  RenewBatch: RenewBatchDto,
  SetRenewal: SetRenewalDto,
  Upgrade: UpgradeDto,
  Refund: RefundDto,
  SetHistoryTier: SetHistoryTierDto,
  RecordUsage: RecordUsageDto,
  CorrectUsage: CorrectUsageDto,
};

type DtoOf<N extends CommandName> = InstanceType<(typeof DTOS)[N]>;

/** The fields that only the DTO or only the domain's command has: there must be none. */
type Difference<N extends CommandName> =
  Exclude<keyof CommandOf<N>, 'do' | keyof DtoOf<N>> | Exclude<keyof DtoOf<N>, keyof CommandOf<N>>;
type Differences = { [N in CommandName]: Difference<N> }[CommandName];

/** Does not compile when a DTO forgets a field of the domain's command, or has one too many: the type then names it. */
export const COMMAND_DTOS: [Differences] extends [never] ? typeof DTOS : Differences = DTOS;
