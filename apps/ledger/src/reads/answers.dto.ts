/** The answers to reads, as the OpenAPI document shows them. */
import type { AccountView, AppView } from '@ledger/domain';
import type { Quarantine, ShownAccount, ShownApp } from '@ledger/read-models';
import { ApiProperty } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;

export class AccountDto implements ShownAccount {
  readonly accountId!: string;
  @ApiProperty({ enum: ['CNY', 'USD'] })
  readonly currency!: AccountView['currency'];
  readonly cash!: string;
  readonly gift!: string;
  readonly overdueSince!: string | null;
  /** When every app stops for arrears. */
  readonly suspendsAt!: string | null;
  readonly banned!: boolean;
  @ApiProperty({ type: 'array', items: OBJECT })
  readonly vouchers!: AccountView['vouchers'];
  /** Of the last event in it. */
  readonly revision!: string;
  /** The event that cannot be read, and that this is the state before; null when there is none. */
  @ApiProperty({ ...OBJECT, nullable: true })
  readonly quarantine!: Quarantine | null;
}

export class AppDto implements ShownApp {
  readonly appId!: string;
  readonly accountId!: string;
  readonly name!: string | null;
  readonly dataCentre!: string;
  readonly priceBook!: string;
  @ApiProperty({ enum: ['trial', 'active', 'grace', 'suspended', 'reclaimed', 'deleted'] })
  readonly status!: AppView['status'];
  /** Why it does not serve, sorted. */
  @ApiProperty({ type: 'array', items: { type: 'string' } })
  readonly holds!: AppView['holds'];
  readonly package!: string | null;
  readonly termStartedAt!: string | null;
  readonly termEndsAt!: string | null;
  readonly graceEndsAt!: string | null;
  readonly trialEndsAt!: string | null;
  readonly suspendedSince!: string | null;
  readonly reclaimAt!: string | null;
  @ApiProperty({ enum: ['manual', 'automatic', 'never'], nullable: true })
  readonly renewal!: AppView['renewal'];
  readonly historyTier!: number | null;
  @ApiProperty({ type: 'array', items: OBJECT })
  readonly addOns!: AppView['addOns'];
  @ApiProperty(OBJECT)
  readonly entitlements!: AppView['entitlements'];
}

export class HistoryEventDto {
  readonly revision!: string;
  readonly position!: string;
  readonly id!: string;
  readonly type!: string;
  @ApiProperty(OBJECT)
  readonly data!: unknown;
  /** Who asked, when it was recorded, by which clauses, and the chain. */
  @ApiProperty(OBJECT)
  readonly metadata!: unknown;
}

export class HistoryPageDto {
  readonly accountId!: string;
  /** As they stand in the stream, the oldest first. */
  @ApiProperty({ type: [HistoryEventDto] })
  readonly events!: readonly HistoryEventDto[];
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}
