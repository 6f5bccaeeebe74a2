import type { EventStore } from '@ledger/event-store';
import { lagOf, quarantinedAccounts, Projector, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthDto, ReadyDto } from '../http/answers.dto.js';
import { unavailable } from '../http/problem.js';
import { Public } from '../http/roles.js';
import { Clock } from './clock.js';
import { EVENT_STORE, READ_DATABASE } from './tokens.js';

@ApiTags('health')
@Public()
@Controller()
export class HealthController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projector: Projector,
    private readonly clock: Clock,
  ) {}

  /** Whether the process lives. */
  @Get('healthz')
  @ApiOkResponse({ type: HealthDto })
  async health(): Promise<HealthDto> {
    const { state } = this.projector.status;
    const lag = await lagOf(this.projector, this.store, this.clock.now());
    // The process lives while its database does not.
    const quarantined = await quarantinedAccounts(this.database).catch(() => null);
    const isWell = quarantined === 0 && state !== 'waiting' && state !== 'stopped';
    return { status: isWell ? 'ok' : 'degraded', quarantinedAccounts: quarantined, projector: state, lag };
  }

  /** Whether it should be sent requests: the store answers, and what is read here has caught up with it. */
  @Get('readyz')
  @ApiOkResponse({ type: ReadyDto })
  ready(): ReadyDto {
    const { status, caughtUpOnce } = this.projector;
    if (status.state === 'live' || (status.state === 'standby' && caughtUpOnce)) return { status: 'ready' };
    throw unavailable('not-ready', 'reason' in status ? status.reason : `The read models are ${status.state}.`, 1);
  }
}
