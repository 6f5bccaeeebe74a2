import { problem, type Problem } from '../http/problem.js';
import type { Role } from '../http/roles.js';
import type { Principal } from './principal.js';

const HEADERS = { 'WWW-Authenticate': 'Bearer realm="subscription-ledger", error="insufficient_scope"' };

const forbidden = (detail: string): Problem => problem('forbidden', detail, {}, HEADERS);

/** None of its roles may; `what` is what was asked, to be read in a sentence. */
export const wrongRole = ({ roles }: Principal, what: string, allowed: readonly Role[]): Problem =>
  forbidden(`${roles.join(', ') || 'A token without a role'} may not ${what}: ask with one of ${allowed.join(', ')}.`);

/** It is bound to accounts, and this is not about one of them, or does not say so. */
export const wrongAccount = (): Problem =>
  forbidden('The token is bound to accounts: name one of them, in the path, the command or `accountId=` of a list.');
