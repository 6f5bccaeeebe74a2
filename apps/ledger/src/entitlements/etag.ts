import { createHash } from 'node:crypto';

/** The same for the same answer, whichever process gives it. */
export const etagOf = (answer: object): string =>
  `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)}"`;

/** Whether `If-None-Match` names it: compared weakly, as a GET is (RFC 9110, 13.1.2). */
export const isNamedBy = (etag: string, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch !== undefined &&
  ifNoneMatch.split(',').some((named) => named.trim() === '*' || named.trim().replace(/^W\//, '') === etag);
