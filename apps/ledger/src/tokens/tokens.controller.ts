import { iso } from '@ledger/domain';
import { tokensPage, type ReadDatabase } from '@ledger/read-models';
import { Body, Controller, Delete, Get, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { IssuedTokens } from '../access/issued-tokens.js';
import { malformed, notFound } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Asks } from '../reads/asks.js';
import { Away } from '../reads/away.js';
import { LIST_PAGE, listPage, type ListAsked } from '../reads/list-page.js';
import { Clock } from '../service/clock.js';
import { READ_DATABASE } from '../service/tokens.js';
import { NewTokenDto, TokenDto, TokensPageDto } from './tokens.answers.dto.js';
import { parseWantedToken, WANTED_TOKEN_SCHEMA } from './wanted-token.js';

/** For admins: who else may ask. */
@ApiTags('tokens')
@AllowedFor()
@UseInterceptors(Away)
@Controller('v1/tokens')
export class TokensController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly tokens: IssuedTokens,
    private readonly clock: Clock,
  ) {}

  /** Makes a token. The answer is the only place where it is ever shown. */
  @Post()
  @ApiBody({ schema: WANTED_TOKEN_SCHEMA })
  @ApiCreatedResponse({ type: NewTokenDto, description: 'The token, this once.' })
  async issue(@Body() body: unknown): Promise<NewTokenDto> {
    const parsed = parseWantedToken(body, iso(this.clock.instant()));
    if ('problems' in parsed) throw malformed(parsed.problems);
    return this.tokens.issue(parsed.wanted);
  }

  /** The tokens that were made, without the tokens themselves. */
  @Get()
  @ApiOkResponse({ type: TokensPageDto })
  async list(@Asks(LIST_PAGE, 'rows') asked: ListAsked): Promise<TokensPageDto> {
    const { items, next } = listPage('/v1/tokens', { ...asked }, await tokensPage(this.database, asked));
    return { tokens: items, next };
  }

  /** Revokes a token: at once in the process that is asked, within five seconds in all others. */
  @Delete(':tokenId')
  @ApiOkResponse({ type: TokenDto, description: 'The token, revoked; also when it was before.' })
  async revoke(@Param('tokenId') tokenId: string): Promise<TokenDto> {
    const revoked = await this.tokens.revoke(tokenId);
    if (revoked === null) throw notFound('token-unknown', `There is no token ${JSON.stringify(tokenId)}`);
    return revoked;
  }
}
