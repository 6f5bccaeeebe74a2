/** Who sent a request, from the guard that found out to whoever carries it out. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

const callers = new WeakMap<FastifyRequest, Principal>();

export const setCaller = (request: FastifyRequest, principal: Principal): void => void callers.set(request, principal);

export const callerOf = (request: FastifyRequest): Principal => {
  const principal = callers.get(request);
  if (!principal) throw new Error('a route without a caller asked who calls');
  return principal;
};

/** The `Principal` of the request, as a parameter of a route that is not public. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
