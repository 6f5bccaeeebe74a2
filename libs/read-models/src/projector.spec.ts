import { randomUUID } from 'node:crypto';
import { accountStream, fromStored, instant, toStored, type Command } from '@ledger/domain';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { EventStoreAdapter, Ledger, parsePosition, type EventStore, type Receipt } from '@ledger/event-store';
import { sql } from 'kysely';
import type { ReadDatabase } from './database.js';
import { releaseLease, takeLease, type Lease } from './lease.js';
import { Projector } from './projector.js';
import { storedState } from './states.js';
import { upsert } from './write-rows.js';
import { DATABASES, testDatabase } from './testing/databases.js';

const NOW = instant('2024-08-01T02:00:00Z');
const closing = new AsyncDisposableStack();
let store: EventStore;
let ledger: Ledger;

afterAll(() => closing.disposeAsync());

const send = async (command: Command): Promise<Receipt> => {
  const actor = { subject: 'spec', role: 'admin' };
  const outcome = await ledger.execute({ commandId: randomUUID(), command, actor });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
};

/** An account with an app; the receipt of the last command. */
const openAccount = async (accountId: string): Promise<Receipt> => {
  await send({ do: 'OpenAccount', accountId, currency: 'USD' });
  await send({ do: 'TopUp', accountId, amount: '1000.00' });
  return send({ do: 'CreateApp', accountId, appId: `${accountId}-1`, dataCentre: 'singapore', priceBook: 'intl-2024' });
};

const projecting = async (database: ReadDatabase, from = store, storeId = 'store-1'): Promise<Projector> => {
  const projector = new Projector(database, from, () => Promise.resolve(storeId));
  closing.defer(() => projector.stop());
  projector.start();
  while (projector.status.state !== 'live' && projector.status.state !== 'stopped')
    await new Promise((resolve) => setTimeout(resolve, 5));
  return projector;
};

const projected = async (projector: Projector, { position }: Receipt): Promise<boolean> => {
  const parsed = position === null ? null : parsePosition(position);
  return parsed !== null && projector.progress.reaches(parsed, 10_000);
};

const accountRowOf = async ({ db }: ReadDatabase, accountId: string): Promise<object | undefined> => {
  const columns = ['currency', 'cash', 'revision'] as const;
  const row = await db.selectFrom('accounts').select(columns).where('account_id', '=', accountId).executeTakeFirst();
  return row && { ...row, revision: String(row.revision) };
};

const quarantinedOf = async ({ db }: ReadDatabase): Promise<readonly object[]> => {
  const rows = await db.selectFrom('quarantined').selectAll().execute();
  return rows.map((row) => ({ ...row, revision: String(row.revision) }));
};

