import { createHash, randomBytes } from 'node:crypto';
import { iso } from '@ledger/domain';
import { keepToken, revokeToken, tokenByDigest, type IssuedToken, type ReadDatabase } from '@ledger/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ROLES, type Role } from '../http/roles.js';
import { Clock } from '../service/clock.js';
import { READ_DATABASE } from '../service/tokens.js';
import type { Principal } from './principal.js';

/** For so long after it was looked up a token is not looked up again: another process's revocation takes that long. */
const REMEMBERED_MS = 5000;

/** Tells at a glance, and a scanner of leaked secrets for sure, what the text is. */
const PREFIX = 'slt_';

export type Wanted = Pick<IssuedToken, 'accounts' | 'expiresAt'> & { readonly role: Role };

/** Issues tokens and knows them again. Only digests are kept: a token is shown once, to whoever asked for it. */
@Injectable()
export class IssuedTokens {
  readonly #known = new LRUCache<string, IssuedToken>({ max: 10_000, ttl: REMEMBERED_MS });

  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  async issue({ role, accounts, expiresAt }: Wanted): Promise<IssuedToken & { readonly token: string }> {
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const issued: IssuedToken = {
      tokenId: randomBytes(9).toString('base64url'),
      role,
      accounts,
      createdAt: iso(this.clock.instant()),
      expiresAt,
      revokedAt: null,
    };
    await keepToken(this.database, issued, digestOf(token));
    return { ...issued, token };
  }

  /** At once in this process. Null when there is no such token. */
  async revoke(tokenId: string): Promise<IssuedToken | null> {
    const revoked = await revokeToken(this.database, tokenId, iso(this.clock.instant()));
    this.#known.clear();
    return revoked;
  }

  /** Null for what is no token of ours, or not any more. Throws what the database says when it cannot be asked. */
  async principalOf(token: string): Promise<Principal | null> {
    if (!token.startsWith(PREFIX)) return null;
    const digest = digestOf(token);
    const found = this.#known.get(digest) ?? (await tokenByDigest(this.database, digest));
    if (found === null) return null;
    this.#known.set(digest, found, { noUpdateTTL: true });
    const { tokenId, role: named, accounts, expiresAt, revokedAt } = found;
    const role = ROLES.find((known) => known === named);
    const isOver = expiresAt !== null && expiresAt <= iso(this.clock.instant());
    if (role === undefined || isOver || revokedAt !== null) return null;
    return { subject: `token:${tokenId}`, roles: [role], accounts: accounts && new Set(accounts) };
  }
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
