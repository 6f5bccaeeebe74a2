import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem, problemType, type ProblemBody } from './problem.js';

/** Answers everything that is thrown as a problem document; what nobody foresaw is logged and says nothing of itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = error instanceof Problem ? error : new Problem(this.bodyOf(error));
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply
      .code(problem.body.status)
      .headers({ ...problem.headers })
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem.body));
  }

  private bodyOf(error: unknown): ProblemBody {
    const status = statusOf(error);
    const { name, title } = KNOWN.get(status) ?? { name: 'bad-request', title: 'The request cannot be answered' };
    if (status >= 500) {
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { type: problemType('internal'), title: 'Something is wrong with the service', status: 500 };
    }
    const detail = error instanceof Error ? error.message : title;
    const errors = status === 400 ? { errors: [{ field: '', rule: 'request', message: detail }] } : {};
    return { type: problemType(name), title, status, detail, ...errors };
  }
}

const KNOWN: ReadonlyMap<number, { readonly name: string; readonly title: string }> = new Map([
  [400, { name: 'malformed', title: 'The request is malformed' }],
  [404, { name: 'not-found', title: 'There is nothing here' }],
  [408, { name: 'timeout', title: 'The request took too long to come' }],
  [413, { name: 'too-large', title: 'The body is too large' }],
  [414, { name: 'too-large', title: 'The address is too long' }],
  [415, { name: 'unsupported-media-type', title: 'The body is not JSON' }],
]);

/** Nest's exceptions, and Fastify's errors (`FST_ERR_CTP_BODY_TOO_LARGE`), each say their status in their own way. */
const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode, code }: { readonly statusCode?: unknown; readonly code?: unknown } = Object(error);
  if (code === 'ECONNRESET') return 400; // the caller went away; nobody hears the answer
  return typeof statusCode === 'number' ? statusCode : 500;
};
