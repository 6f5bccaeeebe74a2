import { difference, NotAnswerable, replay, replaySteps, timeline, why, whyRefused, type Point } from '@ledger/audit';
import { isId } from '@ledger/contract';
import type { EventStore } from '@ledger/event-store';
import { Controller, Get, Inject, Param, Res, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { malformed } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Asks } from '../reads/asks.js';
import { Away } from '../reads/away.js';
import type { Asked, Parameter } from '../reads/query.js';
import { Clock } from '../service/clock.js';
import { Ending } from '../service/ending.js';
import { answerLines } from '../service/ndjson.js';
import { EVENT_STORE } from '../service/tokens.js';
import { DifferenceDto, ReplayDto, TimelineDto, WhyDto, WhyRefusedDto } from './audit.answers.dto.js';
import { orProblem } from './not-answerable.js';
import { BOUNDS, boundsOf, KNOWN_AT, knownBy, notTooFar, point } from './points.js';

const text = (description: string, longest: number): Parameter<string | null> => ({
  rule: 'text',
  message: `give 1 to ${longest} characters`,
  read: (given) => (given.length >= 1 && given.length <= longest ? given : undefined),
  missing: null,
  schema: { type: 'string' },
  description,
});

const STEPS = { ...BOUNDS, breakOn: text('end after the first event of this type', 64) };
const DIFF = {
  from: { ...point('an instant, or a revision: the state right after that event; required'), example: '0' },
  to: point('an instant or a revision; now by default'),
  knownAt: KNOWN_AT,
};
const WHY = {
  ...BOUNDS,
  fact: { ...text('the path of a fact, such as apps.1400000001.holds.arrears', 300), example: 'cash' },
  refusal: text('instead of a fact: the command id of a refusal, or its revision in the list of refusals', 200),
};

/** What an auditor asks: from the account's own streams, at the store's leader, and from nothing else. */
@ApiTags('audit')
@AllowedFor('auditor')
@UseInterceptors(Away)
@Controller('v1/accounts/:id')
export class AuditController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly ending: Ending,
  ) {}

  /** The account's whole state as it was at an instant, by what had been recorded until another. */
  @Get('replay')
  @ApiOkResponse({ type: ReplayDto })
  replay(@Param('id') accountId: string, @Asks(BOUNDS, 'streams') asked: Asked<typeof BOUNDS>): Promise<ReplayDto> {
    const bounds = boundsOf(asked, this.clock.instant());
    return this.answer(accountId, () => replay(this.store, accountId, bounds), endOf(asked.until));
  }

  /** The same event by event: what it was, who asked for it and why, and what it changed. */
  @Get('replay/steps')
  @ApiOkResponse({
    content: { 'application/x-ndjson': {} },
    description: 'One JSON object a line: a `step` for each event, then `end`; or `failed`.',
  })
  async steps(
    @Param('id') accountId: string,
    @Asks(STEPS, 'streams') asked: Asked<typeof STEPS>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bounds = boundsOf(asked, this.clock.instant());
    // What has no answer is to be said while there is a status to say it with.
    const steps = replaySteps(this.store, accountId, bounds);
    let next = await this.answer(accountId, () => steps.next(), endOf(asked.until));
    await answerLines(reply, this.ending.signal, async (say, signal) => {
      for (; !next.done && !signal.aborted; next = await steps.next()) {
        say({ kind: 'step', ...next.value });
        if (next.value.happening.type === asked.breakOn) break;
      }
      await steps.return();
      say({ kind: 'end' });
    });
  }

  /** What changed between two instants or revisions, and which events did it. */
  @Get('diff')
  @ApiOkResponse({ type: DifferenceDto })
  diff(@Param('id') accountId: string, @Asks(DIFF, 'streams') asked: Asked<typeof DIFF>): Promise<DifferenceDto> {
    const { from, to } = asked;
    if (from === null)
      throw malformed([{ field: 'from', rule: 'required', message: 'say from which instant or revision' }]);
    const now = this.clock.instant();
    const end: Point = to ?? { at: now };
    for (const [field, each] of Object.entries({ from, to: end })) if ('at' in each) notTooFar(field, each.at, now);
    return this.answer(accountId, () => difference(this.store, accountId, from, end, knownBy(asked.knownAt)), 'to');
  }

  /** Why a fact is so: the smallest chain of events that makes it so; or why a command was refused. */
  @Get('why')
  @ApiExtraModels(WhyDto, WhyRefusedDto)
  @ApiOkResponse({ schema: { oneOf: [{ $ref: getSchemaPath(WhyDto) }, { $ref: getSchemaPath(WhyRefusedDto) }] } })
  why(@Param('id') accountId: string, @Asks(WHY, 'streams') asked: Asked<typeof WHY>): Promise<WhyDto | WhyRefusedDto> {
    const { fact, refusal } = asked;
    if ((fact === null) === (refusal === null))
      throw malformed([{ field: 'fact', rule: 'required', message: 'name a fact, or a refusal instead' }]);
    const bounds = boundsOf(asked, this.clock.instant());
    return this.answer<WhyDto | WhyRefusedDto>(
      accountId,
      () =>
        fact === null ? whyRefused(this.store, accountId, refusal ?? '') : why(this.store, accountId, fact, bounds),
      endOf(asked.until),
    );
  }

  /** Its life as spans and points: what each app was, from when to when, and the money over time. */
  @Get('timeline')
  @ApiOkResponse({ type: TimelineDto })
  timeline(@Param('id') accountId: string, @Asks(BOUNDS, 'streams') asked: Asked<typeof BOUNDS>): Promise<TimelineDto> {
    const bounds = boundsOf(asked, this.clock.instant());
    return this.answer(accountId, () => timeline(this.store, accountId, bounds), endOf(asked.until));
  }

  private answer<T>(accountId: string, work: () => Promise<T>, end: string): Promise<T> {
    return orProblem(() => {
      // What is no id is no stream's name.
      if (!isId(accountId)) throw new NotAnswerable({ kind: 'unknown-account', accountId });
      return work();
    }, end);
  }
}

const endOf = (until: bigint | null): string => (until === null ? 'at' : 'until');
