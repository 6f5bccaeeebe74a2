/** All that decides who may ask, for the application's module. */
import type { Provider } from '@nestjs/common';
import type { Clock } from '../service/clock.js';
import type { AccessSettings } from './access-settings.js';
import { ACCESS_TOKEN, Authenticator, OIDC } from './authenticator.js';
import { BoundAccounts } from './bound-accounts.js';
import { CommandAccess } from './command-access.js';
import { Gate } from './gate.js';
import { IssuedTokens } from './issued-tokens.js';
import { Oidc } from './oidc.js';
import { RATE_LIMIT, RateLimits } from './rate-limits.js';

type Parts = { readonly token: string; readonly access: AccessSettings; readonly clock: Clock };

export const accessProviders = ({ token, access, clock }: Parts): Provider[] => [
  { provide: ACCESS_TOKEN, useValue: token },
  { provide: OIDC, useValue: access.oidc && new Oidc(access.oidc, () => clock.now()) },
  { provide: RATE_LIMIT, useValue: access.rateLimit },
  Authenticator,
  BoundAccounts,
  CommandAccess,
  Gate,
  IssuedTokens,
  RateLimits,
];
