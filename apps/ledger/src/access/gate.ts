import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { Authenticator } from './authenticator.js';
import { BoundAccounts } from './bound-accounts.js';
import { setCaller } from './caller.js';
import type { DeclaredRoute } from './declared-routes.js';
import { wrongRole } from './forbidden.js';
import { roleFor, type Principal } from './principal.js';
import { RateLimits } from './rate-limits.js';

/** Lets nobody pass who may not: without a known token, in another role, for an account that the token is not bound to. */
@Injectable()
export class Gate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly bound: BoundAccounts,
    private readonly limits: RateLimits,
  ) {}

  /** Stands before every route, and before a body is read: nobody unknown has one parsed. Throws a `Problem` to who may not. */
  guard(fastify: FastifyInstance, routes: readonly DeclaredRoute[]): void {
    const declared = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
    fastify.addHook('onRequest', async (request) => {
      const { url } = request.routeOptions;
      if (url === undefined) return; // no route: a 404
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      await this.#admit(request, declared.get(`${method} ${url}`));
    });
  }

  async #admit(request: FastifyRequest, route: DeclaredRoute | undefined): Promise<void> {
    // The service does not start with a route that says nothing (`declared-routes.ts`); if it did, it would be the admin's.
    const allowed = route?.allowed ?? (['admin'] as const);
    if (allowed === 'public') return;
    const principal = await this.#principal(request);
    await this.limits.take(request, principal.subject);
    setCaller(request, principal);
    if (allowed === 'per-command') return;
    if (roleFor(principal, allowed) === null)
      throw wrongRole(principal, `use ${request.method} ${route?.path ?? ''}`, allowed);
    await this.bound.check(principal, request, route);
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