describe.each(DATABASES)('%s', (kind) => {
  beforeAll(async () => {
    const node = await startEmbeddedNode({ path: ':memory:' });
    closing.defer(() => node.stop());
    const adapter = new EventStoreAdapter({ connectionString: node.connectionString });
    closing.defer(() => adapter.close());
    store = adapter;
    ledger = new Ledger({ store, clock: () => NOW * 1000 });
  });

  const database = async (): Promise<ReadDatabase> => (await testDatabase(kind, closing)).open();

  describe('the projector', () => {
    it('keeps accounts and apps up with the store', async () => {
      const db = await database();
      const projector = await projecting(db);
      await openAccount('a1');
      const receipt = await send({
        do: 'Purchase',
        accountId: 'a1',
        appId: 'a1-1',
        product: 'standard',
        months: 1,
      });
      expect(await projected(projector, receipt)).toBe(true);
      expect(await accountRowOf(db, 'a1')).toMatchObject({ currency: 'USD', cash: '601.00', revision: '3' });
      expect(
        await db.db
          .selectFrom('apps')
          .select(['app_id', 'account_id', 'status', 'price_book', 'term_ends_at'])
          .where('account_id', '=', 'a1')
          .execute(),
      ).toEqual([
        {
          app_id: 'a1-1',
          account_id: 'a1',
          status: 'active',
          price_book: 'intl-2024',
          term_ends_at: '2024-09-01T02:00:00Z',
        },
      ]);
      expect(await accountRowOf(db, 'nobody')).toBeUndefined();
    });

    it('keeps the state that the write path folds', async () => {
      const db = await database();
      await openAccount('a2');
      const receipt = await send({ do: 'GrantGift', accountId: 'a2', amount: '5.00' });
      await projected(await projecting(db), receipt);
      const stored = await storedState(db, 'a2');
      const fresh = await ledger.state('a2');
      if (stored === null || fresh.kind !== 'state') throw new Error('there is no state');
      expect({ revision: String(stored.revision), chain: stored.chain }).toEqual({
        revision: fresh.revision,
        chain: fresh.chain,
      });
      expect(toStored(fromStored(stored.state))).toBe(toStored(fresh.account));
    });

    it('goes on where it stopped, in a database that is opened again', async () => {
      const file = await testDatabase(kind, closing);
      const first = await file.open();
      const before = await projecting(first);
      await projected(before, await openAccount('a3'));
      await before.stop();
      await first.close();
      await send({ do: 'TopUp', accountId: 'a3', amount: '1.00' });
      const second = await file.open();
      const receipt = await send({ do: 'TopUp', accountId: 'a3', amount: '1.00' });
      await projected(await projecting(second), receipt);
      expect(await accountRowOf(second, 'a3')).toMatchObject({ cash: '1002.00', revision: '4' });
    });

    it('takes more events than fit in one batch', async () => {
      const db = await database();
      await openAccount('a4');
      let receipt = await send({ do: 'TopUp', accountId: 'a4', amount: '1.00' });
      for (let i = 0; i < 250; i++) receipt = await send({ do: 'TopUp', accountId: 'a4', amount: '1.00' });
      await projected(await projecting(db), receipt);
      expect(await accountRowOf(db, 'a4')).toMatchObject({ cash: '1251.00' });
    });

    it('projects everything anew when the states have another shape', async () => {
      const file = await testDatabase(kind, closing);
      const first = await file.open();
      const before = await projecting(first);
      await projected(before, await openAccount('a5'));
      await before.stop();
      await first.db.updateTable('projections').set({ shape: 'another' }).execute();
      await sql`update accounts_1 set state = 'of another shape'`.execute(first.db);
      await first.close();
      const second = await file.open();
      await projecting(second);
      expect(await accountRowOf(second, 'a5')).toMatchObject({ cash: '1000.00' });
    });
  });

  describe('a database that is not the projector’s own', () => {
    it('filled from another store stops it, with what to do', async () => {
      const db = await database();
      await (await projecting(db)).stop();
      expect((await projecting(db, store, 'store-2')).status).toMatchObject({
        state: 'stopped',
        reason: expect.stringMatching(/from the store store-1, the store is store-2.*delete the read database/s),
      });
    });

    it('that knows an event which the store has not stops it, with what to do', async () => {
      const db = await database();
      const projector = await projecting(db);
      await projected(projector, await openAccount('a6'));
      await projector.stop();
      await db.db.updateTable('projections').set({ last_event_id: randomUUID() }).execute();
      expect((await projecting(db)).status).toMatchObject({
        state: 'stopped',
        reason: expect.stringMatching(/account-\S+ at revision \d+, is not in the store/),
      });
    });

    it('in which another projects is only read, until that stops', async () => {
      const db = await database();
      const projector = await projecting(db);
      await projected(projector, await openAccount('a7'));
      const other: Lease = { name: 'projector', holder: 'the other' };
      await takeLease(db, other, 'by-force');
      const receipt = await send({ do: 'TopUp', accountId: 'a7', amount: '1.00' });
      while (projector.status.state !== 'standby') await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await accountRowOf(db, 'a7')).toMatchObject({ cash: '1000.00', revision: '2' });
      await releaseLease(db, other);
      expect(await projected(projector, receipt)).toBe(true);
      expect(await accountRowOf(db, 'a7')).toMatchObject({ cash: '1001.00', revision: '3' });
    });
  });

  describe('an event that cannot be read', () => {
    const mystery = { id: randomUUID(), type: 'Mystery', data: {}, metadata: {} };

    it('quarantines its account, and all others go on', async () => {
      const db = await database();
      const projector = await projecting(db);
      const { revision } = await openAccount('a8');
      await store.append(accountStream('a8'), [mystery], BigInt(revision ?? 0));
      expect(await projected(projector, await openAccount('a9'))).toBe(true);
      expect(await accountRowOf(db, 'a8')).toMatchObject({ cash: '1000.00', revision: '2' });
      expect(await accountRowOf(db, 'a9')).toMatchObject({ cash: '1000.00' });
      expect(await quarantinedOf(db)).toEqual([
        { account_id: 'a8', stream: 'account-a8', revision: '3', type: 'Mystery', reason: 'unknown type' },
      ]);
    });

    it('as the first of its account leaves nothing but the quarantine', async () => {
      const db = await database();
      await store.append(accountStream('b1'), [{ ...mystery, id: randomUUID() }], 'no-stream');
      await projected(await projecting(db), await openAccount('b2'));
      expect(await accountRowOf(db, 'b1')).toBeUndefined();
      expect(await quarantinedOf(db)).toContainEqual({
        account_id: 'b1',
        stream: 'account-b1',
        revision: '0',
        type: 'Mystery',
        reason: 'unknown type',
      });
    });

    it('is read again at the next start, and the account goes on when it can be', async () => {
      const file = await testDatabase(kind, closing);
      const first = await file.open();
      const before = await projecting(first);
      await projected(before, await openAccount('b3'));
      await before.stop();
      // As if the top-up that follows had been unreadable to the code that ran then.
      const row = {
        account_id: 'b3',
        stream: 'account-b3',
        revision: 3n,
        type: 'FundsToppedUp',
        reason: 'broken upcast',
      };
      await first.db
        .transaction()
        .execute((transaction) => upsert({ database: first, transaction, version: 1 }, 'quarantined', [row]));
      await first.close();
      await send({ do: 'TopUp', accountId: 'b3', amount: '1.00' });
      const second = await file.open();
      await projected(await projecting(second), await send({ do: 'TopUp', accountId: 'b3', amount: '1.00' }));
      expect(await accountRowOf(second, 'b3')).toMatchObject({ cash: '1002.00', revision: '4' });
      expect(await quarantinedOf(second)).not.toContainEqual(expect.objectContaining({ account_id: 'b3' }));
    });
  });
});
