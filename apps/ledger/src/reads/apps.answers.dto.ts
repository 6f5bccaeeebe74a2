/** The answers about apps, as the OpenAPI document shows them. */
import type { AppView } from '@ledger/domain';
import type { AppSummary, ShownApp } from '@ledger/read-models';
import { ApiProperty } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;

/** What a list and a look at one say alike. */
export class AppFactsDto {
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
}

export class AppSummaryDto extends AppFactsDto implements AppSummary {
  readonly createdAt!: string;
}

export class AppsPageDto {
  @ApiProperty({ type: [AppSummaryDto] })
  readonly apps!: readonly AppSummaryDto[];
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}

export class AppDto extends AppFactsDto implements ShownApp {
  readonly historyTier!: number | null;
  @ApiProperty({ type: 'array', items: OBJECT })
  readonly addOns!: AppView['addOns'];
  @ApiProperty(OBJECT)
  readonly entitlements!: AppView['entitlements'];
}
