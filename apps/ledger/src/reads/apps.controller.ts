import type { AppStatus, Hold } from '@ledger/domain';
import { appById, appsPage, type ReadDatabase } from '@ledger/read-models';
import { Controller, Get, Inject, Param, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AllowedFor, FilteredByAccount } from '../http/roles.js';
import { Clock } from '../service/clock.js';
import { READ_DATABASE } from '../service/tokens.js';
import { AppDto, AppsPageDto } from './apps.answers.dto.js';
import { Asks } from './asks.js';
import { Away } from './away.js';
import { Freshness } from './freshness.js';
import { LIST_PAGE, listPage } from './list-page.js';
import { id, instant, oneOf, type Asked } from './query.js';

export const STATUSES: readonly AppStatus[] = ['trial', 'active', 'grace', 'suspended', 'reclaimed', 'deleted'];
const HOLDS: readonly Hold[] = ['arrears', 'banned', 'disabled', 'lapsed', 'refunded', 'trial-over'];

const APPS = {
  ...LIST_PAGE,
  accountId: id('apps of the account only'),
  status: oneOf(STATUSES, 'apps with it only'),
  hold: oneOf(HOLDS, 'apps that do not serve for this cause only'),
  priceBook: id('apps that follow the book only'),
  package: id('apps that have the package, or had it last, only'),
  termEndsBefore: instant('apps whose term ends, or ended, before then only; the first to end first'),
};

@ApiTags('reads')
@UseInterceptors(Away)
@AllowedFor('reader', 'auditor', 'ops')
@Controller('v1/apps')
export class AppsController {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  /** The apps as of the last event of each account. */
  @Get()
  @FilteredByAccount()
  @ApiOkResponse({ type: AppsPageDto })
  async apps(@Asks(APPS, 'rows') asked: Asked<typeof APPS>): Promise<AppsPageDto> {
    const page = await appsPage(this.database, asked, asked, this.clock.instant());
    const { items, next } = listPage('/v1/apps', asked, page);
    return { apps: items, next };
  }

  /** An app: its package and terms, why it does not serve, what it may do, as of now. */
  @Get(':appId')
  @ApiOkResponse({ type: AppDto })
  async app(@Param('appId') appId: string, @Asks({}, 'rows') _asked: unknown): Promise<AppDto> {
    const app = await appById(this.database, appId, this.clock.instant());
    if (app === null) throw this.freshness.notThere('app-unknown', `There is no app ${JSON.stringify(appId)}`);
    return app;
  }
}
