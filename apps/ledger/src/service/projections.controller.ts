import { setImmediate } from 'node:timers/promises';
import { ensureStoreId, type EventStore } from '@ledger/event-store';
import {
  lagOf,
  projections,
  Projector,
  quarantinedAccounts,
  rebuild,
  retryAccount,
  someAccounts,
  verifyAccount,
  type ReadDatabase,
  type RebuildProgress,
} from '@ledger/read-models';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { malformed } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Clock } from './clock.js';
import { Ending } from './ending.js';
import { answerLines } from './ndjson.js';
import { ProjectionsDto, RetriedDto } from './projections.answers.dto.js';
import { EVENT_STORE, READ_DATABASE } from './tokens.js';

const LINES = { content: { 'application/x-ndjson': {} } };
const PROGRESS_MS = 100;
const ACCOUNTS_A_PAGE = 100;

/** For operators: what `ops projections` does. */
@ApiTags('projections')
@AllowedFor('ops')
@Controller('v1/projections')
export class ProjectionsController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projector: Projector,
    private readonly clock: Clock,
    private readonly ending: Ending,
  ) {}

  /** Which tables are served, which are being filled, and how far they are. */
  @Get()
  @AllowedFor('auditor', 'ops')
  @ApiOkResponse({ type: ProjectionsDto })
  async status(): Promise<ProjectionsDto> {
    const { state, ...why } = this.projector.status;
    return {
      projector: state,
      ...why,
      lag: await lagOf(this.projector, this.store, this.clock.now()),
      projections: await projections(this.database),
      quarantinedAccounts: await quarantinedAccounts(this.database),
    };
  }

  /**
   * Fills new tables beside the served ones, compares and switches. A line for each step; ended by whoever asked, it goes on
   * the next time.
   */
  @Post('rebuild')
  @ApiOkResponse({ ...LINES, description: 'One JSON object a line: `progress`, then `switched`, `stopped` or `busy`.' })
  rebuild(@Res() reply: FastifyReply): Promise<void> {
    return answerLines(reply, this.ending.signal, async (say, signal) => {
      const { database, store, clock } = this;
      const storeId = (): Promise<string> => ensureStoreId(store, () => clock.now());
      let saidAt = -Infinity;
      const onProgress = (progress: RebuildProgress): void => {
        if (performance.now() - saidAt < PROGRESS_MS) return;
        saidAt = performance.now();
        say({ kind: 'progress', ...progress });
      };
      say(await rebuild({ database, store, storeId, signal, onProgress }));
    });
  }

  /** Folds accounts from their streams and compares them with their rows; all of them, or a sample. */
  @Get('verify')
  @AllowedFor('auditor', 'ops')
  @ApiQuery({
    name: 'sample',
    required: false,
    description: 'so many accounts, taken at random; all by default',
    schema: { type: 'integer', minimum: 1, maximum: 10_000 },
  })
  @ApiOkResponse({ ...LINES, description: 'One JSON object a line: `difference`, `progress`, then `verified`.' })
  verify(@Res() reply: FastifyReply, @Query('sample') sample?: string): Promise<void> {
    if (sample !== undefined && !(/^\d{1,5}$/.test(sample) && Number(sample) >= 1 && Number(sample) <= 10_000))
      throw malformed([{ field: 'sample', rule: 'range', message: 'Give a whole number from 1 to 10000.' }]);
    return answerLines(reply, this.ending.signal, async (say, signal) => {
      const totals = { accounts: 0, differences: 0 };
      for await (const accountId of this.#accounts(sample === undefined ? null : Number(sample))) {
        if (signal.aborted) return;
        const differences = await verifyAccount(this.database, this.store, accountId);
        for (const difference of differences) say({ kind: 'difference', ...difference });
        totals.accounts += 1;
        totals.differences += differences.length;
        if (totals.accounts % ACCOUNTS_A_PAGE === 0) say({ kind: 'progress', ...totals });
        await setImmediate(); // so that requests are answered in between
      }
      say({ kind: 'verified', ...totals });
    });
  }

  async *#accounts(sample: number | null): AsyncGenerator<string, void, undefined> {
    if (sample !== null) return yield* await someAccounts(this.database, 'sample', sample);
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: readonly string[] = await someAccounts(this.database, { after }, ACCOUNTS_A_PAGE);
      yield* page;
      after = page.at(-1);
    }
  }

  /** Tries a quarantined account again, from the event that could not be read. */
  @Post('retry/:accountId')
  @HttpCode(200)
  @ApiOkResponse({ type: RetriedDto })
  async retry(@Param('accountId') accountId: string): Promise<RetriedDto> {
    return { outcome: await retryAccount(this.database, this.store, accountId) };
  }
}
