/** The tokens that were issued: what each may, never the token itself. */
import type { ReadDatabase } from '../database.js';
import { keysetPage, type Page, type PageWanted, type WRONG_CURSOR } from '../queries/keyset.js';

export type TokenRow = {
  token_id: string;
  /** SHA-256 of the token, as hex. A token has 256 random bits, so nothing slower is needed to keep it from being guessed. */
  digest: string;
  role: string;
  /** A JSON list of the accounts that it is bound to; null for a token that is bound to none. */
  accounts: string | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
};

export type IssuedToken = {
  readonly tokenId: string;
  readonly role: string;
  readonly accounts: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
};

export const keepToken = async ({ db }: ReadDatabase, token: IssuedToken, digest: string): Promise<void> => {
  const { tokenId, role, accounts, createdAt, expiresAt, revokedAt } = token;
  await db
    .insertInto('ops_tokens')
    .values({
      token_id: tokenId,
      digest,
      role,
      accounts: accounts && JSON.stringify(accounts),
      created_at: createdAt,
      expires_at: expiresAt,
      revoked_at: revokedAt,
    })
    .execute();
};

/** The token of a digest, also a revoked one; null when none has it. */
export const tokenByDigest = async ({ db }: ReadDatabase, digest: string): Promise<IssuedToken | null> => {
  const row = await db.selectFrom('ops_tokens').selectAll().where('digest', '=', digest).executeTakeFirst();
  return row ? shown(row) : null;
};

/** All of them in the order of their ids, also the revoked ones. */
export const tokensPage = (
  { db }: ReadDatabase,
  wanted: PageWanted,
): Promise<Page<IssuedToken> | typeof WRONG_CURSOR> =>
  keysetPage(db.selectFrom('ops_tokens').selectAll('ops_tokens'), 'ops_tokens', ['token_id'], wanted, shown);

/** The token as it is now; one that was revoked before stays as it is. Null when there is none. */
export const revokeToken = async ({ db }: ReadDatabase, tokenId: string, at: string): Promise<IssuedToken | null> => {
  await db
    .updateTable('ops_tokens')
    .set({ revoked_at: at })
    .where('token_id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .execute();
  const row = await db.selectFrom('ops_tokens').selectAll().where('token_id', '=', tokenId).executeTakeFirst();
  return row ? shown(row) : null;
};

const shown = (row: TokenRow): IssuedToken => ({
  tokenId: row.token_id,
  role: row.role,
  accounts: row.accounts === null ? null : (JSON.parse(row.accounts) as readonly string[]),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
});
