import { setImmediate } from 'node:timers/promises';
import { verifyAccount, type ReadStream, type Verified } from '@ledger/audit';
import { isId } from '@ledger/contract';
import type { EventStore } from '@ledger/event-store';
import { countAccounts, Projector, someAccounts, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject, Param, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { notFound } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Away } from '../reads/away.js';
import { Clock } from '../service/clock.js';
import { Ending } from '../service/ending.js';
import { answerLines } from '../service/ndjson.js';
import { EVENT_STORE, READ_DATABASE } from '../service/tokens.js';
import { VerifiedDto } from './proof.answers.dto.js';
import { verifyRows } from './verify-rows.js';

const ACCOUNTS_A_PAGE = 100;
const PROGRESS_MS = 200;

/** Accounts proved from their own streams. */
@ApiTags('audit')
@AllowedFor('auditor')
@UseInterceptors(Away)
@Controller('v1')
export class VerifyController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projector: Projector,
    private readonly clock: Clock,
    private readonly ending: Ending,
  ) {}

  /** The chains recomputed, every append decided again, what always holds, the stored state and the rows. */
  @Get('accounts/:id/verify')
  @ApiOkResponse({ type: VerifiedDto })
  async one(@Param('id') accountId: string): Promise<VerifiedDto> {
    const verified = isId(accountId) ? await this.verified(accountId) : null;
    // Rows of an account whose stream is gone are a finding, not an account that never was.
    if (verified && verified.streams.length + verified.findings.length > 0) return shownOf(verified);
    throw notFound('account-unknown', `There is no account ${JSON.stringify(accountId)}`);
  }

  /** The same for every account there is a row of, one after the other. */
  @Get('audit/verify')
  @ApiOkResponse({
    content: { 'application/x-ndjson': {} },
    description: 'One JSON object a line: `finding` and `progress`, then `verified`.',
  })
  all(@Res() reply: FastifyReply): Promise<void> {
    return answerLines(reply, this.ending.signal, async (say, signal) => {
      const totals = { accounts: 0, findings: 0, decidedAgain: 0, byOtherRules: 0 };
      const total = await countAccounts(this.database);
      let saidAt = -Infinity;
      for await (const accountId of this.accounts()) {
        if (signal.aborted) return;
        const { findings, decidedAgain, byOtherRules } = await this.verified(accountId);
        for (const finding of findings) say({ kind: 'finding', accountId, finding });
        totals.accounts += 1;
        totals.findings += findings.length;
        totals.decidedAgain += decidedAgain;
        totals.byOtherRules += byOtherRules.reduce((sum, { appends }) => sum + appends, 0);
        if (performance.now() - saidAt >= PROGRESS_MS) {
          saidAt = performance.now();
          say({ kind: 'progress', ...totals, total });
        }
        await setImmediate(); // so that requests are answered in between
      }
      say({ kind: 'verified', ...totals });
    });
  }

  private async verified(accountId: string): Promise<Verified> {
    const { database, store, projector } = this;
    const read: ReadStream = (stream) => store.read(stream, { requiresLeader: true });
    const verified = await verifyAccount(read, accountId, this.clock.instant());
    const isReadable = verified.findings.every(({ kind }) => kind !== 'unreadable');
    const rows = isReadable ? await verifyRows({ database, store, projector }, accountId) : [];
    return { ...verified, findings: [...verified.findings, ...rows] };
  }

  private async *accounts(): AsyncGenerator<string, void, undefined> {
    for (let after: string | undefined = ''; after !== undefined;) {
      const page: readonly string[] = await someAccounts(this.database, { after }, ACCOUNTS_A_PAGE);
      yield* page;
      after = page.at(-1);
    }
  }
}

const shownOf = ({ accountId, streams, decidedAgain, byOtherRules, findings }: Verified): VerifiedDto => ({
  accountId,
  ok: findings.length === 0,
  streams,
  decidedAgain,
  byOtherRules,
  findings,
});
