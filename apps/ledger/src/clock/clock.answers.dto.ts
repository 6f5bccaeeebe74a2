/** What operators see of the clock, as the OpenAPI document shows it. */
import { ApiProperty } from '@nestjs/swagger';

export class SetAsideDto {
  readonly accountId!: string;
  /** Why the last try failed. */
  readonly reason!: string;
  readonly since!: string;
  /** How often it was tried in a row. */
  readonly tries!: number;
}

export class StuckDto {
  @ApiProperty({ type: [SetAsideDto] })
  readonly stuck!: readonly SetAsideDto[];
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}

export class ClockRetriedDto {
  /** `retried`, or `not-set-aside`. */
  readonly outcome!: string;
}

/** A month whose bills are due. */
export class MonthEndDto {
  /** `2024-08` */
  readonly period!: string;
  readonly dueAt!: string;
  /** Accounts with a bill of the month. */
  readonly done!: number;
  /** Accounts that a bill of the month is due for. */
  readonly pending!: number;
}

export class ClockProgressDto {
  readonly now!: string;
  /** The latest month that was due, and every earlier one of which bills are missing; oldest first. */
  @ApiProperty({ type: [MonthEndDto] })
  readonly months!: readonly MonthEndDto[];
  /** Days of push whose settlement is due. */
  readonly daysPending!: number;
  /** Accounts in which something else is due. */
  readonly promptAccounts!: number;
  readonly setAside!: number;
  /** Bills of months a second, over the last minute in which somebody asked; null the first time. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly billsPerSecond!: number | null;
  /** Until all months are done, at that rate; null while it is not known. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly secondsLeft!: number | null;
}
