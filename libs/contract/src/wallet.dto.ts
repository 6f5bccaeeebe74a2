import { OfAccountDto } from './common.dto.js';
import { Field, Optional } from './decorators.js';
import { amount, amountOrNothing, id, ids, instant, text } from './kinds.js';

/** P-2.14 `reference` is the payment that it stands for. */
export class TopUpDto extends OfAccountDto {
  @Field(amount) readonly amount!: string;
  @Optional() @Field(text) readonly reference?: string | null;
}

export class GrantGiftDto extends OfAccountDto {
  @Field(amount) readonly amount!: string;
}

/** P-2.7 Valid from `validFrom` up to, not including, `validUntil`. */
export class IssueVoucherDto extends OfAccountDto {
  @Field(id) readonly voucherId!: string;
  @Field(amount) readonly amount!: string;
  @Optional() @Field(instant) readonly validFrom?: string | null;
  @Field(instant) readonly validUntil!: string;
  @Optional() @Field(amountOrNothing) readonly minimumOrder?: string | null;
  // Not an empty list: one that came out empty by mistake would make the voucher good for everything.
  @Optional() @Field(ids(1, 1000)) readonly products?: readonly string[] | null;
}

/** P-8.4 A charge of another service to the same account. */
export class ChargeAccountDto extends OfAccountDto {
  @Field(amount) readonly amount!: string;
  @Field(text) readonly service!: string;
  @Optional() @Field(text) readonly reference?: string | null;
}
