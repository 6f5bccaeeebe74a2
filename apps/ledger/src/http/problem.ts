/** What went wrong, as RFC 9457 says it. Thrown at the edge only: further in, refusals and failures are values. */
import type { FieldProblem } from '@ledger/contract';
import type { RefusalName } from '@ledger/domain';
import { PROBLEMS, type ProblemName } from '../problems/problem-types.js';

export type ProblemBody = {
  /** Names the kind of problem, and is the address of its page on this service. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly [extension: string]: unknown;
};

type Headers = { readonly [name: string]: string };
type Extensions = { readonly [name: string]: unknown };

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly body: ProblemBody,
    readonly headers: Headers = {},
  ) {
    super(body.title);
  }
}

export const problemType = (name: ProblemName | RefusalName): string => `/problems/${name}`;

/** A problem of the table, with what is particular to this one. */
export const problem = (name: ProblemName, detail: string, extensions: Extensions = {}, headers?: Headers): Problem => {
  const { title, status } = PROBLEMS[name];
  return new Problem({ type: problemType(name), title, status, detail, ...extensions }, headers);
};

export const malformed = (errors: readonly FieldProblem[]): Problem =>
  problem(
    'malformed',
    errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '),
    {
      errors,
    },
  );

type NamesOf<Status extends number> = {
  [Name in ProblemName]: (typeof PROBLEMS)[Name]['status'] extends Status ? Name : never;
}[ProblemName];

export const notFound = (name: NamesOf<404>, detail: string): Problem => problem(name, detail);

/** It passes by itself, or somebody sees to it: the same request may be sent again after `retryAfter` seconds. */
export const unavailable = (
  name: NamesOf<503>,
  detail: string,
  retryAfter: number,
  extensions: Extensions = {},
): Problem => problem(name, detail, extensions, { 'Retry-After': String(retryAfter) });
