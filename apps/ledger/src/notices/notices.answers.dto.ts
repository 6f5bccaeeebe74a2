/** The answers about deliveries of notices, as the OpenAPI document shows them. No address is in any of them. */
import type { NoticeDelivery } from '@ledger/read-models';
import { ApiProperty } from '@nestjs/swagger';

export class NoticeDeliveryDto implements NoticeDelivery {
  readonly deliveryId!: string;
  /** The id of the event that issued the notice, which is also the message's. */
  readonly eventId!: string;
  @ApiProperty({ type: 'string', enum: ['email', 'sms'] })
  readonly channel!: NoticeDelivery['channel'];
  readonly accountId!: string;
  readonly appId!: string | null;
  @ApiProperty({ type: 'string', enum: ['expiry', 'arrears', 'suspended', 'reclaim'] })
  readonly notice!: NoticeDelivery['notice'];
  /** Of an expiry: 7 to 0, and -1 on the day after. */
  readonly daysLeft!: number | null;
  readonly effectiveAt!: string;
  @ApiProperty({ type: 'string', enum: ['pending', 'sent', 'skipped', 'dead'] })
  readonly state!: NoticeDelivery['state'];
  /** Why it was skipped; of others how the last attempt failed. */
  readonly reason!: string | null;
  /** What it was sent with: `smtp`, or `log` where it was only logged. */
  readonly via!: string | null;
  readonly attempts!: number;
  /** When it was sent, skipped or given up. */
  readonly settledAt!: string | null;
}

export class NoticeDeliveriesPageDto {
  @ApiProperty({ type: [NoticeDeliveryDto] })
  readonly deliveries!: readonly NoticeDeliveryDto[];
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}

export class DeliveryRetriedDto {
  /** `queued`, `already-pending` or `already-sent`. */
  readonly outcome!: string;
}
