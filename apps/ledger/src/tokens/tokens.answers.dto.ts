/** The answers about tokens, as the OpenAPI document shows them. */
import type { IssuedToken } from '@ledger/read-models';
import { ApiProperty } from '@nestjs/swagger';
import { PageDto } from '../reads/accounts.answers.dto.js';

export class TokenDto implements IssuedToken {
  /** Its bearer is `token:{tokenId}` in the events it caused. */
  readonly tokenId!: string;
  readonly role!: string;
  /** The accounts that it is bound to; null when it is bound to none. */
  @ApiProperty({ type: [String], nullable: true })
  readonly accounts!: readonly string[] | null;
  readonly createdAt!: string;
  readonly expiresAt!: string | null;
  readonly revokedAt!: string | null;
}

export class NewTokenDto extends TokenDto {
  /** Shown this once: the ledger keeps its digest only. */
  readonly token!: string;
}

export class TokensPageDto extends PageDto {
  /** Also those that have expired or were revoked. */
  @ApiProperty({ type: [TokenDto] })
  readonly tokens!: readonly TokenDto[];
}
