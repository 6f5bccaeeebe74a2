/** The answers to commands, as the OpenAPI document shows them. */
import type { AccountView, ItemResult, LedgerEvent } from '@ledger/domain';
import type { JsonObject, Receipt, ReceiptEvent } from '@ledger/event-store';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;

export class ReceiptEventDto implements ReceiptEvent {
  readonly type!: string;
  readonly id!: string;
  readonly stream!: string;
  /** Counts from 0. */
  readonly revision!: string;
  @ApiProperty(OBJECT)
  readonly data!: JsonObject;
}

/** What a command did. */
export class ReceiptDto implements Receipt {
  readonly accountId!: string;
  readonly stream!: string;
  /** Of the last event; without events, that of the state it was decided from. */
  readonly revision!: string | null;
  /** For `minPosition` of a read; null without events. */
  readonly position!: string | null;
  @ApiProperty({ type: [ReceiptEventDto] })
  readonly events!: readonly ReceiptEventDto[];
  /** `RenewBatch` only: each item with its order or its refusal. */
  @ApiPropertyOptional({ type: 'array', items: OBJECT })
  readonly items?: readonly ItemResult[];
}

/** What a command would do now. */
export class DryRunDto {
  readonly accountId!: string;
  /** The instant that it was decided for. */
  readonly at!: string;
  /** The account's revision that it was decided from; null for one without events. */
  readonly revision!: string | null;
  /** Sent back as `If-Match`, it commits exactly this, for ten minutes. The same as the `ETag`. */
  readonly fingerprint!: string;
  @ApiProperty({ type: 'array', items: OBJECT })
  readonly events!: readonly LedgerEvent[];
  @ApiPropertyOptional({ type: 'array', items: OBJECT })
  readonly items?: readonly ItemResult[];
  /** The account before the events. */
  @ApiProperty({ ...OBJECT, nullable: true })
  readonly before!: AccountView | null;
  /** The account after them. */
  @ApiProperty({ ...OBJECT, nullable: true })
  readonly after!: AccountView | null;
}
