import { isId } from '@ledger/contract';
import { StoreError, type EventStore } from '@ledger/event-store';
import { accountById, appById, Projector, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { malformed, notFound, unavailable, type Problem } from '../http/problem.js';
import { Clock } from '../service/clock.js';
import { EVENT_STORE, READ_DATABASE } from '../service/tokens.js';
import { AccountDto, AppDto, HistoryPageDto } from './answers.dto.js';
import { historyOf, type PageAsked } from './history.js';
import { MinPosition } from './min-position.js';

const PAGE = 100;
const LONGEST_PAGE = 200;

const MIN_POSITION = {
  name: 'minPosition',
  required: false,
  type: String,
  description: 'the position of a receipt: what it did is in the answer',
} as const;

@ApiTags('reads')
@Controller('v1')
export class ReadsController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projector: Projector,
    private readonly minPosition: MinPosition,
    private readonly clock: Clock,
  ) {}

  /** An account with its wallet and arrears, as of now. */
  @Get('accounts/:id')
  @ApiQuery(MIN_POSITION)
  @ApiOkResponse({ type: AccountDto })
  async account(@Param('id') id: string, @Query('minPosition') minPosition: unknown): Promise<AccountDto> {
    await this.minPosition.reached(minPosition);
    const account = await accountById(this.database, id, this.clock.instant());
    if (account === null) throw this.notThere('account-unknown', `There is no account ${JSON.stringify(id)}`);
    if ('accountId' in account) return account;
    const { stream, revision, type, reason } = account;
    throw unavailable('quarantined', `The event ${type} of ${stream} cannot be read: ${reason}.`, 60, {
      stream,
      revision,
    });
  }

  /** An app: its package and terms, why it does not serve, what it may do, as of now. */
  @Get('apps/:appId')
  @ApiQuery(MIN_POSITION)
  @ApiOkResponse({ type: AppDto })
  async app(@Param('appId') appId: string, @Query('minPosition') minPosition: unknown): Promise<AppDto> {
    await this.minPosition.reached(minPosition);
    const app = await appById(this.database, appId, this.clock.instant());
    if (app === null) throw this.notThere('app-unknown', `There is no app ${JSON.stringify(appId)}`);
    return app;
  }

  /** Everything that has happened to an account, from its stream, page by page. */
  @Get('accounts/:id/history')
  @ApiQuery({ name: 'after', required: false, type: String, description: 'the revision of the last event seen' })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: `1 to ${LONGEST_PAGE}; ${PAGE} by default` })
  @ApiOkResponse({ type: HistoryPageDto })
  async history(
    @Param('id') id: string,
    @Query('after') after: unknown,
    @Query('limit') limit: unknown,
  ): Promise<HistoryPageDto> {
    const page = pageAsked(after, limit);
    const history = isId(id) ? await this.readHistory(id, page) : null;
    if (history === null) throw notFound('account-unknown', `There is no account ${JSON.stringify(id)}`);
    return history;
  }

  private async readHistory(id: string, page: PageAsked): Promise<HistoryPageDto | null> {
    try {
      return await historyOf(this.store, id, page);
    } catch (error) {
      if (error instanceof StoreError) throw unavailable('store-away', `The event store: ${error.message}`, 2);
      throw error;
    }
  }

  /** Before the rows were complete once, what is not there may only not be there yet. */
  private notThere(name: string, title: string): Problem {
    if (this.projector.caughtUpOnce) return notFound(name, title);
    return unavailable('not-projected-yet', 'The read database is still being filled from the event store.', 1, {
      projector: this.projector.status,
    });
  }
}

const pageAsked = (after: unknown, limit: unknown): PageAsked => {
  const afterIsRevision = after === undefined || (typeof after === 'string' && /^\d{1,18}$/.test(after));
  const wanted = limit === undefined ? PAGE : typeof limit === 'string' && /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  const limitIsCount = wanted >= 1 && wanted <= LONGEST_PAGE;
  if (!afterIsRevision || !limitIsCount)
    throw malformed([
      ...(afterIsRevision ? [] : [{ field: 'after', rule: 'revision', message: 'give the revision of an event' }]),
      ...(limitIsCount
        ? []
        : [{ field: 'limit', rule: 'count', message: `give a whole number from 1 to ${LONGEST_PAGE}` }]),
    ]);
  return { after: typeof after === 'string' ? BigInt(after) : null, limit: wanted };
};
