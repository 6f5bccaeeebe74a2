import type { EventStore } from '@ledger/event-store';
import { Ledger } from '@ledger/event-store';
import { Projector, type ReadDatabase } from '@ledger/read-models';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditController } from './audit/audit.controller.js';
import { ClockController } from './clock/clock.controller.js';
import { CommandsController } from './commands/commands.controller.js';
import { ExecuteCommandHandler } from './commands/execute-command.js';
import { EntitlementsController } from './entitlements/entitlements.controller.js';
import { KnownAccounts } from './entitlements/known-accounts.js';
import { ACCESS_TOKEN, BearerGuard } from './http/bearer.guard.js';
import { ApiDocument, DocsController } from './http/docs.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';
import { NoticesController } from './notices/notices.controller.js';
import { AccountsController } from './reads/accounts.controller.js';
import { AppsController } from './reads/apps.controller.js';
import { Freshness } from './reads/freshness.js';
import { StreamsController } from './reads/streams.controller.js';
import { TimersController } from './reads/timers.controller.js';
import { UsageController } from './reads/usage.controller.js';
import { SandboxClock } from './sandbox/sandbox-clock.js';
import { SandboxController } from './sandbox/sandbox.controller.js';
import { Clock } from './service/clock.js';
import { HealthController } from './service/health.controller.js';
import { ProjectionsController } from './service/projections.controller.js';
import { PairingGuard } from './service/pairing.guard.js';
import { EVENT_STORE, READ_DATABASE } from './service/tokens.js';

/** What any process answers, whatever its roles are. */
const HEALTH = [HealthController, MetricsController];

/** What the application works with; who makes it also closes it. */
export type Parts = {
  readonly clock: Clock;
  readonly token: string;
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly database: ReadDatabase;
  readonly projector: Projector;
  readonly metrics: Metrics;
  /** Whether commands and reads are answered, or only the health of the process. */
  readonly hasApi: boolean;
};

const READS = [
  AccountsController,
  AppsController,
  StreamsController,
  TimersController,
  EntitlementsController,
  UsageController,
  AuditController,
];

const API = [CommandsController, ...READS, ClockController, NoticesController, ProjectionsController, DocsController];

@Module({})
export class AppModule {
  static with({ clock, token, store, ledger, database, projector, metrics, hasApi }: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        ...HEALTH,
        ...(hasApi ? API : []),
        ...(hasApi && clock instanceof SandboxClock ? [SandboxController] : []),
      ],
      providers: [
        { provide: Clock, useValue: clock },
        ...(clock instanceof SandboxClock ? [{ provide: SandboxClock, useValue: clock }] : []),
        { provide: Metrics, useValue: metrics },
        { provide: ACCESS_TOKEN, useValue: token },
        { provide: EVENT_STORE, useValue: store },
        { provide: Ledger, useValue: ledger },
        { provide: READ_DATABASE, useValue: database },
        { provide: Projector, useValue: projector },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: BearerGuard },
        { provide: APP_GUARD, useClass: PairingGuard },
        ApiDocument,
        ExecuteCommandHandler,
        Freshness,
        KnownAccounts,
      ],
    };
  }
}
