/** The problems that a route can answer with, for the OpenAPI document. */
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEMS, type ProblemName } from '../problems/problem-types.js';
import { problemType } from './problem.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

export type Response = Exclude<NonNullable<Operation['responses'][string]>, { $ref: string }>;

export const PROBLEM_SCHEMA = { $ref: '#/components/schemas/ProblemDto' };

/** One status, with the kinds of problem that have it. */
export const problemResponse = (...names: readonly ProblemName[]): Response => ({
  description: `${names.map((name) => `[${name}](${problemType(name)}): ${PROBLEMS[name].title}`).join('. ')}.`,
  content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
});

const named = Object.keys(PROBLEMS) as ProblemName[];

const ofStatus = (status: number): Response =>
  problemResponse(...named.filter((name) => PROBLEMS[name].status === status));

/** What any route may answer, however little it does. */
export const ANYWHERE: Readonly<Record<string, Response>> = {
  400: ofStatus(400),
  500: ofStatus(500),
  503: ofStatus(503),
};

/** What those answer that need a token. */
export const GUARDED: Readonly<Record<string, Response>> = {
  401: ofStatus(401),
  403: ofStatus(403),
  429: ofStatus(429),
};

/** What those answer that take a body. */
export const WITH_BODY: Readonly<Record<string, Response>> = {
  408: ofStatus(408),
  413: ofStatus(413),
  415: ofStatus(415),
};

/** What those answer that are about something which a path names. */
export const NAMING: Readonly<Record<string, Response>> = { 404: ofStatus(404), 414: ofStatus(414) };
