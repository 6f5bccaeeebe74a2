import { readSettings } from '../service/settings.js';
import type { AccessSettings } from './access-settings.js';

const read = (
  environment: Record<string, string>,
): { settings: AccessSettings | null; problems: readonly string[] } => {
  const found = readSettings(environment);
  return 'problems' in found
    ? { settings: null, problems: found.problems }
    : { settings: found.settings.access, problems: [] };
};

const oidc = { OIDC_ISSUER: 'https://login.example/realms/cloud', OIDC_AUDIENCE: 'ledger' };

describe('the settings of access', () => {
  it('all have defaults', () =>
    expect(read({})).toEqual({
      settings: { oidc: null, rateLimit: 2000, mostInFlight: 1000, previewKey: null },
      problems: [],
    }));

  it('come from the environment', () => {
    const key = 'k'.repeat(32);
    const claims = { OIDC_ROLES_CLAIM: 'realm_access.roles', OIDC_ACCOUNTS_CLAIM: 'accounts' };
    expect(read({ ...oidc, ...claims, RATE_LIMIT: '0', MAX_IN_FLIGHT: '10', PREVIEW_KEY: key })).toEqual({
      settings: {
        oidc: {
          issuer: 'https://login.example/realms/cloud',
          audience: 'ledger',
          rolesClaim: 'realm_access.roles',
          accountsClaim: 'accounts',
        },
        rateLimit: 0,
        mostInFlight: 10,
        previewKey: key,
      },
      problems: [],
    });
  });

  it.each([
    ['RATE_LIMIT', { RATE_LIMIT: '-1' }],
    ['RATE_LIMIT', { RATE_LIMIT: '1.5' }],
    ['MAX_IN_FLIGHT', { MAX_IN_FLIGHT: '0' }],
    ['PREVIEW_KEY', { PREVIEW_KEY: 'short' }],
    ['OIDC_AUDIENCE', { OIDC_ISSUER: oidc.OIDC_ISSUER }],
    ['OIDC_AUDIENCE', { OIDC_AUDIENCE: 'ledger' }],
    ['OIDC_ROLES_CLAIM', { OIDC_ROLES_CLAIM: 'groups' }],
    ['OIDC_ISSUER', { ...oidc, OIDC_ISSUER: 'login.example' }],
    ['OIDC_ISSUER', { ...oidc, OIDC_ISSUER: 'http://login.example' }],
    ['OIDC_ISSUER', { ...oidc, OIDC_ISSUER: 'https://login.example/?tenant=1' }],
  ])('name %s when it cannot be used: %j', (name, environment) =>
    expect(read(environment).problems).toEqual([expect.stringMatching(new RegExp(`^${name} `))]),
  );

  it('never show a secret in a problem', () =>
    expect(JSON.stringify(read({ PREVIEW_KEY: 'hunter2' }).problems)).not.toContain('hunter2'));

  it('take an issuer without encryption on this machine only', () =>
    expect(read({ ...oidc, OIDC_ISSUER: 'http://127.0.0.1:8080' }).problems).toEqual([]));
});
