import { setTimeout } from 'node:timers/promises';
import { storeId, type EventStore } from '@ledger/event-store';
import { lagOf, quarantinedAccounts, Projector, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthDto, ReadyDto } from '../http/answers.dto.js';
import { unavailable } from '../http/problem.js';
import { Public } from '../http/roles.js';
import { Clock } from './clock.js';
import { Lifecycle, stopping } from './lifecycle.js';
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
    private readonly lifecycle: Lifecycle,
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

  /** Whether it should be sent requests: store and database answer, they belong together, and the rows have caught up. */
  @Get('readyz')
  @ApiOkResponse({ type: ReadyDto })
  async ready(): Promise<ReadyDto> {
    if (this.lifecycle.isStopping) throw stopping();
    const [storeIs, databaseIs, lag] = await Promise.all([
      inTime(storeId(this.store)),
      inTime(quarantinedAccounts(this.database)),
      lagOf(this.projector, this.store, this.clock.now()),
    ]);
    const sources = { store: stateOf(storeIs), database: stateOf(databaseIs), storeId: storeIs, lag };
    const reason = this.#reasonAgainst();
    if (reason === null && storeIs !== null && databaseIs !== null) return { status: 'ready', ...sources };
    const away = storeIs === null ? 'The event store does not answer.' : 'The read database does not answer.';
    throw unavailable('not-ready', reason ?? away, 1, sources);
  }

  #reasonAgainst(): string | null {
    const { status, caughtUpOnce } = this.projector;
    if (status.state === 'live' || (status.state === 'standby' && caughtUpOnce)) return null;
    return 'reason' in status ? status.reason : `The read models are ${status.state}.`;
  }
}

/** What asks whether we are ready does not wait longer. */
const LONGEST_MS = 1000;

/** Null when there is no answer, or none in time. */
const inTime = <T>(answer: Promise<T>): Promise<T | null> =>
  Promise.race([answer.catch(() => null), setTimeout(LONGEST_MS, null)]);

const stateOf = (answer: unknown): 'ok' | 'away' => (answer === null ? 'away' : 'ok');
