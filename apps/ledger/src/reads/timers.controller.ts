import type { TimerKind } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import { timersPage, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EVENT_STORE, READ_DATABASE } from '../service/tokens.js';
import { Asks } from './asks.js';
import { Away } from './away.js';
import { LIST_PAGE, listPage } from './list-page.js';
import { id, instant, oneOf, type Asked } from './query.js';
import { withEffects } from './timer-effects.js';
import { TimersPageDto } from './timers.answers.dto.js';

const KINDS: readonly TimerKind[] = [
  'trial-end',
  'term-end',
  'suspend-lapsed',
  'suspend-arrears',
  'reclaim',
  'settle-month',
  'settle-day',
  'notice',
];

const TIMERS = {
  ...LIST_PAGE,
  dueBefore: instant('deadlines before then only'),
  kind: oneOf(KINDS, 'deadlines of the kind only'),
  accountId: id('deadlines of the account and its apps only'),
  appId: id('deadlines of the app only'),
};

@ApiTags('reads')
@UseInterceptors(Away)
@Controller('v1/timers')
export class TimersController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * What is due and when, the first due first: the deadlines armed at the last event of each account, the event that armed
   * each, and what it will do as things stand. What a settlement comes to so far is worked out where `accountId` is given.
   */
  @Get()
  @ApiOkResponse({ type: TimersPageDto })
  async timers(@Asks(TIMERS, 'rows') asked: Asked<typeof TIMERS>): Promise<TimersPageDto> {
    const { items, next } = listPage('/v1/timers', asked, await timersPage(this.database, asked, asked));
    const { database, store } = this;
    return { timers: await withEffects(items, { database, store, billsToo: asked.accountId !== null }), next };
  }
}
