/** Everything that is thrown, answered as a problem document. */
import { HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PROBLEMS, type ProblemName } from '../problems/problem-types.js';
import { Problem, problem, problemType, type ProblemBody } from './problem.js';

/** What nobody foresaw is logged, and says nothing of itself to whoever asked. */
export const answerProblem = (reply: FastifyReply, error: unknown): void => {
  const { body, headers } = error instanceof Problem ? error : new Problem(bodyOf(error));
  void reply
    .code(body.status)
    .headers({ ...headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
};

const logger = new Logger('Problem');

const bodyOf = (error: unknown): ProblemBody => {
  const status = statusOf(error);
  if (status >= 500) {
    logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { type: problemType('internal'), title: PROBLEMS.internal.title, status: 500 };
  }
  const name = NAMES.get(status) ?? 'bad-request';
  const detail = error instanceof Error ? error.message : PROBLEMS[name].title;
  const errors = status === 400 ? { errors: [{ field: '', rule: 'request', message: detail }] } : {};
  return { ...problem(name, detail, errors).body, status };
};

const NAMES: ReadonlyMap<number, ProblemName> = new Map([
  [400, 'malformed'],
  [404, 'not-found'],
  [408, 'timeout'],
  [413, 'too-large'],
  [414, 'address-too-long'],
  [415, 'unsupported-media-type'],
]);

/** Nest's exceptions, and Fastify's errors (`FST_ERR_CTP_BODY_TOO_LARGE`), each say their status in their own way. */
const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode, code }: { readonly statusCode?: unknown; readonly code?: unknown } = Object(error);
  if (code === 'ECONNRESET') return 400; // the caller went away; nobody hears the answer
  return typeof statusCode === 'number' ? statusCode : 500;
};
