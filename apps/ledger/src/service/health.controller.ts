import { quarantinedAccounts, Projector, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthDto, ReadyDto } from '../http/answers.dto.js';
import { Public } from '../http/bearer.guard.js';
import { unavailable } from '../http/problem.js';
import { READ_DATABASE } from './tokens.js';

@ApiTags('health')
@Public()
@Controller()
export class HealthController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly projector: Projector,
  ) {}

  /** Whether the process lives. */
  @Get('healthz')
  @ApiOkResponse({ type: HealthDto })
  async health(): Promise<HealthDto> {
    const quarantined = await quarantinedAccounts(this.database);
    return { status: quarantined === 0 ? 'ok' : 'degraded', quarantinedAccounts: quarantined };
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
