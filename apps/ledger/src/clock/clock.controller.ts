import { addMonths, iso, localMonth, monthSettledAt } from '@ledger/domain';
import {
  accountsDue,
  countSetAsides,
  monthsPending,
  overdueTimers,
  retrySetAside,
  setAsides,
  type ReadDatabase,
} from '@ledger/read-models';
import { Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor } from '../http/roles.js';
import { Asks } from '../reads/asks.js';
import { Away } from '../reads/away.js';
import { LIST_PAGE, listPage, type ListAsked } from '../reads/list-page.js';
import { Clock } from '../service/clock.js';
import { READ_DATABASE } from '../service/tokens.js';
import { ClockProgressDto, ClockRetriedDto, StuckDto } from './clock.answers.dto.js';
import { Rate } from './rate.js';

const RATE_WINDOW_MS = 60_000;

/** For operators: what `ops clock` does. */
@ApiTags('clock')
@UseInterceptors(Away)
@Controller('v1/clock')
export class ClockController {
  readonly #bills = new Rate(RATE_WINDOW_MS);

  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Accounts that the clock could not advance and has set aside, with the reason. Commands to them advance them all the same. */
  @Get('stuck')
  @AllowedFor('reader', 'auditor', 'ops')
  @ApiOkResponse({ type: StuckDto })
  async stuck(@Asks(LIST_PAGE, 'rows') asked: ListAsked): Promise<StuckDto> {
    const { items, next } = listPage('/v1/clock/stuck', asked, await setAsides(this.database, asked));
    return { stuck: items, next };
  }

  /** Lets the clock try an account again that it has set aside. */
  @Post('retry/:accountId')
  @AllowedFor('ops')
  @HttpCode(200)
  @ApiOkResponse({ type: ClockRetriedDto })
  async retry(@Param('accountId') accountId: string): Promise<ClockRetriedDto> {
    return { outcome: (await retrySetAside(this.database, accountId)) ? 'retried' : 'not-set-aside' };
  }

  /** How far the month's end is: bills drawn up and pending, how fast, and how long it will take. */
  @Get('progress')
  @AllowedFor('reader', 'auditor', 'ops')
  @ApiOkResponse({ type: ClockProgressDto })
  async progress(): Promise<ClockProgressDto> {
    const { database } = this;
    const now = this.clock.instant();
    const months = await monthsPending(database, now, latestDue(now));
    const done = months.reduce((sum, month) => sum + month.done, 0);
    const pending = months.reduce((sum, month) => sum + month.pending, 0);
    const rate = this.#bills.look(done, performance.now());
    const overdue = await overdueTimers(database, now);
    return {
      now: iso(now),
      months: months.map((month) => ({ ...month, dueAt: iso(monthSettledAt(month.period)) })),
      daysPending: overdue.find(({ kind }) => kind === 'settle-day')?.count ?? 0,
      promptAccounts: (await accountsDue(database, now)).prompt,
      setAside: await countSetAsides(database),
      billsPerSecond: rate === null ? null : Math.round(rate * 10) / 10,
      secondsLeft: pending === 0 ? 0 : rate === null || rate === 0 ? null : Math.ceil(pending / rate),
    };
  }
}

/** The latest month whose bills are due by now. */
const latestDue = (now: number): string => {
  const last = addMonths(localMonth(now), -1);
  return monthSettledAt(last) <= now ? last : addMonths(last, -1);
};
