/** What the environment says about who may ask, and how much. */
import { optional, text, wholeNumber, type SettingsOf } from '../service/setting.js';
import type { OidcSettings } from './oidc.js';

export const ACCESS_SETTINGS = {
  oidcIssuer: optional({
    variable: 'OIDC_ISSUER',
    what: 'the issuer whose signed tokens are taken too; `OIDC_AUDIENCE` must be set with it',
    give: 'the https URL that the tokens have in "iss" (http on loopback only)',
    read: (given) => (isIssuer(given) ? given : undefined),
  }),
  oidcAudience: text({ variable: 'OIDC_AUDIENCE', byDefault: '', what: 'what those tokens have in `aud`' }),
  oidcRolesClaim: text({
    variable: 'OIDC_ROLES_CLAIM',
    byDefault: 'roles',
    what: 'where those tokens name their roles',
  }),
  oidcAccountsClaim: text({
    variable: 'OIDC_ACCOUNTS_CLAIM',
    byDefault: '',
    what: 'where those tokens name the accounts that they are bound to; without it they are bound to none',
  }),
  /** With which previews are signed; null: the one in the data folder, which only one process has. */
  previewKey: optional({
    variable: 'PREVIEW_KEY',
    what: 'signs previews, the same for all processes; without it a file in `DATA_DIR`',
    give: 'at least 32 characters, such as those of "openssl rand -base64 32"',
    read: (given) => (given.length >= 32 ? given : undefined),
    isSecret: true,
  }),
  rateLimit: wholeNumber({
    variable: 'RATE_LIMIT',
    byDefault: '2000',
    from: 0,
    to: 999_999,
    what: 'requests a second of one caller; 0 for no limit',
  }),
  mostInFlight: wholeNumber({
    variable: 'MAX_IN_FLIGHT',
    byDefault: '1000',
    from: 1,
    to: 999_999,
    what: 'requests that are answered at once; more are told to come back',
  }),
};

type Given = SettingsOf<typeof ACCESS_SETTINGS>;

export type AccessSettings = Pick<Given, 'previewKey' | 'rateLimit' | 'mostInFlight'> & {
  /** Null: only the ledger's own tokens are known. */
  readonly oidc: OidcSettings | null;
};

export const accessOf = (given: Given): AccessSettings => {
  const { oidcIssuer: issuer, oidcAudience: audience, oidcRolesClaim: rolesClaim, oidcAccountsClaim } = given;
  const { previewKey, rateLimit, mostInFlight } = given;
  const oidc = issuer === null ? null : { issuer, audience, rolesClaim, accountsClaim: oidcAccountsClaim || null };
  return { oidc, previewKey, rateLimit, mostInFlight };
};

/** What each may be by itself, but not beside the others. */
export const oidcProblems = ({
  oidcIssuer,
  oidcAudience,
  oidcRolesClaim,
  oidcAccountsClaim,
}: Given): readonly string[] => {
  const { oidcAudience: audience, oidcRolesClaim: roles, oidcAccountsClaim: accounts } = ACCESS_SETTINGS;
  if (oidcIssuer !== null)
    return oidcAudience === ''
      ? ['OIDC_AUDIENCE is missing: give what the tokens for this service have in "aud", or any token would do.']
      : [];
  const set = [
    [audience, oidcAudience],
    [roles, oidcRolesClaim],
    [accounts, oidcAccountsClaim],
  ] as const;
  return set
    .filter(([{ byDefault }, given]) => given !== byDefault)
    .map(([{ variable }]) => `${variable} is set without OIDC_ISSUER: set both or neither.`);
};

/** Whoever can change what the issuer says of its keys can make tokens. */
const isIssuer = (given: string): boolean => {
  const url = URL.parse(given);
  if (url === null || url.search !== '' || url.hash !== '') return false;
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  );
};
