import { refusalsStream } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import { Controller, Get, Inject, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '../http/roles.js';
import { EVENT_STORE } from '../service/tokens.js';
import { Asks } from './asks.js';
import { Away } from './away.js';
import { refusal } from './history.js';
import { nextPage, STREAM_PAGE, streamPage, type PageAsked } from './stream-page.js';
import { StrayRefusalsPageDto } from './streams.answers.dto.js';

@ApiTags('reads')
@UseInterceptors(Away)
@Controller('v1/refusals')
export class StrayRefusalsController {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** What was refused and belongs to no account: commands that a role may not send, and those to accounts that nobody has opened. */
  @Get()
  @AllowedFor('auditor')
  @ApiOkResponse({ type: StrayRefusalsPageDto })
  async refusals(@Asks(STREAM_PAGE, 'streams') asked: PageAsked): Promise<StrayRefusalsPageDto> {
    const { items, next } = await streamPage(this.store, refusalsStream(null), asked, refusal);
    return { refusals: items, next: nextPage('/v1/refusals', asked, next) };
  }
}
