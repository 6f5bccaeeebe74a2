import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { problem, unavailable, type Problem } from '../http/problem.js';
import { IssuedTokens } from './issued-tokens.js';
import type { Oidc } from './oidc.js';
import type { Principal } from './principal.js';

export const ACCESS_TOKEN = Symbol('ACCESS_TOKEN');
export const OIDC = Symbol('OIDC');

/** Who has the token of the data folder: whoever may read that folder may do everything anyway. */
const OPERATOR: Principal = { subject: 'operator', roles: ['admin'], accounts: null };

const LOOKS_SIGNED = /^[\w-]+\.[\w-]*\.[\w-]*$/;

/** Who asks, by the `Authorization` header. Throws a 401 `Problem` for nobody, a 503 when it cannot be found out now. */
@Injectable()
export class Authenticator {
  constructor(
    @Inject(ACCESS_TOKEN) private readonly token: string,
    private readonly issued: IssuedTokens,
    @Inject(OIDC) private readonly oidc: Oidc | null,
  ) {}

  async principalOf(authorization = ''): Promise<Principal> {
    const [, given] = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization) ?? [];
    if (given === undefined) throw unauthorized('Send the header "Authorization: Bearer …" with a token.', null);
    if (sameText(given, this.token)) return OPERATOR;
    if (this.oidc !== null && LOOKS_SIGNED.test(given)) return verified(this.oidc, given);
    const principal = await this.issued.principalOf(given).catch(() => {
      throw unavailable('database-away', 'The read database, which knows the tokens, cannot be reached.', 2);
    });
    if (principal === null) throw unauthorized('The token is not known, has expired or was revoked.', 'invalid_token');
    return principal;
  }
}

const verified = async (oidc: Oidc, token: string): Promise<Principal> => {
  const found = await oidc.verify(token);
  if (found === 'away') throw unavailable('issuer-away', 'The keys of the token issuer cannot be had.', 2);
  if ('why' in found) throw unauthorized(`The token is not valid: ${found.why}.`, 'invalid_token');
  return found;
};

const unauthorized = (detail: string, error: 'invalid_token' | null): Problem =>
  problem(
    'unauthorized',
    detail,
    {},
    {
      'WWW-Authenticate': `Bearer realm="subscription-ledger"${error === null ? '' : `, error="${error}"`}`,
    },
  );

/** In constant time whatever the lengths: digests are compared. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
