import { OfAccountDto, OfAppDto } from './common.dto.js';
import { Field, Optional, Part, Parts } from './decorators.js';
import { count, flagOrTrue, id, ids, months, monthsOrNull, oneOf, percent } from './kinds.js';

const renewalMode = oneOf('manual', 'automatic', 'never');

/** P-2.11 The percentage of the list price that is paid, and whether the order can be refunded. */
export class PromotionDto {
  @Field(id) readonly id!: string;
  @Field(percent) readonly payPercent!: number | string;
  @Optional() @Field(flagOrTrue) readonly refundable?: boolean | null;
}

/** P-2 */
export class PurchaseDto extends OfAppDto {
  @Field(id) readonly product!: string;
  @Optional() @Field(months) readonly months?: number | null;
  @Optional() @Field(count(1, 1_000_000)) readonly quantity?: number | null;
  @Optional() @Field(ids(0, 1000)) readonly vouchers?: readonly string[] | null;
  @Optional() @Field(renewalMode) readonly renewal?: string | null;
  @Optional() @Part(PromotionDto) readonly promotion?: PromotionDto | null;
}

/** P-3 */
export class RenewDto extends OfAppDto {
  @Field(id) readonly product!: string;
  @Optional() @Field(months) readonly months?: number | null;
  @Optional() @Field(ids(0, 1000)) readonly vouchers?: readonly string[] | null;
  @Optional() @Part(PromotionDto) readonly promotion?: PromotionDto | null;
}

export class BatchItemDto {
  @Field(id) readonly appId!: string;
  @Field(id) readonly product!: string;
  @Optional() @Field(monthsOrNull) readonly months?: number | null;
}

/** P-3.3 Each item succeeds or fails on its own, in the order given. */
export class RenewBatchDto extends OfAccountDto {
  @Parts(BatchItemDto, 1, 300) readonly items!: readonly BatchItemDto[];
}

/** P-3.4 */
export class SetRenewalDto extends OfAppDto {
  @Field(id) readonly product!: string;
  @Field(renewalMode) readonly mode!: string;
}

/** P-4 */
export class UpgradeDto extends OfAppDto {
  @Field(id) readonly to!: string;
  @Optional() @Field(ids(0, 1000)) readonly vouchers?: readonly string[] | null;
}

/** P-5 */
export class RefundDto extends OfAppDto {
  @Field(id) readonly product!: string;
}

/** P-5.8 Of the account, or of one app. */
export class BlockRefundsDto extends OfAccountDto {
  @Optional() @Field(id) readonly appId?: string | null;
}

/** P-5.8 */
export class UnblockRefundsDto extends OfAccountDto {
  @Optional() @Field(id) readonly appId?: string | null;
}
