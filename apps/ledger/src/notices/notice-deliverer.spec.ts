import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { contactStream, type Command } from '@ledger/domain';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { EventStoreAdapter, Ledger, type EventStore } from '@ledger/event-store';
import { deliveriesPage, type NoticeDelivery, type ReadDatabase } from '@ledger/read-models';
import { DATABASES, testDatabase, type TestDatabase } from '../../../../libs/read-models/src/testing/databases.js';
import { Clock } from '../service/clock.js';
import type { Message, NoticeChannels, Sent } from './channel.js';
import { NoticeDeliverer, type NoticeDelivererOptions } from './notice-deliverer.js';

const closing = new AsyncDisposableStack();
afterAll(() => closing.disposeAsync());

const clock = new Clock();
const RETRIES = { most: 3, first: 1, longest: 1 };

/** Takes the messages, and answers what it is told to. */
class Post {
  readonly messages: Message[] = [];
  answer: (message: Message) => Sent = () => ({ kind: 'sent' });
  readonly channels: NoticeChannels = {
    email: {
      name: 'post',
      send: (message) => {
        this.messages.push(message);
        return Promise.resolve(this.answer(message));
      },
    },
    sms: { name: 'post', send: () => Promise.reject(new Error('nobody here has a number')) },
  };
}

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await setTimeout(10);
};

