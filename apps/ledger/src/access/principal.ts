import { ROLES, type Role } from '../http/roles.js';

/** Who asks. */
export type Principal = {
  /** Opaque, because it stays in the streams for ever: the id of a token, or what the issuer calls its subject. */
  readonly subject: string;
  readonly roles: readonly Role[];
  /** The accounts that it is bound to; null when it is bound to none. */
  readonly accounts: ReadonlySet<string> | null;
};

/** The role in which it may: the least of those it has; null when none of them may. */
export const roleFor = ({ roles }: Principal, allowed: readonly Role[]): Role | null =>
  ROLES.find((role) => roles.includes(role) && allowed.includes(role)) ?? null;

export const mayTouch = ({ accounts }: Principal, accountId: string): boolean =>
  accounts === null || accounts.has(accountId);
