/** The answers about timers, as the OpenAPI document shows them. */
import type { TimerView } from '@ledger/domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class TimerDto implements TimerView {
  @ApiProperty({ type: 'string' })
  readonly kind!: TimerView['kind'];
  readonly accountId!: string;
  readonly appId!: string | null;
  readonly dueAt!: string;
  /** Of a term's end: whose term. */
  @ApiPropertyOptional()
  readonly product?: string;
  /** Of a settlement: the month or day it settles. */
  @ApiPropertyOptional()
  readonly period?: string;
  /** Of an expiry notice. */
  @ApiPropertyOptional()
  readonly daysLeft?: number;
}

export class TimersPageDto {
  @ApiProperty({ type: [TimerDto] })
  readonly timers!: readonly TimerDto[];
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}