describe.each(DATABASES)('%s', (kind) => {
  let store: EventStore;
  let ledger: Ledger;

  beforeAll(async () => {
    const node = await startEmbeddedNode({ path: ':memory:' });
    closing.defer(() => node.stop());
    const adapter = new EventStoreAdapter({ connectionString: node.connectionString });
    closing.defer(() => adapter.close());
    store = adapter;
    ledger = new Ledger({ store, clock: () => clock.now() });
  });

  const send = async (command: Command): Promise<void> => {
    const actor = { subject: 'spec', role: 'admin' };
    const outcome = await ledger.execute({ commandId: randomUUID(), command, actor });
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  };

  /** An account that owes 1.00 and is to be told. */
  const overdue = async (accountId: string): Promise<void> => {
    await send({ do: 'OpenAccount', accountId, currency: 'USD' });
    await send({ do: 'SetContact', accountId, email: `${accountId}@customer.example` });
    await send({ do: 'ChargeAccount', accountId, amount: '1.00', service: 'sms' });
  };

  const delivering = async (
    database: ReadDatabase,
    post: Post,
    more: Partial<NoticeDelivererOptions> = {},
  ): Promise<NoticeDeliverer> => {
    const storeId = (): Promise<string> => Promise.resolve('store-1');
    const { channels } = post;
    const common = { database, store, ledger, clock, storeId, channels, retries: RETRIES, warn: () => undefined };
    const deliverer = new NoticeDeliverer({ ...common, ...more });
    closing.defer(() => deliverer.stop());
    await deliverer.start();
    return deliverer;
  };

  const opened = async (): Promise<TestDatabase & { readonly database: ReadDatabase }> => {
    const test = await testDatabase(kind, closing);
    return { ...test, database: await test.open() };
  };

  const mailTo = async (database: ReadDatabase, accountId: string): Promise<NoticeDelivery | undefined> => {
    const page = await deliveriesPage(database, { state: null, accountId }, { after: null, limit: 100 });
    if (page === 'wrong-cursor') throw new Error(page);
    return page.items.find(({ channel }) => channel === 'email');
  };
  const becomes = async (database: ReadDatabase, accountId: string, state: NoticeDelivery['state']): Promise<void> =>
    until(async () => (await mailTo(database, accountId))?.state === state);

  it('begins at the end of the log, and from then on misses none, however long it is stopped', async () => {
    const { database } = await opened();
    const [past, next, meanwhile] = [`${kind[0]}-past`, `${kind[0]}-next`, `${kind[0]}-meanwhile`];
    await overdue(past);
    const post = new Post();
    const first = await delivering(database, post);
    await overdue(next);
    await becomes(database, next, 'sent');
    await first.stop();
    await overdue(meanwhile);
    await delivering(database, post);
    await becomes(database, meanwhile, 'sent');
    expect(post.messages.map(({ accountId }) => accountId)).toEqual([next, meanwhile]);
    expect(await mailTo(database, past)).toBeUndefined();
  });

  it('tries again what fails for now, so many times, and then gives it up', async () => {
    const { database } = await opened();
    const post = new Post();
    const [stuck, fine] = [`${kind[0]}-stuck`, `${kind[0]}-fine`];
    post.answer = ({ accountId }) => (accountId === stuck ? { kind: 'later', reason: 'full' } : { kind: 'sent' });
    await delivering(database, post);
    await overdue(stuck);
    await overdue(fine);
    await becomes(database, fine, 'sent');
    await becomes(database, stuck, 'dead');
    expect(await mailTo(database, stuck)).toMatchObject({ attempts: RETRIES.most, reason: 'full' });
    const ids = post.messages.filter(({ accountId }) => accountId === stuck).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(RETRIES.most);
    expect(new Set(ids).size).toBe(1);
  });

  it('a stop does not wait for a server that hangs; what it was given stays due', async () => {
    const { database } = await opened();
    const post = new Post();
    const hanging: NoticeChannels['email'] = {
      name: 'hanging',
      send: (message) => {
        post.messages.push(message);
        return new Promise(() => undefined);
      },
    };
    const accountId = `${kind[0]}-hanging`;
    const deliverer = await delivering(database, post, { channels: { ...post.channels, email: hanging } });
    await overdue(accountId);
    await until(async () => post.messages.length > 0);
    await deliverer.stop();
    expect(await mailTo(database, accountId)).toMatchObject({ state: 'pending', attempts: 1 });
    await delivering(database, post);
    await becomes(database, accountId, 'sent');
    expect(new Set(post.messages.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('a failure that nobody foresaw holds up no other account, and is given up like the rest', async () => {
    const { database } = await opened();
    const post = new Post();
    const [broken, fine] = [`${kind[0]}-broken`, `${kind[0]}-well`];
    const state: Ledger['state'] = (accountId) =>
      accountId === broken ? Promise.reject(new TypeError('a bug')) : ledger.state(accountId);
    const said: string[] = [];
    await delivering(database, post, { ledger: { state }, warn: (line) => said.push(line) });
    await overdue(broken);
    await overdue(fine);
    await becomes(database, fine, 'sent');
    await becomes(database, broken, 'dead');
    expect(await mailTo(database, broken)).toMatchObject({ attempts: RETRIES.most, reason: 'TypeError' });
    expect(said).toEqual(['Notices wait: a bug']);
  });

  it('what is away is said once, and counts for the one that found out only', async () => {
    const { database } = await opened();
    const post = new Post();
    const said: string[] = [];
    post.answer = () => ({ kind: 'away', reason: 'nobody there' });
    const retries = { ...RETRIES, most: 2 };
    const accounts = Array.from({ length: 8 }, (_, n) => `${kind[0]}-away-${n}`);
    const deliverer = await delivering(database, post, { retries, warn: (line) => said.push(line) });
    for (const accountId of accounts) await overdue(accountId);
    await until(async () => post.messages.length > 0);
    await until(async () => said.length > 0);
    await deliverer.stop();
    const left = await Promise.all(accounts.map((accountId) => mailTo(database, accountId)));
    expect(left.some((delivery) => delivery?.state === 'pending' && delivery.attempts === 0)).toBe(true);
    expect(said).toEqual(['Notices wait: email: nobody there']);
  });

  it('a contact that was erased between two attempts is not used again', async () => {
    const { database } = await opened();
    const post = new Post();
    const accountId = `${kind[0]}-erased`;
    post.answer = () => ({ kind: 'later', reason: 'not now' });
    await delivering(database, post, { retries: { most: 1000, first: 1, longest: 1 } });
    await overdue(accountId);
    await until(async () => post.messages.length > 0);
    await send({ do: 'EraseContact', accountId });
    await becomes(database, accountId, 'skipped');
    expect(await mailTo(database, accountId)).toMatchObject({ reason: 'no-contact' });
    const left: unknown[] = [];
    for await (const event of store.read(contactStream(accountId), { requiresLeader: true })) left.push(event);
    expect(left).toEqual([]);
  });

  it('delivers nothing from another store than the one that it has read', async () => {
    const { database } = await opened();
    const post = new Post();
    await (await delivering(database, post)).stop();
    const said: string[] = [];
    const storeId = (): Promise<string> => Promise.resolve('store-2');
    await delivering(database, post, { storeId, warn: (line) => said.push(line) });
    await overdue(`${kind[0]}-other`);
    await until(async () => said.length > 0);
    expect(said).toEqual([expect.stringMatching(/those of the store store-1, the store is store-2/)]);
    expect(post.messages).toEqual([]);
  });
});
