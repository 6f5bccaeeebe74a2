/** The answers about accounts, as the OpenAPI document shows them. */
import type { AccountView } from '@ledger/domain';
import type {
  AccountSummary,
  Quarantine,
  ShownAccount,
  ShownBill,
  ShownBillLine,
  ShownOrder,
} from '@ledger/read-models';
import { ApiProperty } from '@nestjs/swagger';
import type { ShownVoucher } from './wallet.js';

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

export class AccountSummaryDto implements AccountSummary {
  readonly accountId!: string;
  @ApiProperty({ enum: ['CNY', 'USD'] })
  readonly currency!: string;
  readonly cash!: string;
  readonly gift!: string;
  readonly overdueSince!: string | null;
  readonly suspendsAt!: string | null;
  readonly banned!: boolean;
  readonly revision!: string;
  /** Whether it has an event that cannot be read; this is the state before it. */
  readonly quarantined!: boolean;
}

export class PageDto {
  /** Where the next page is; null on the last one. */
  readonly next!: string | null;
}

export class PageOfAccountDto extends PageDto {
  readonly accountId!: string;
}

export class AccountsPageDto extends PageDto {
  @ApiProperty({ type: [AccountSummaryDto] })
  readonly accounts!: readonly AccountSummaryDto[];
}

export class PaidDto {
  /** Their sum. */
  readonly vouchers!: string;
  readonly gift!: string;
  readonly cash!: string;
}

export class OrderDto implements ShownOrder {
  readonly orderId!: string;
  readonly appId!: string;
  readonly kind!: 'package' | 'add-on';
  readonly origin!: 'purchase' | 'renewal' | 'automatic-renewal';
  readonly placedAt!: string;
  /** As ordered. */
  readonly product!: string;
  /** What an upgrade has made of it. */
  readonly upgradedTo!: string | null;
  readonly upgradedAt!: string | null;
  readonly priceBook!: string;
  readonly priceRow!: string;
  readonly months!: number | null;
  readonly quantity!: number;
  readonly startsAt!: string;
  readonly endsAt!: string | null;
  /** A month, a unit. */
  readonly listPrice!: string;
  /** After the promotion. */
  readonly amount!: string;
  /** So far, the fees of upgrades included. */
  @ApiProperty({ type: PaidDto })
  readonly paid!: PaidDto;
  readonly promotion!: string | null;
  readonly refundedAt!: string | null;
}

export class OrdersPageDto extends PageOfAccountDto {
  @ApiProperty({ type: [OrderDto] })
  readonly orders!: readonly OrderDto[];
}

export class BillDto implements ShownBill {
  readonly billId!: string;
  readonly period!: string;
  readonly issuedAt!: string;
  readonly total!: string;
  readonly gift!: string;
  readonly cash!: string;
  /** How many it has. */
  readonly lines!: number;
  /** False while parts of it are to come. */
  readonly complete!: boolean;
}

export class BillsPageDto extends PageOfAccountDto {
  @ApiProperty({ type: [BillDto] })
  readonly bills!: readonly BillDto[];
}

export class ShareDto {
  /** Seconds in which the app served. */
  readonly served!: number;
  readonly of!: number;
}

export class BillLineDto implements ShownBillLine {
  readonly appId!: string;
  readonly meter!: string;
  readonly region!: string | null;
  readonly figure!: string;
  readonly peakDay!: string | null;
  readonly free!: string;
  readonly units!: string;
  readonly unitPrice!: string;
  readonly book!: string;
  readonly package!: string;
  @ApiProperty({ type: ShareDto })
  readonly share!: ShareDto;
  readonly amount!: string;
  /** The earlier month or day that it corrects. */
  readonly adjusts!: string | null;
}

export class BillLinesPageDto extends PageOfAccountDto {
  readonly billId!: string;
  @ApiProperty({ type: [BillLineDto] })
  readonly lines!: readonly BillLineDto[];
}

export class VoucherDto implements ShownVoucher {
  readonly voucherId!: string;
  readonly amount!: string;
  readonly used!: boolean;
  readonly validFrom!: string | null;
  readonly validUntil!: string;
  readonly minimumOrder!: string | null;
  /** Null: for every product. */
  @ApiProperty({ type: [String], nullable: true })
  readonly products!: readonly string[] | null;
}

export class WalletPageDto extends PageOfAccountDto {
  @ApiProperty({ enum: ['CNY', 'USD'] })
  readonly currency!: AccountView['currency'];
  readonly cash!: string;
  readonly gift!: string;
  @ApiProperty({ type: [VoucherDto] })
  readonly vouchers!: readonly VoucherDto[];
}
