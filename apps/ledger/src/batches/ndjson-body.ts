import type { FastifyInstance } from 'fastify';
import { problem, type Problem } from '../http/problem.js';

/** Where a body of lines may be sent. It is given on as it comes, so that who may not send it is told before it is read. */
const TAKES_LINES = '/v1/batches';

export const takeLines = (fastify: FastifyInstance): void => {
  fastify.addContentTypeParser('application/x-ndjson', ({ routeOptions }, body, done) => {
    if (routeOptions.url === TAKES_LINES) return done(null, body);
    return done(unsupported('Send JSON: only batches come as lines.'), undefined);
  });
};

export const unsupported = (detail: string): Problem => problem('unsupported-media-type', detail);
