import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ReadDatabase } from '../database.js';
import { DATABASES, testDatabase } from '../testing/databases.js';
import { countSetAsides, retrySetAside, setAside, setAsides } from './clock-set-asides.js';
import { accountsDue, claimDue, dropClaims, finishClaims, keepClaims, nextDeadline, type Lane } from './clock.js';

const closing = new AsyncDisposableStack();
afterAll(() => closing.disposeAsync());

const NOW = 1000;

type Due = { readonly prompt?: number; readonly settlement?: number; readonly revision?: number };

describe.each(DATABASES)('the work of the clock, on %s', (kind) => {
  let database: ReadDatabase;
  beforeEach(async () => {
    database = await (await testDatabase(kind, closing)).open();
  });

  /** An account's row as the projector leaves it; only what the clock goes by. */
  const row = async (accountId: string, { prompt, settlement, revision = 5 }: Due): Promise<void> => {
    await sql`
      insert into accounts_1
        (account_id, revision, chain, fold_version, state, currency, cash, gift, prompt_due_at, settlement_due_at)
      values (${accountId}, ${revision}, '', 1, '{}', 'USD', '0.00', '0.00', ${prompt ?? null}, ${settlement ?? null})
      on conflict (account_id) do update
        set revision = excluded.revision, prompt_due_at = excluded.prompt_due_at,
            settlement_due_at = excluded.settlement_due_at`.execute(database.db);
  };

  const claimed = async (lane: Lane = 'prompt', holder = 'one', most = 10): Promise<readonly string[]> =>
    (await claimDue(database, { lane, now: NOW, most, holder })).map(({ accountId }) => accountId).toSorted();

  /** As if the claims had run out long ago. */
  const later = async (): Promise<void> => {
    await database.db.updateTable('ops_clock_claims').set({ until: 0 }).execute();
  };

  it('is what is due by now, the longest due first', async () => {
    await row('a', { prompt: 1000 });
    await row('b', { prompt: 999 });
    await row('c', { prompt: 1001 });
    await row('d', {});
    expect(await claimed('prompt', 'one', 1)).toEqual(['b']);
    expect(await claimed()).toEqual(['a']);
    expect(await claimed()).toEqual([]);
    expect(await nextDeadline(database, 'prompt', NOW)).toBe(1001);
    expect(await nextDeadline(database, 'settlement', NOW)).toBeNull();
  });

  it('has settlements in a lane of their own, unless something else is due in the account', async () => {
    await row('bill', { settlement: 900 });
    await row('bill and later', { settlement: 900, prompt: 1001 });
    await row('bill and stop', { settlement: 900, prompt: 1000 });
    await row('stop', { prompt: 1000, settlement: 2000 });
    expect(await accountsDue(database, NOW)).toEqual({ prompt: 2, settlement: 2 });
    expect(await claimed('settlement')).toEqual(['bill', 'bill and later']);
    expect(await claimed('prompt')).toEqual(['bill and stop', 'stop']);
  });

  it('is shared: nobody gets what another is at, until that one does not name it any more', async () => {
    for (let i = 0; i < 20; i++) await row(`a${i}`, { prompt: i });
    const [one, two] = await Promise.all([claimed('prompt', 'one'), claimed('prompt', 'two')]);
    expect(new Set([...one, ...two]).size).toBe(20);
    expect(await claimed('prompt', 'three')).toEqual([]);
    await later();
    await keepClaims(database, 'two', two.slice(1));
    expect(await claimed('prompt', 'three', 20)).toEqual([...one, ...two.slice(0, 1)].toSorted());
  });

  it('comes free at once when its holder stops, and when it was alone and has started anew', async () => {
    await row('a', { prompt: 1 });
    await claimed('prompt', 'one');
    await dropClaims(database, 'two');
    expect(await claimed('prompt', 'two')).toEqual([]);
    await dropClaims(database, 'one');
    expect(await claimed('prompt', 'two')).toEqual(['a']);
    await dropClaims(database, null);
    expect(await claimed('prompt', 'three')).toEqual(['a']);
  });

  it('is not done again while the row is behind what was done', async () => {
    await row('a', { prompt: 1, revision: 5 });
    await claimed();
    await finishClaims(database, [{ accountId: 'a', kind: 'advanced', revision: '7' }]);
    expect(await claimed()).toEqual([]);
    await row('a', { prompt: 1, revision: 6 });
    await keepClaims(database, 'one', []);
    expect(await claimed()).toEqual([]);
    await row('a', { prompt: 1, revision: 7 });
    expect(await claimed()).toEqual(['a']);
    await finishClaims(database, [{ accountId: 'a', kind: 'advanced', revision: '9' }]);
    await row('a', { revision: 9 });
    await keepClaims(database, 'one', []);
    expect(await database.db.selectFrom('ops_clock_claims').selectAll().execute()).toEqual([]);
  });

  it('that fails waits for its next try, and knows how often it was tried', async () => {
    await row('a', { prompt: 1 });
    await claimed();
    await finishClaims(database, [{ accountId: 'a', kind: 'failed', tries: 3, retryInMs: 60_000 }]);
    expect(await claimed()).toEqual([]);
    await finishClaims(database, [{ accountId: 'a', kind: 'failed', tries: 3, retryInMs: 1 }]);
    await setTimeout(5);
    expect(await claimDue(database, { lane: 'prompt', now: NOW, most: 1, holder: 'two' })).toEqual([
      { accountId: 'a', tries: 3, revision: 5n },
    ]);
  });

  it('leaves out what is set aside, until somebody says otherwise', async () => {
    await row('a', { prompt: 1 });
    await row('b', { prompt: 1 });
    await claimed('prompt', 'one', 1);
    const stuck = { accountId: 'a', reason: 'why', since: '2024-08-01T02:00:00Z', tries: 6 };
    await setAside(database, stuck);
    await setAside(database, { ...stuck, since: '2024-08-02T02:00:00Z', reason: 'still', tries: 7 });
    expect(await claimed()).toEqual(['b']);
    expect(await accountsDue(database, NOW)).toEqual({ prompt: 1, settlement: 0 });
    expect(await countSetAsides(database)).toBe(1);
    expect(await setAsides(database, { after: null, limit: 10 })).toEqual({
      items: [{ ...stuck, reason: 'still', tries: 7 }],
      next: null,
    });
    expect(await retrySetAside(database, 'a')).toBe(true);
    expect(await retrySetAside(database, 'a')).toBe(false);
    expect(await claimed()).toEqual(['a']);
  });
});
