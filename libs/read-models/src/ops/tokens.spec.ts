import { DATABASES, testDatabase } from '../testing/databases.js';
import type { ReadDatabase } from '../database.js';
import { keepToken, revokeToken, tokenByDigest, tokensPage, type IssuedToken } from './tokens.js';

const token = (tokenId: string, more: Partial<IssuedToken> = {}): IssuedToken => ({
  tokenId,
  role: 'reader',
  accounts: null,
  createdAt: '2024-08-01T02:00:00Z',
  expiresAt: null,
  revokedAt: null,
  ...more,
});

describe.each(DATABASES)('issued tokens on %s', (kind) => {
  const closing = new AsyncDisposableStack();
  let database: ReadDatabase;
  beforeAll(async () => {
    database = await (await testDatabase(kind, closing)).open();
    await keepToken(database, token('t2', { role: 'meter', accounts: ['a1', 'a2'] }), 'digest-2');
    await keepToken(database, token('t1', { expiresAt: '2024-09-01T00:00:00Z' }), 'digest-1');
  });
  afterAll(() => closing.disposeAsync());

  it('are found by their digests', async () => {
    expect(await tokenByDigest(database, 'digest-2')).toEqual(token('t2', { role: 'meter', accounts: ['a1', 'a2'] }));
    expect(await tokenByDigest(database, 'digest-1')).toEqual(token('t1', { expiresAt: '2024-09-01T00:00:00Z' }));
    expect(await tokenByDigest(database, 'digest')).toBeNull();
  });

  it('are listed by their ids, page by page', async () => {
    const first = await tokensPage(database, { after: null, limit: 1 });
    expect(first).toMatchObject({ items: [{ tokenId: 't1' }] });
    if (typeof first === 'string' || first.next === null) throw new Error('there is no second page');
    expect(await tokensPage(database, { after: first.next, limit: 1 })).toMatchObject({
      items: [{ tokenId: 't2' }],
      next: null,
    });
  });

  it('cannot share a digest', async () => {
    await expect(keepToken(database, token('t3'), 'digest-1')).rejects.toThrow(/unique/i);
  });

  it('are revoked once, and stay', async () => {
    const revoked = token('t1', { expiresAt: '2024-09-01T00:00:00Z', revokedAt: '2024-08-02T00:00:00Z' });
    expect(await revokeToken(database, 't1', '2024-08-02T00:00:00Z')).toEqual(revoked);
    expect(await revokeToken(database, 't1', '2024-08-03T00:00:00Z')).toEqual(revoked);
    expect(await tokenByDigest(database, 'digest-1')).toEqual(revoked);
    expect(await revokeToken(database, 'none', '2024-08-03T00:00:00Z')).toBeNull();
  });
});
