import { Field, Optional } from './decorators.js';
import { id, text } from './kinds.js';

/** What every command takes: whose account, and why. */
export class OfAccountDto {
  @Field(id) readonly accountId!: string;
  @Optional() @Field(text) readonly reason?: string | null;
}

export class OfAppDto extends OfAccountDto {
  @Field(id) readonly appId!: string;
}
