/** The body that asks for a token: which JSON is one, and what to say to whoever sent something else. */
import { isId, type FieldProblem } from '@ledger/contract';
import { iso, parseInstant } from '@ledger/domain';
import type { Wanted } from '../access/issued-tokens.js';
import { ROLES } from '../http/roles.js';

const FIELDS = ['role', 'accounts', 'expiresAt'];
const MOST_ACCOUNTS = 1000;

type Parsed = { readonly wanted: Wanted } | { readonly problems: readonly FieldProblem[] };

export const parseWantedToken = (body: unknown, now: string): Parsed => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return {
      problems: [{ field: '', rule: 'object', message: `give an object with the fields ${FIELDS.join(', ')}` }],
    };
  const sent: { readonly [name: string]: unknown } = { ...body };
  const role = ROLES.find((known) => known === sent['role']);
  const accounts = accountsOf(sent['accounts'] ?? null);
  const expiresAt = instantOf(sent['expiresAt'] ?? null);
  const problems: FieldProblem[] = Object.keys(sent)
    .filter((name) => !FIELDS.includes(name))
    .map((name) => ({
      field: name.slice(0, 100),
      rule: 'unknown-field',
      message: `leave it out: the fields are ${FIELDS.join(', ')}`,
    }));
  if (role === undefined) problems.push({ field: 'role', rule: 'one-of', message: `give one of ${ROLES.join(', ')}` });
  if (accounts === undefined)
    problems.push({
      field: 'accounts',
      rule: 'ids',
      message: `give a list of 1 to ${MOST_ACCOUNTS} account ids, or leave it out for every account`,
    });
  if (role === 'admin' && accounts)
    problems.push({
      field: 'accounts',
      rule: 'admin',
      message: 'leave it out: an admin may do everything, tokens included',
    });
  if (expiresAt === undefined || (expiresAt !== null && expiresAt <= now))
    problems.push({
      field: 'expiresAt',
      rule: 'instant',
      message: `give an ISO 8601 instant with an offset after ${now}, or leave it out for a token that does not expire`,
    });
  if (role === undefined || accounts === undefined || expiresAt === undefined || problems.length > 0)
    return { problems };
  return { wanted: { role, accounts, expiresAt } };
};

export const WANTED_TOKEN_SCHEMA = {
  type: 'object',
  properties: {
    role: { type: 'string', enum: [...ROLES] },
    accounts: {
      type: ['array', 'null'],
      items: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
      minItems: 1,
      maxItems: MOST_ACCOUNTS,
      description: 'the accounts that it is bound to; every one without',
    },
    expiresAt: { type: ['string', 'null'], format: 'date-time', description: 'never without' },
  },
  required: ['role'],
  additionalProperties: false,
};

/** An empty list is none: one that came out empty by mistake would open every account. */
const accountsOf = (value: unknown): readonly string[] | null | undefined => {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ACCOUNTS) return undefined;
  return value.every((item) => typeof item === 'string' && isId(item)) ? [...new Set(value as string[])] : undefined;
};

const instantOf = (value: unknown): string | null | undefined => {
  if (value === null) return null;
  const at = typeof value === 'string' ? parseInstant(value) : null;
  return at === null ? undefined : iso(at);
};
