import { Projector } from '@ledger/read-models';
import { Injectable, type CanActivate } from '@nestjs/common';
import { unavailable } from '../http/problem.js';

/** Nothing is answered from a read database that does not belong to the store, or that another process fills. */
@Injectable()
export class PairingGuard implements CanActivate {
  constructor(private readonly projector: Projector) {}

  canActivate(): boolean {
    const { status } = this.projector;
    if (status.state === 'stopped') throw unavailable('not-ready', status.reason, 60);
    return true;
  }
}
