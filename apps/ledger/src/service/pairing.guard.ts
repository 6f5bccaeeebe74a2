import { Projector } from '@ledger/read-models';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { unavailable } from '../http/problem.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { HealthController } from './health.controller.js';

/** Asked by those who must learn what is wrong. */
const ALWAYS: ReadonlySet<unknown> = new Set([HealthController, MetricsController]);

/** Nothing is answered from a read database that does not belong to the store, or that another process fills. */
@Injectable()
export class PairingGuard implements CanActivate {
  constructor(private readonly projector: Projector) {}

  canActivate(context: ExecutionContext): boolean {
    const { status } = this.projector;
    if (status.state === 'stopped' && !ALWAYS.has(context.getClass()))
      throw unavailable('not-ready', status.reason, 60);
    return true;
  }
}
