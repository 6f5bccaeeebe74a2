import type { FastifyInstance, FastifyReply } from 'fastify';
import { CORRELATION_HEADER } from './correlation.js';
import type { Log } from './log.js';

/**
 * Every request is answered with its correlation id, and said: those that failed at `warn` and `info`, all others at `debug`,
 * since each command has a line of its own. By its route, never by its address, which may say anything.
 */
export const logRequests = (fastify: FastifyInstance, log: Log): void => {
  fastify.addHook('onRequest', (request, reply, next) => {
    void reply.header(CORRELATION_HEADER, request.id);
    next();
  });
  fastify.addHook('onResponse', (request, reply, next) => {
    const { method, id: correlationId, routeOptions } = request;
    const route = routeOptions.url ?? 'unknown';
    const line = { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), correlationId };
    log[levelOf(reply)](line, 'request');
    next();
  });
};

const levelOf = ({ statusCode }: FastifyReply): 'warn' | 'info' | 'debug' => {
  if (statusCode >= 500) return 'warn';
  return statusCode >= 400 ? 'info' : 'debug';
};
