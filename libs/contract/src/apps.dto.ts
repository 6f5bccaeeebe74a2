import { OfAppDto } from './common.dto.js';
import { Field, Optional } from './decorators.js';
import { count, id, ids, months, text } from './kinds.js';

/** P-1.2, P-1.7 Without a price book: the newest one of the account's currency and the data centre. */
export class CreateAppDto extends OfAppDto {
  @Optional() @Field(text) readonly name?: string | null;
  @Field(id) readonly dataCentre!: string;
  @Optional() @Field(id) readonly priceBook?: string | null;
}

/** P-1.4 */
export class ExtendTrialDto extends OfAppDto {}

/** P-1.6 */
export class DisableAppDto extends OfAppDto {}

/** P-1.6 */
export class EnableAppDto extends OfAppDto {}

/** P-1.6 For ever. */
export class DeleteAppDto extends OfAppDto {}

/** P-1.7 For ever; a postpaid app names the months of its first prepaid order. */
export class MigratePriceBookDto extends OfAppDto {
  @Field(id) readonly to!: string;
  @Optional() @Field(months) readonly months?: number | null;
  @Optional() @Field(ids(0, 1000)) readonly vouchers?: readonly string[] | null;
}

/** P-7.5 */
export class SetHistoryTierDto extends OfAppDto {
  @Field(count(0, Number.MAX_SAFE_INTEGER)) readonly days!: number;
}
