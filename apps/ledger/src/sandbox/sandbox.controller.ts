import { iso, parseInstant, type Instant } from '@ledger/domain';
import type { EventStore } from '@ledger/event-store';
import { countSetAsides, Projector, type ReadDatabase } from '@ledger/read-models';
import { Body, Controller, HttpCode, Inject, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { malformed, Problem, problemType, unavailable } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Away } from '../reads/away.js';
import { EVENT_STORE, READ_DATABASE } from '../service/tokens.js';
import { everythingDue } from './everything-due.js';
import { SandboxClockDto } from './sandbox.answers.dto.js';
import { SandboxClock } from './sandbox-clock.js';

const LONGEST_WAIT_MS = 25_000;

const BODY = {
  type: 'object',
  required: ['to'],
  properties: { to: { type: 'string', format: 'date-time' } },
  additionalProperties: false,
};

/** Of a sandbox only: where the clock is the world's, there is no such route. */
@ApiTags('sandbox')
@AllowedFor('ops')
@UseInterceptors(Away)
@Controller('v1/sandbox')
export class SandboxController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly projector: Projector,
    private readonly clock: SandboxClock,
  ) {}

  /** Sets the clock forward, and answers when all that is due by then has happened and can be read. */
  @Post('clock')
  @HttpCode(200)
  @ApiBody({ schema: BODY })
  @ApiOkResponse({ type: SandboxClockDto })
  async set(@Body() body: unknown): Promise<SandboxClockDto> {
    const to = instantIn(body);
    if (to < this.clock.instant() && !this.clock.wasSetTo(to)) throw backwards(to, this.clock.instant());
    this.clock.setTo(to);
    const { store, database, projector } = this;
    const still = await everythingDue(to, { store, database, projector, longest: LONGEST_WAIT_MS });
    if (still.accounts > 0 || !still.caughtUp)
      throw unavailable('still-due', `${still.accounts} accounts are still due: ask for the same instant again.`, 1, {
        now: iso(this.clock.instant()),
        accountsDue: still.accounts,
        caughtUp: still.caughtUp,
      });
    return { now: iso(this.clock.instant()), setAside: await countSetAsides(database) };
  }
}

const instantIn = (body: unknown): Instant => {
  const { to, ...others }: { readonly to?: unknown } = Object(body);
  const at = typeof to === 'string' ? parseInstant(to) : null;
  const unknown = Object.keys(others).map((field) => ({
    field: field.slice(0, 100),
    rule: 'unknown-field',
    message: 'leave it out: there is only "to"',
  }));
  if (at !== null && unknown.length === 0) return at;
  const message = 'give an ISO 8601 instant with an offset, such as "2024-09-01T10:00:00+08:00"';
  throw malformed([...(at === null ? [{ field: 'to', rule: 'instant', message }] : []), ...unknown]);
};

const backwards = (to: Instant, now: Instant): Problem =>
  new Problem({
    type: problemType('clock-backwards'),
    title: 'The clock only goes forward',
    status: 422,
    detail: `It is ${iso(now)} here, and ${iso(to)} is past: what has happened since stands. Give a later instant.`,
    now: iso(now),
  });
