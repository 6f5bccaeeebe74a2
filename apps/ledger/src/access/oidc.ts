/** Tokens of an OpenID Connect issuer: signed, for us, in time, and with roles that we know. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { ROLES } from '../http/roles.js';
import type { Principal } from './principal.js';

export type OidcSettings = {
  /** As the tokens have it in `iss`. Its keys are found by its discovery document. */
  readonly issuer: string;
  /** What must be in `aud`. */
  readonly audience: string;
  /** Where the roles are; dots go into objects: `realm_access.roles`. */
  readonly rolesClaim: string;
  /** Where the accounts are that a token is bound to; null when the issuer's tokens are bound to none. */
  readonly accountsClaim: string | null;
};

/** `why` is for whoever sent the token; `away` when the issuer's keys cannot be had, so that nobody knows. */
export type Verified = Principal | { readonly why: string } | 'away';

/** Of keys only the issuer has. A shared secret, or no signature, is none. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Between the issuer's clock and ours. */
const TOLERANCE_SECONDS = 5;

const TIMEOUT_MS = 5000;

/** An unknown key is asked for at the issuer no more often than this, however many tokens name one. */
const COOLDOWN_MS = 5000;

/** In `accountsClaim`: bound to none. A token without the claim may touch no account, so that nothing is open by mistake. */
const EVERY_ACCOUNT = '*';

export class Oidc {
  #keys: JWTVerifyGetKey | null = null;

  constructor(
    private readonly settings: OidcSettings,
    private readonly now: () => number,
    private readonly cooldownMs = COOLDOWN_MS,
  ) {}

  async verify(token: string): Promise<Verified> {
    const { issuer, audience } = this.settings;
    try {
      this.#keys ??= await this.#discovered();
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(this.now()),
      });
      return this.#principal(payload);
    } catch (error) {
      return whyNot(error);
    }
  }

  /** OpenID Connect Discovery 1.0, 4: the issuer says where its keys are, and that it is the issuer. */
  async #discovered(): Promise<JWTVerifyGetKey> {
    const { issuer } = this.settings;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!answer.ok) throw new IssuerAway(`${url} answered ${answer.status}`);
    const found: { readonly issuer?: unknown; readonly jwks_uri?: unknown } = Object(await answer.json());
    if (found.issuer !== issuer || typeof found.jwks_uri !== 'string')
      throw new IssuerAway(`${url} is not the discovery document of ${issuer}`);
    return createRemoteJWKSet(new URL(found.jwks_uri), {
      cooldownDuration: this.cooldownMs,
      timeoutDuration: TIMEOUT_MS,
    });
  }

  #principal(payload: JWTPayload): Principal {
    const { rolesClaim, accountsClaim } = this.settings;
    const named = textsAt(payload, rolesClaim);
    const roles = ROLES.filter((role) => named.includes(role));
    const accounts = accountsClaim === null ? [EVERY_ACCOUNT] : textsAt(payload, accountsClaim);
    return {
      subject: `oidc:${opaque(payload.sub ?? '')}`,
      roles,
      accounts: accounts.includes(EVERY_ACCOUNT) ? null : new Set(accounts),
    };
  }
}

class IssuerAway extends Error {}

const whyNot = (error: unknown): { readonly why: string } | 'away' => {
  if (error instanceof errors.JWTExpired) return { why: 'it has expired' };
  if (error instanceof errors.JWTClaimValidationFailed) return { why: `its claim ${error.claim} is not right` };
  if (error instanceof errors.JWKSNoMatchingKey) return { why: 'the issuer has no such key' };
  if (error instanceof errors.JWKSMultipleMatchingKeys) return { why: 'it does not name its key' };
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return 'away';
  if (error instanceof errors.JOSEAlgNotAllowed) return { why: 'its algorithm is not allowed' };
  if (error instanceof errors.JWSSignatureVerificationFailed) return { why: 'its signature is not right' };
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return { why: 'it is no signed JWT' };
  // What is left of jose's own is about the token, but for its plain error: the issuer did not answer with keys.
  if (error instanceof errors.JOSEError && error.code !== errors.JOSEError.code)
    return { why: 'it cannot be verified' };
  return 'away';
};

/** The texts at a path of claims: a list, or one text with spaces between, as OAuth writes scopes. */
const textsAt = (claims: JWTPayload, path: string): readonly string[] => {
  const found = path.split('.').reduce<unknown>((at, name) => Object(at)[name] as unknown, claims);
  if (typeof found === 'string') return found.split(' ');
  return Array.isArray(found) ? found.filter((text) => typeof text === 'string') : [];
};

const OPAQUE = /^[A-Za-z0-9_|:.-]{1,128}$/;

/** An issuer that calls people by their addresses does not get them into the streams, where they would stay. */
const opaque = (subject: string): string =>
  OPAQUE.test(subject) ? subject : createHash('sha256').update(subject).digest('base64url');
