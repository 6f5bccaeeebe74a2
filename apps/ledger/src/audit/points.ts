/** The parameters that say as of when an account's history is asked. */
import type { Bounds, Point } from '@ledger/audit';
import { instant as instantOf, parseInstant, type Instant } from '@ledger/domain';
import { malformed } from '../http/problem.js';
import { instant, type Asked, type Parameter } from '../reads/query.js';

const isRevision = (text: string): boolean => /^\d{1,18}$/.test(text);

export const revision = (description: string): Parameter<bigint | null> => ({
  rule: 'revision',
  message: 'give the revision of an event, a whole number from 0',
  read: (text) => (isRevision(text) ? BigInt(text) : undefined),
  missing: null,
  schema: { type: 'string', pattern: String.raw`^\d{1,18}$` },
  description,
});

export const point = (description: string): Parameter<Point | null> => ({
  rule: 'point',
  message:
    'give an ISO 8601 instant with an offset, such as 2024-08-01T02:00:00Z (a + in it is sent as %2B), or a revision',
  read: (text) => {
    if (isRevision(text)) return { revision: BigInt(text) };
    const at = parseInstant(text);
    return at === null ? undefined : { at };
  },
  missing: null,
  schema: { type: 'string' },
  description,
});

export const KNOWN_AT = instant('by what had been recorded until then; by all that is recorded by default');

export const BOUNDS = {
  at: instant('the state as of then; now by default, and at most three years ahead'),
  knownAt: KNOWN_AT,
  until: revision('the state right after this event, instead of one as of an instant'),
};

const THREE_YEARS = 3 * 366 * 86_400;

export const knownBy = (knownAt: string | null): Instant | null => (knownAt === null ? null : instantOf(knownAt));

/** Throws a problem where both an instant and a revision are given, or an instant too far ahead. */
export const boundsOf = ({ at, knownAt, until }: Asked<typeof BOUNDS>, now: Instant): Bounds => {
  if (until === null)
    return { end: { at: notTooFar('at', at === null ? now : instantOf(at), now) }, knownAt: knownBy(knownAt) };
  if (at !== null)
    throw malformed([{ field: 'until', rule: 'alone', message: 'give either an instant or a revision' }]);
  return { end: { revision: until }, knownAt: knownBy(knownAt) };
};

export const notTooFar = (field: string, at: Instant, now: Instant): Instant => {
  if (at > now + THREE_YEARS)
    throw malformed([{ field, rule: 'instant', message: 'give an instant at most three years ahead' }]);
  return at;
};
