import type { FastifyInstance } from 'fastify';
import { unavailable } from '../http/problem.js';

/** Asked by those who must know how it is when there is too much to do. */
const ALWAYS = new Set(['/healthz', '/readyz', '/metrics']);

/** Answers no more requests at once than `most`: what waits in memory without a bound falls over for everybody. */
export const limitInFlight = (fastify: FastifyInstance, most: number): void => {
  let inFlight = 0;
  fastify.addHook('onRequest', (request, reply, next) => {
    if (ALWAYS.has(request.routeOptions.url ?? '')) return next();
    if (inFlight >= most) return next(unavailable('too-busy', `${most} requests are being answered already.`, 1));
    inFlight += 1;
    // Once for each response, however it ends.
    reply.raw.once('close', () => {
      inFlight -= 1;
    });
    return next();
  });
};
