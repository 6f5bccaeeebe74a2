import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountStream, fromStored, instant, toStored, type Command } from '@ledger/domain';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { EventStoreAdapter, Ledger, parsePosition, type EventStore, type Receipt } from '@ledger/event-store';
import type { ReadDatabase } from './database.js';
import { Projector } from './projector.js';
import { accountById, appById, quarantinedAccounts } from './queries.js';
import { openSqlite } from './sqlite.js';
import { storedState } from './states.js';

const NOW = instant('2024-08-01T02:00:00Z');
const closing = new AsyncDisposableStack();
const folder = mkdtempSync(join(tmpdir(), 'read-models-'));
let store: EventStore;
let ledger: Ledger;

beforeAll(async () => {
  const node = await startEmbeddedNode({ path: ':memory:' });
  closing.defer(() => rmSync(folder, { recursive: true }));
  closing.defer(() => node.stop());
  const adapter = new EventStoreAdapter({ connectionString: node.connectionString });
  closing.defer(() => adapter.close());
  store = adapter;
  ledger = new Ledger({ store, clock: () => NOW * 1000 });
});
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

const database = async (path = ':memory:'): Promise<ReadDatabase> => {
  const opened = await openSqlite(path);
  closing.defer(() => opened.close());
  return opened;
};

const projected = async (projector: Projector, { position }: Receipt): Promise<boolean> => {
  const parsed = position === null ? null : parsePosition(position);
  return parsed !== null && projector.progress.reaches(parsed, 10_000);
};

describe('the projector', () => {
  it('keeps accounts and apps up with the store', async () => {
    const db = await database();
    const projector = await projecting(db);
    await openAccount('a1');
    const receipt = await send({ do: 'Purchase', accountId: 'a1', appId: 'a1-1', product: 'standard', months: 1 });
    expect(await projected(projector, receipt)).toBe(true);
    expect(await accountById(db, 'a1', NOW)).toMatchObject({ currency: 'USD', cash: '601.00', revision: '3' });
    expect(await appById(db, 'a1-1', NOW)).toMatchObject({ accountId: 'a1', status: 'active', package: 'standard' });
    expect(await db.db.selectFrom('apps').selectAll().where('account_id', '=', 'a1').execute()).toEqual([
      {
        app_id: 'a1-1',
        account_id: 'a1',
        status: 'active',
        price_book: 'intl-2024',
        term_ends_at: '2024-09-01T02:00:00Z',
      },
    ]);
    expect(await accountById(db, 'nobody', NOW)).toBeNull();
    expect(await appById(db, 'nobody', NOW)).toBeNull();
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
    const path = join(folder, 'again.sqlite');
    const first = await openSqlite(path);
    const before = await projecting(first);
    await projected(before, await openAccount('a3'));
    await before.stop();
    await first.close();
    await send({ do: 'TopUp', accountId: 'a3', amount: '1.00' });
    const second = await database(path);
    const receipt = await send({ do: 'TopUp', accountId: 'a3', amount: '1.00' });
    await projected(await projecting(second), receipt);
    expect(await accountById(second, 'a3', NOW)).toMatchObject({ cash: '1002.00', revision: '4' });
  });

  it('takes more events than fit in one batch', async () => {
    const db = await database();
    await openAccount('a4');
    let receipt = await send({ do: 'TopUp', accountId: 'a4', amount: '1.00' });
    for (let i = 0; i < 250; i++) receipt = await send({ do: 'TopUp', accountId: 'a4', amount: '1.00' });
    await projected(await projecting(db), receipt);
    expect(await accountById(db, 'a4', NOW)).toMatchObject({ cash: '1251.00' });
  });

  it('projects everything anew when the states have another shape', async () => {
    const path = join(folder, 'version.sqlite');
    const first = await openSqlite(path);
    const before = await projecting(first);
    await projected(before, await openAccount('a5'));
    await before.stop();
    await first.db.updateTable('checkpoint').set({ fold_version: 0 }).execute();
    await first.db.updateTable('accounts').set({ state: 'of another shape' }).execute();
    await first.close();
    const second = await database(path);
    await projecting(second);
    expect(await accountById(second, 'a5', NOW)).toMatchObject({ cash: '1000.00' });
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
    await db.db.updateTable('checkpoint').set({ last_event_id: randomUUID() }).execute();
    expect((await projecting(db)).status).toMatchObject({
      state: 'stopped',
      reason: expect.stringMatching(/account-\S+ at revision \d+, is not in the store/),
    });
  });

  it('in which another projector is ahead stops it, and nothing is written', async () => {
    const db = await database();
    const projector = await projecting(db);
    await projected(projector, await openAccount('a7'));
    await db.db.updateTable('checkpoint').set({ position: '9999999999/9999999999' }).execute();
    await send({ do: 'TopUp', accountId: 'a7', amount: '1.00' });
    while (projector.status.state !== 'stopped') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await accountById(db, 'a7', NOW)).toMatchObject({ cash: '1000.00', revision: '2' });
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
    expect(await accountById(db, 'a8', NOW)).toMatchObject({
      cash: '1000.00',
      revision: '2',
      quarantine: { stream: 'account-a8', revision: '3', type: 'Mystery', reason: 'unknown type' },
    });
    expect(await accountById(db, 'a9', NOW)).toMatchObject({ cash: '1000.00', quarantine: null });
    expect(await quarantinedAccounts(db)).toBe(1);
  });

  it('as the first of its account leaves nothing but the quarantine', async () => {
    const db = await database();
    await store.append(accountStream('b1'), [{ ...mystery, id: randomUUID() }], 'no-stream');
    await projected(await projecting(db), await openAccount('b2'));
    expect(await accountById(db, 'b1', NOW)).toEqual({
      stream: 'account-b1',
      revision: '0',
      type: 'Mystery',
      reason: 'unknown type',
    });
  });

  it('is read again at the next start, and the account goes on when it can be', async () => {
    const path = join(folder, 'quarantine.sqlite');
    const first = await openSqlite(path);
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
    await first.db.insertInto('quarantined').values(row).execute();
    await first.close();
    await send({ do: 'TopUp', accountId: 'b3', amount: '1.00' });
    const second = await database(path);
    await projected(await projecting(second), await send({ do: 'TopUp', accountId: 'b3', amount: '1.00' }));
    expect(await accountById(second, 'b3', NOW)).toMatchObject({ cash: '1002.00', revision: '4', quarantine: null });
  });
});
