/** What the environment says about who may ask, and how much. */
import type { OidcSettings } from './oidc.js';

export type AccessSettings = {
  /** Null: only the ledger's own tokens are known. */
  readonly oidc: OidcSettings | null;
  /** Requests a second of one caller; 0 for no limit. */
  readonly rateLimit: number;
  /** Requests that are answered at the same time; more are told to come back. */
  readonly mostInFlight: number;
  /** With which previews are signed; null: the one in the data folder, which only one process has. */
  readonly previewKey: string | null;
};

export const DEFAULT_ACCESS: AccessSettings = { oidc: null, rateLimit: 2000, mostInFlight: 1000, previewKey: null };

type Environment = { readonly [name: string]: string | undefined };

/** Adds one sentence to `problems` for each variable that cannot be used. */
export const readAccessSettings = (environment: Environment, problems: string[]): AccessSettings => {
  const count = (name: string, least: number, usual: number): number => {
    const { [name]: text = '' } = environment;
    if (text === '') return usual;
    const isCount = /^\d{1,6}$/.test(text) && Number(text) >= least;
    if (!isCount) problems.push(`${name} is "${text}": give a whole number from ${least} to 999999.`);
    return isCount ? Number(text) : usual;
  };
  return {
    oidc: oidcSettings(environment, problems),
    rateLimit: count('RATE_LIMIT', 0, DEFAULT_ACCESS.rateLimit),
    mostInFlight: count('MAX_IN_FLIGHT', 1, DEFAULT_ACCESS.mostInFlight),
    previewKey: previewKey(environment, problems),
  };
};

const previewKey = ({ PREVIEW_KEY: key = '' }: Environment, problems: string[]): string | null => {
  if (key !== '' && key.length < 32)
    problems.push('PREVIEW_KEY is too short: give at least 32 characters, such as those of "openssl rand -base64 32".');
  return key || null;
};

const oidcSettings = (environment: Environment, problems: string[]): OidcSettings | null => {
  const { OIDC_ISSUER: issuer = '', OIDC_AUDIENCE: audience = '' } = environment;
  const { OIDC_ROLES_CLAIM: rolesClaim = '', OIDC_ACCOUNTS_CLAIM: accountsClaim = '' } = environment;
  if (issuer === '') {
    for (const name of ['OIDC_AUDIENCE', 'OIDC_ROLES_CLAIM', 'OIDC_ACCOUNTS_CLAIM'])
      if (environment[name]) problems.push(`${name} is set without OIDC_ISSUER: set both or neither.`);
    return null;
  }
  if (!isIssuer(issuer))
    problems.push(
      `OIDC_ISSUER is "${issuer}": give the https URL that the tokens have in "iss" (http on loopback only).`,
    );
  if (audience === '')
    problems.push(
      'OIDC_AUDIENCE is missing: give what the tokens for this service have in "aud", or any token would do.',
    );
  return { issuer, audience, rolesClaim: rolesClaim || 'roles', accountsClaim: accountsClaim || null };
};

/** Whoever can change what the issuer says of its keys can make tokens. */
const isIssuer = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '') return false;
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
};
