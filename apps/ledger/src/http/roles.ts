/** Who may ask what. */
import { SetMetadata } from '@nestjs/common';

export const ROLES = ['reader', 'auditor', 'ops', 'meter', 'payments', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export const ALLOWED_ROLES = 'allowed-roles';

/** The roles that may use a route, or all routes of a controller; `admin` may use every one. */
export const AllowedFor = (...roles: readonly Exclude<Role, 'admin'>[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOWED_ROLES, roles);
