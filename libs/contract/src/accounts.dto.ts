import { OfAccountDto } from './common.dto.js';
import { Field, Optional } from './decorators.js';
import { oneOf, text } from './kinds.js';

/** P-0.3 An account has one currency for ever. */
export class OpenAccountDto extends OfAccountDto {
  @Field(oneOf('CNY', 'USD')) readonly currency!: 'CNY' | 'USD';
}

/** Personal data, kept apart from the ledger so that it can be erased. */
export class SetContactDto extends OfAccountDto {
  @Optional() @Field(text) readonly email?: string | null;
  @Optional() @Field(text) readonly phone?: string | null;
}

export class EraseContactDto extends OfAccountDto {}

/** P-6.6 For ever. */
export class BanAccountDto extends OfAccountDto {}
