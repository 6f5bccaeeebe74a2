/** What is paged from an account's streams, as the OpenAPI document shows it. */
import type { Clause, Details, NoticeIssued } from '@ledger/domain';
import type { Actor, AskedCommand } from '@ledger/event-store';
import { ApiProperty } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;

export class StreamPageDto {
  readonly accountId!: string;
  /** Where the next page is; null on the last one. A page may be short and have a next one. */
  readonly next!: string | null;
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

export class HistoryPageDto extends StreamPageDto {
  /** As they stand in the stream. */
  @ApiProperty({ type: [HistoryEventDto] })
  readonly events!: readonly HistoryEventDto[];
}

export class BalanceDto {
  readonly gift!: string;
  readonly cash!: string;
}

export class VoucherUseDto {
  readonly voucherId!: string;
  readonly amount!: string;
}

/** One event that moved the wallet. */
export class JournalEntryDto {
  readonly revision!: string;
  readonly at!: string;
  readonly type!: string;
  /** What was added to the gift balance; negative for what was taken. */
  readonly gift!: string;
  readonly cash!: string;
  /** What vouchers paid; they are no balance. */
  @ApiProperty({ type: [VoucherUseDto] })
  readonly vouchers!: readonly VoucherUseDto[];
  /** After it. */
  @ApiProperty({ type: BalanceDto })
  readonly balance!: BalanceDto;
  readonly appId!: string | null;
  readonly product!: string | null;
  readonly orderId!: string | null;
  readonly billId!: string | null;
  /** Of a charge: for which service. */
  readonly service!: string | null;
  /** Of a payment: the payer's own. */
  readonly reference!: string | null;
}

export class JournalPageDto extends StreamPageDto {
  @ApiProperty({ type: [JournalEntryDto] })
  readonly entries!: readonly JournalEntryDto[];
}

export class NoticeDto {
  readonly revision!: string;
  readonly at!: string;
  @ApiProperty({ enum: ['expiry', 'arrears', 'suspended', 'reclaim'] })
  readonly notice!: NoticeIssued['notice'];
  /** Null where it is about the account. */
  readonly appId!: string | null;
  /** Of an expiry notice. */
  readonly daysLeft!: number | null;
}

export class NoticesPageDto extends StreamPageDto {
  @ApiProperty({ type: [NoticeDto] })
  readonly notices!: readonly NoticeDto[];
}

export class RefusalDto {
  readonly revision!: string;
  readonly at!: string;
  /** Name and body of what was asked; personal fields are replaced by their names. */
  @ApiProperty(OBJECT)
  readonly command!: AskedCommand;
  readonly refusal!: string;
  /** Null for what no clause forbids, like a role that may not. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly clause!: Clause | null;
  @ApiProperty(OBJECT)
  readonly details!: Details;
  @ApiProperty(OBJECT)
  readonly actor!: Actor;
}

export class RefusalsPageDto extends StreamPageDto {
  /** The last 1,000 are kept. */
  @ApiProperty({ type: [RefusalDto] })
  readonly refusals!: readonly RefusalDto[];
}

/** What was refused and belongs to no account. */
export class StrayRefusalsPageDto {
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
  /** The last 1,000 are kept. */
  @ApiProperty({ type: [RefusalDto] })
  readonly refusals!: readonly RefusalDto[];
}
