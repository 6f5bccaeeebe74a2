import { trialBalance } from '@ledger/audit';
import { parseInstant } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { malformed } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { instant } from '../reads/query.js';
import { Clock } from '../service/clock.js';
import { Ending } from '../service/ending.js';
import { answerLines } from '../service/ndjson.js';
import { EVENT_STORE } from '../service/tokens.js';

const AT = instant('as of this instant; now by default');
const PROGRESS_MS = 200;

/** All money there is, and where it came from. */
@ApiTags('audit')
@AllowedFor('auditor')
@Controller('v1/audit/trial-balance')
export class TrialBalanceController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly ending: Ending,
  ) {}

  /** Folds every account from its stream: none of it comes from rows. */
  @Get()
  @ApiQuery({ name: 'at', required: false, schema: AT.schema, description: AT.description })
  @ApiOkResponse({
    content: { 'application/x-ndjson': {} },
    description: 'One JSON object a line: `progress`, `off` and `unreadable`, then `balance`.',
  })
  balance(@Res() reply: FastifyReply, @Query('at') asked?: string): Promise<void> {
    const at = asked === undefined ? this.clock.instant() : parseInstant(asked);
    if (at === null) throw malformed([{ field: 'at', rule: AT.rule, message: AT.message }]);
    return answerLines(reply, this.ending.signal, async (say, signal) => {
      let saidAt = -Infinity;
      for await (const step of trialBalance(this.store, at, signal)) {
        if (step.kind === 'progress' && performance.now() - saidAt < PROGRESS_MS) continue;
        if (step.kind === 'progress') saidAt = performance.now();
        say(step);
      }
    });
  }
}
