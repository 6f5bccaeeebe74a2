import {
  addMonths,
  localMonth,
  startOfMonth,
  stateAt,
  usageStream,
  usageView,
  type Account,
  type Instant,
  type Month,
  type UsageEvent,
} from '@ledger/domain';
import { decode, USAGE_EVENTS, type EventStore } from '@ledger/event-store';
import { accountOfApp, storedAccount, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject, Param, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { malformed } from '../http/problem.js';
import { AllowedFor } from '../http/roles.js';
import { Clock } from '../service/clock.js';
import { EVENT_STORE, READ_DATABASE } from '../service/tokens.js';
import { accountAt } from './account-at.js';
import { Asks } from './asks.js';
import { Away } from './away.js';
import { Freshness } from './freshness.js';
import { quarantined } from './quarantined.js';
import { month, type Asked } from './query.js';
import { UsageDto } from './usage.answers.dto.js';

const USAGE = { month: month('a month of UTC+08:00; the current one by default') };

/** For so many months an account's state knows what its bills need; what was before is replayed. P-7.9 */
const MONTHS_KNOWN = 3;

@ApiTags('reads')
@UseInterceptors(Away)
@AllowedFor('reader', 'auditor', 'meter', 'ops')
@Controller('v1/apps/:appId/usage')
export class UsageController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** A month of an app: the figure of each day, the highest with its witness, and what it costs as it stands. P-7 */
  @Get()
  @ApiOkResponse({ type: UsageDto })
  async usage(@Param('appId') appId: string, @Asks(USAGE, 'rows') asked: Asked<typeof USAGE>): Promise<UsageDto> {
    const now = this.clock.instant();
    const current = localMonth(now);
    const of = asked.month ?? current;
    if (of > current) throw malformed([{ field: 'month', rule: 'month', message: `give a month up to ${current}` }]);
    const stored = await this.accountOf(appId);
    const { accountId, billing } = stored;
    const app = (await this.knowing(stored, of, now))?.apps.get(appId);
    const stream = usageStream(appId, of);
    const view = app ? usageView(app, of, await this.events(stream)) : { meters: [], charges: [], total: '0.00' };
    const settled = billing.settledThrough !== null && of <= billing.settledThrough;
    return { appId, accountId, month: of, stream, settled, ...view };
  }

  private async accountOf(appId: string): Promise<Account> {
    const accountId = await accountOfApp(this.database, appId);
    const found = accountId === null ? null : await storedAccount(this.database, accountId);
    if (found?.stored) return found.stored.account;
    throw this.freshness.notThere('app-unknown', `There is no app ${JSON.stringify(appId)}`);
  }

  /** The account when it still knew all that the bills of the month can need. */
  private async knowing(stored: Account, of: Month, now: Instant): Promise<Account | null> {
    if (of >= addMonths(localMonth(now), -MONTHS_KNOWN)) return stateAt(stored, now);
    return accountAt(this.store, stored.accountId, startOfMonth(addMonths(of, MONTHS_KNOWN + 1)) - 1);
  }

  private async events(stream: string): Promise<readonly UsageEvent[]> {
    const events: UsageEvent[] = [];
    for await (const recorded of this.store.read(stream, { requiresLeader: true })) {
      const decoded = decode(USAGE_EVENTS, recorded);
      if (decoded.kind === 'unreadable') throw quarantined(decoded);
      events.push(decoded.event);
    }
    return events;
  }
}
