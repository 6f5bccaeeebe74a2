/** What went wrong, as RFC 9457 says it. Thrown at the edge only: further in, refusals and failures are values. */
import type { FieldProblem } from '@ledger/contract';

export type ProblemBody = {
  /** Names the kind of problem; stable, not meant to be opened. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly [extension: string]: unknown;
};

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly body: ProblemBody,
    readonly headers: { readonly [name: string]: string } = {},
  ) {
    super(body.title);
  }
}

export const problemType = (name: string): string => `urn:subscription-ledger:problem:${name}`;

export const malformed = (errors: readonly FieldProblem[]): Problem =>
  new Problem({
    type: problemType('malformed'),
    title: 'The request is malformed',
    status: 400,
    detail: errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '),
    errors,
  });

export const notFound = (name: string, title: string): Problem =>
  new Problem({ type: problemType(name), title, status: 404 });

/** It passes by itself, or somebody sees to it: the same request may be sent again after `retryAfter` seconds. */
export const unavailable = (
  name: string,
  detail: string,
  retryAfter: number,
  extensions: { readonly [name: string]: unknown } = {},
): Problem =>
  new Problem(
    { type: problemType(name), title: 'The service cannot answer this now', status: 503, detail, ...extensions },
    { 'Retry-After': String(retryAfter) },
  );
