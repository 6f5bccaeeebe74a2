/** The answers about timers, as the OpenAPI document shows them. */
import type { AccountEvent } from '@ledger/domain';
import type { ArmedTimer } from '@ledger/read-models';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The event after which a deadline is as it is. */
export class ArmedByDto {
  readonly stream!: string;
  readonly revision!: string;
  readonly type!: string;
}

/** What a deadline will do as things stand: if nobody sends a command until then. */
export class WillDto {
  /** In words. */
  readonly summary!: string;
  /** The events that it will append, in their order; none where an earlier deadline voids it. */
  @ApiProperty({ type: [String] })
  readonly events!: readonly AccountEvent['type'][];
  /** What it moves in the wallet, negative where money leaves it; null where none moves, or it is not worked out. */
  readonly amount!: string | null;
  /** Of an automatic renewal: what it costs. */
  readonly required!: string | null;
  /** Of an automatic renewal: what the wallet will have for it. */
  readonly available!: string | null;
}

export class TimerDto implements ArmedTimer {
  @ApiProperty({ type: 'string' })
  readonly kind!: ArmedTimer['kind'];
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
  readonly armedBy!: ArmedByDto;
  readonly will!: WillDto;
}

export class TimersPageDto {
  @ApiProperty({ type: [TimerDto] })
  readonly timers!: readonly TimerDto[];
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}
