import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { ALLOWED_ROLES, type Allowed } from '../http/roles.js';
import { Authenticator } from './authenticator.js';
import { BoundAccounts } from './bound-accounts.js';
import { setCaller } from './caller.js';
import { wrongRole } from './forbidden.js';
import { roleFor, type Principal } from './principal.js';
import { RateLimits } from './rate-limits.js';

/** Lets nobody pass who may not: without a known token, in another role, for an account that the token is not bound to. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly bound: BoundAccounts,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // No route is without one (`declared-routes.ts`); if it were, it would be for the admin only.
    const allowed =
      this.reflector.getAllAndOverride<Allowed | undefined>(ALLOWED_ROLES, [
        context.getHandler(),
        context.getClass(),
      ]) ?? (['admin'] as const);
    if (allowed === 'public') return true;
    const principal = await this.#principal(request);
    await this.limits.take(request, principal.subject);
    if (allowed !== 'per-command') {
      if (roleFor(principal, allowed) === null)
        throw wrongRole(principal, `use ${request.method} ${request.routeOptions.url ?? ''}`, allowed);
      await this.bound.check(principal, request, context);
    }
    setCaller(request, principal);
    return true;
  }

  /** Who tries tokens is slowed by address: there is no other name for them. */
  async #principal(request: FastifyRequest): Promise<Principal> {
    try {
      return await this.authenticator.principalOf(request.headers.authorization);
    } catch (error) {
      if (error instanceof Problem && error.body.status === 401) await this.limits.takeUnknown(request);
      throw error;
    }
  }
}
