import type { EventStore } from '@ledger/event-store';
import { Ledger } from '@ledger/event-store';
import { Projector, type ReadDatabase } from '@ledger/read-models';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { accessProviders } from './access/access-providers.js';
import type { AccessSettings } from './access/access-settings.js';
import { AuditController } from './audit/audit.controller.js';
import { EvidenceController } from './audit/evidence.controller.js';
import { SigningKeys } from './audit/signing-keys.js';
import { TrialBalanceController } from './audit/trial-balance.controller.js';
import { VerifyController } from './audit/verify.controller.js';
import { BatchesController } from './batches/batches.controller.js';
import { ClockController } from './clock/clock.controller.js';
import { CommandsController } from './commands/commands.controller.js';
import { ExecuteCommandHandler } from './commands/execute-command.js';
import { PREVIEW_KEY, Previews } from './commands/previews.js';
import { EntitlementsController } from './entitlements/entitlements.controller.js';
import { KnownAccounts } from './entitlements/known-accounts.js';
import { ApiDocument, DocsController } from './http/docs.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ProblemsController } from './problems/problems.controller.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { ServiceMetrics } from './metrics/service-metrics.js';
import type { Log } from './observe/log.js';
import { ObservedCommands } from './observe/observed-commands.js';
import { NoticesController } from './notices/notices.controller.js';
import { AccountsController } from './reads/accounts.controller.js';
import { AppsController } from './reads/apps.controller.js';
import { Freshness } from './reads/freshness.js';
import { StrayRefusalsController } from './reads/stray-refusals.controller.js';
import { StreamsController } from './reads/streams.controller.js';
import { TimersController } from './reads/timers.controller.js';
import { UsageController } from './reads/usage.controller.js';
import { SandboxClock } from './sandbox/sandbox-clock.js';
import { SandboxController } from './sandbox/sandbox.controller.js';
import { Clock } from './service/clock.js';
import { Ending } from './service/ending.js';
import { HealthController } from './service/health.controller.js';
import { Lifecycle } from './service/lifecycle.js';
import { ProjectionsController } from './service/projections.controller.js';
import { PairingGuard } from './service/pairing.guard.js';
import { EVENT_STORE, LOG, READ_DATABASE } from './service/tokens.js';
import { TokensController } from './tokens/tokens.controller.js';

/** What any process answers, whatever its roles are. */
const HEALTH = [HealthController, MetricsController];

/** What the application works with; who makes it also closes it. */
export type Parts = {
  readonly clock: Clock;
  readonly token: string;
  readonly access: AccessSettings;
  /** Shared by all processes of the ledger. */
  readonly previewKey: string;
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly database: ReadDatabase;
  readonly projector: Projector;
  readonly signingKeys: SigningKeys;
  /** Whether commands and reads are answered, or only the health of the process. */
  readonly hasApi: boolean;
  readonly log: Log;
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
  readonly serviceMetrics: ServiceMetrics;
};

const READS = [
  AccountsController,
  AppsController,
  StreamsController,
  StrayRefusalsController,
  TimersController,
  EntitlementsController,
  UsageController,
  AuditController,
];

const PROOF = [VerifyController, EvidenceController, TrialBalanceController];

const API = [
  CommandsController,
  BatchesController,
  ...READS,
  ...PROOF,
  ClockController,
  NoticesController,
  ProjectionsController,
  TokensController,
  ProblemsController,
  DocsController,
];

@Module({})
export class AppModule {
  static with(parts: Parts): DynamicModule {
    const { clock, store, ledger, database, projector, hasApi } = parts;
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot(), DiscoveryModule],
      controllers: [
        ...HEALTH,
        ...(hasApi ? API : []),
        ...(hasApi && clock instanceof SandboxClock ? [SandboxController] : []),
      ],
      providers: [
        { provide: Clock, useValue: clock },
        ...(clock instanceof SandboxClock ? [{ provide: SandboxClock, useValue: clock }] : []),
        { provide: EVENT_STORE, useValue: store },
        { provide: Ledger, useValue: ledger },
        { provide: READ_DATABASE, useValue: database },
        { provide: Projector, useValue: projector },
        { provide: LOG, useValue: parts.log },
        { provide: Lifecycle, useValue: parts.lifecycle },
        { provide: Metrics, useValue: parts.metrics },
        { provide: ServiceMetrics, useValue: parts.serviceMetrics },
        { provide: SigningKeys, useValue: parts.signingKeys },
        { provide: APP_FILTER, useClass: ProblemFilter },
        ...accessProviders(parts),
        { provide: PREVIEW_KEY, useValue: parts.previewKey },
        { provide: APP_GUARD, useClass: PairingGuard },
        ApiDocument,
        Ending,
        Previews,
        ExecuteCommandHandler,
        Freshness,
        KnownAccounts,
        ObservedCommands,
      ],
    };
  }
}
