/** Who may use a route: every one says so, or the service does not start (`access/declared-routes.ts`). */
import { SetMetadata } from '@nestjs/common';

/** From the least to the most: who has several acts in the least that may. */
export const ROLES = ['reader', 'auditor', 'meter', 'payments', 'ops', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** What is declared of a route: open to all, for some roles, or decided for each command that is in the request. */
export type Allowed = 'public' | 'per-command' | readonly Role[];

export const ALLOWED_ROLES = 'allowed-roles';

type Declaration = MethodDecorator & ClassDecorator;

/** The roles that may use a route, or all routes of a controller; `admin` may use every one. */
export const AllowedFor = (...roles: readonly Exclude<Role, 'admin'>[]): Declaration =>
  SetMetadata<string, Allowed>(ALLOWED_ROLES, [...roles, 'admin']);

/** Answers without a token: for what says nothing of anybody. */
export const Public = (): Declaration => SetMetadata<string, Allowed>(ALLOWED_ROLES, 'public');

export const FILTERED_BY_ACCOUNT = 'filtered-by-account';

/** A list that shows, with `accountId=`, what is of that account and nothing else: for tokens that are bound to accounts. */
export const FilteredByAccount = (): MethodDecorator => SetMetadata(FILTERED_BY_ACCOUNT, true);

/** Anybody with a token comes in; whoever carries out the commands asks `CommandAccess` for each. */
export const AllowedPerCommand = (): Declaration => SetMetadata<string, Allowed>(ALLOWED_ROLES, 'per-command');
