import { appView, explainEntitlement, instant as instantOf, stateAt, type Instant } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { malformed, notFound } from '../http/problem.js';
import { accountAt } from '../reads/account-at.js';
import { Asks } from '../reads/asks.js';
import { Away } from '../reads/away.js';
import { Freshness } from '../reads/freshness.js';
import { instant, type Asked } from '../reads/query.js';
import { Clock } from '../service/clock.js';
import { EVENT_STORE } from '../service/tokens.js';
import { CheckDto, EntitlementsDto } from './entitlements.answers.dto.js';
import { etagOf, isNamedBy } from './etag.js';
import { KnownAccounts, type Known } from './known-accounts.js';
import { parseQuestions } from './questions.js';
import { QUESTIONS_SCHEMA } from './questions.schema.js';

const AT = { at: instant('as of then; now by default, and at most three years ahead') };

type AskedAt = Asked<typeof AT>;

const THREE_YEARS = 3 * 366 * 86_400;

@ApiTags('entitlements')
@UseInterceptors(Away)
@Controller('v1/apps/:appId/entitlements')
export class EntitlementsController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly known: KnownAccounts,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** What an app may do: its limits and features, and why it does not serve where it does not. P-9 */
  @Get()
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'the ETag of an answer that the reader has' })
  @ApiOkResponse({ type: EntitlementsDto })
  @ApiResponse({ status: 304, description: 'The answer is the one that the reader has.' })
  async entitlements(
    @Param('appId') appId: string,
    @Asks(AT, 'rows') asked: AskedAt,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntitlementsDto | undefined> {
    const answer = shown(await this.accountOf(appId, asked), appId);
    const etag = etagOf(answer);
    void reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (!isNamedBy(etag, ifNoneMatch)) return answer;
    void reply.code(304);
    return undefined;
  }

  /** Whether an app may do what is asked, each question by itself; why not, and what would raise it. P-9 */
  @Post('check')
  @HttpCode(200)
  @ApiBody({ schema: QUESTIONS_SCHEMA })
  @ApiOkResponse({ type: CheckDto })
  async check(
    @Param('appId') appId: string,
    @Asks(AT, 'rows') asked: AskedAt,
    @Body() body: unknown,
  ): Promise<CheckDto> {
    const parsed = parseQuestions(body);
    if ('problems' in parsed) throw malformed(parsed.problems);
    const then = await this.accountOf(appId, asked);
    const { limits: _limits, features: _features, ...service } = shown(then, appId);
    const app = appOf(then, appId);
    return { ...service, answers: parsed.questions.map((question) => explainEntitlement(app, question, then.at)) };
  }

  /** The account with the app as of `at`: from the state in memory, or for an instant before its last event by replay. */
  private async accountOf(appId: string, asked: AskedAt): Promise<Then> {
    const now = this.clock.instant();
    const wanted = asked.at === null ? null : instantOf(asked.at);
    if (wanted !== null && wanted > now + THREE_YEARS)
      throw malformed([{ field: 'at', rule: 'instant', message: 'give an instant at most three years ahead' }]);
    const known = await this.known.ofApp(appId);
    if (known === null) throw this.freshness.notThere('app-unknown', `There is no app ${JSON.stringify(appId)}`);
    const { account, isQuarantined } = known;
    // P-0.7 Now is never before the last event, whatever our clock says.
    const at = wanted ?? Math.max(now, account.lastAt);
    const then = at >= account.lastAt ? stateAt(account, at) : await accountAt(this.store, account.accountId, at);
    if (then?.apps.has(appId)) return { account: then, at, isQuarantined };
    throw notFound('app-unknown', `There was no app ${JSON.stringify(appId)} then`);
  }
}

type Then = Known & { readonly at: Instant };

const appOf = ({ account }: Then, appId: string) => {
  const app = account.apps.get(appId);
  if (!app) throw new Error(`${appId} is not in the account that it was found in`);
  return app;
};

const shown = (then: Then, appId: string): EntitlementsDto => {
  const { accountId } = then.account;
  const {
    priceBook,
    status,
    package: product,
    holds,
    suspendedSince,
    entitlements,
  } = appView(accountId, appOf(then, appId), then.at);
  const { isQuarantined: quarantined } = then;
  return { appId, accountId, priceBook, status, package: product, holds, suspendedSince, quarantined, ...entitlements };
};
