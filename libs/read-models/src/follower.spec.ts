import { randomUUID } from 'node:crypto';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { accountStream, instant, type Command } from '@ledger/domain';
import { EventStoreAdapter, Ledger, parsePosition, type EventStore, type Receipt } from '@ledger/event-store';
import { sql } from 'kysely';
import type { ReadDatabase } from './database.js';
import type { Changed } from './news.js';
import { Projector } from './projector.js';
import { retryAccount } from './retry.js';
import { testDatabase } from './testing/databases.js';

const NOW = instant('2024-08-01T02:00:00Z');
const closing = new AsyncDisposableStack();
let store: EventStore;
let ledger: Ledger;

beforeAll(async () => {
  const node = await startEmbeddedNode({ path: ':memory:' });
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

const inState = async (projector: Projector, state: string): Promise<void> => {
  while (projector.status.state !== state) await new Promise((resolve) => setTimeout(resolve, 5));
};

const starting = (database: ReadDatabase): Projector => {
  const projector = new Projector(database, store, () => Promise.resolve('store-1'));
  closing.defer(() => projector.stop());
  projector.start();
  return projector;
};

type Pair = { readonly database: ReadDatabase; readonly other: Projector };

/** One projector that projects and one that waits, on one PostgreSQL, each with connections of its own. */
const aPair = async (): Promise<Pair> => {
  const shared = await testDatabase('PostgreSQL', closing);
  const database = await shared.open();
  await inState(starting(database), 'live');
  const other = starting(await shared.open());
  await inState(other, 'standby');
  return { database, other };
};

const heardBy = (projector: Projector): Changed[] => {
  const heard: Changed[] = [];
  projector.onChanged((changed) => heard.push(changed));
  return heard;
};

const reached = async ({ progress }: Projector, { position }: Receipt): Promise<boolean> => {
  const parsed = position === null ? null : parsePosition(position);
  return parsed !== null && progress.reaches(parsed, 20_000);
};

describe('a projector that waits', () => {
  it('hears whose rows another changes, before it says that they have changed', async () => {
    const { other } = await aPair();
    const heard = heardBy(other);
    expect(await reached(other, await send({ do: 'OpenAccount', accountId: 'f1', currency: 'USD' }))).toBe(true);
    expect(await reached(other, await send({ do: 'TopUp', accountId: 'f1', amount: '1.00' }))).toBe(true);
    expect(heard).not.toContain('all');
    expect(heard.flat()).toEqual(['f1', 'f1']);
  });

  it('takes everything for changed when its connection is lost, and hears again on a new one', async () => {
    const { database, other } = await aPair();
    const heard = heardBy(other);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`.execute(database.db);
    while (!heard.includes('all')) await new Promise((resolve) => setTimeout(resolve, 5));
    const opened = await send({ do: 'OpenAccount', accountId: 'f2', currency: 'USD' });
    expect(await reached(other, opened)).toBe(true);
    heard.length = 0;
    expect(await reached(other, await send({ do: 'TopUp', accountId: 'f2', amount: '1.00' }))).toBe(true);
    expect(heard).toEqual([['f2']]);
  });

  it('takes everything for changed when rows have moved without news', async () => {
    const { database, other } = await aPair();
    await reached(other, await send({ do: 'OpenAccount', accountId: 'f3', currency: 'USD' }));
    const heard = heardBy(other);
    await database.db.updateTable('projections').set({ last_position: '99999999/99999999' }).execute();
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual(['all']);
  });

  it('hears of an account that goes on after somebody retried it', async () => {
    const { database, other } = await aPair();
    await send({ do: 'OpenAccount', accountId: 'f4', currency: 'USD' });
    const mystery = { id: randomUUID(), type: 'Mystery', data: {}, metadata: {} };
    await store.append(accountStream('f4'), [mystery], 0n);
    const last = await send({ do: 'OpenAccount', accountId: 'f5', currency: 'USD' });
    expect(await reached(other, last)).toBe(true);
    const heard = heardBy(other);
    expect(await retryAccount(database, store, 'f4')).toBe('still-quarantined');
    while (!heard.flat().includes('f4')) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('is told of a batch of many accounts as of everything', async () => {
    const { database, other } = await aPair();
    const heard = heardBy(other);
    const changed = Array.from({ length: 1000 }, (_, i) => `an-account-${i}`);
    await database.db.transaction().execute(async (transaction) => {
      await database.news?.tell(transaction, { changed, position: null });
    });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual(['all']);
  });
});
