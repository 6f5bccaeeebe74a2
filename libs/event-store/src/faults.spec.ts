import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import { verifyChain } from './chain.js';
import { EventStoreAdapter } from './eventstore-adapter.js';
import { isObject } from './json.js';
import type { Outcome, Receipt } from './outcome.js';
import type { EventStore } from './port.js';
import { Proxy } from './testing/proxy.js';
import { readAll, unique, useStore } from './testing/store.js';
import { open, receipt, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';
import type { Toy } from './testing/toy-rules.js';

const server = useStore();

type Sent = { readonly account: string; readonly key: string; readonly outcome: Outcome<Toy> };

const ACCOUNTS = 50;
const COMMANDS = 500;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const opened = async (ledger: ToyLedger): Promise<readonly string[]> => {
  const accounts = Array.from({ length: ACCOUNTS }, () => unique('a'));
  await Promise.all(accounts.map((account) => openOne(ledger, account)));
  return accounts;
};

/** The store is there, but a busy machine may take longer than these impatient ledgers wait: sent again, as a client does. */
const openOne = async (ledger: ToyLedger, account: string, tries = 20): Promise<Receipt> => {
  const outcome = await send(ledger, open(account), account);
  return outcome.kind === 'unavailable' && tries > 1 ? openOne(ledger, account, tries - 1) : receipt(outcome);
};

/** Sends all commands at once, while something happens to the store. */
const flood = async (
  ledger: ToyLedger,
  accounts: readonly string[],
  trouble: () => Promise<void>,
): Promise<readonly Sent[]> => {
  const sending = Array.from({ length: COMMANDS }, async (_, i): Promise<Sent> => {
    const account = accounts[i % accounts.length] ?? '';
    const key = `k${i}`;
    return { account, key, outcome: await send(ledger, topUp(account), key) };
  });
  await trouble();
  return Promise.all(sending);
};

const done = (sent: readonly Sent[]): readonly Sent[] => sent.filter(({ outcome }) => outcome.kind === 'done');

/** What was acknowledged stands, nothing stands twice, every chain holds; what was not is settled by asking again. */
const expectTruth = async (store: EventStore, sent: readonly Sent[]): Promise<void> => {
  for (const account of new Set(sent.map((one) => one.account))) {
    const events = await readAll(store, accountStream(account));
    expect(await verifyChain(accountStream(account), events)).toMatchObject({ broken: null });
    const standing = events.map(({ metadata }) => isObject(metadata) && metadata['commandId']);
    expect(new Set(standing).size).toBe(standing.length);
    for (const { key, outcome } of sent.filter((one) => one.account === account)) {
      expect(['done', 'unavailable']).toContain(outcome.kind);
      if (outcome.kind === 'done')
        expect(events[Number(outcome.receipt.revision)]?.id).toBe(outcome.receipt.events[0]?.id);
      if (outcome.kind === 'done') expect(standing[Number(outcome.receipt.revision)]).toBe(`c:${key}`);
    }
  }
  const again = toyLedger(store);
  for (const outcome of await Promise.all(sent.map(({ account, key }) => send(again, topUp(account), key))))
    receipt(outcome);
  for (const account of new Set(sent.map((one) => one.account)))
    expect(await again.state(account)).toMatchObject({ account: { cash: COMMANDS / ACCOUNTS } });
};

describe('500 commands in flight', () => {
  let proxy: Proxy;
  let through: EventStoreAdapter;
  let ledger: ToyLedger;

  beforeEach(async () => {
    const wire = await Proxy.before(server.connectionString());
    proxy = wire.proxy;
    through = new EventStoreAdapter({ connectionString: wire.connectionString, timeout: 400 });
    ledger = toyLedger(through, { patience: 5000 });
  });
  afterEach(async () => {
    await through.close();
    await proxy.close();
  });

  it('all happen once when the wire is cut, again and again', async () => {
    const sent = await flood(ledger, await opened(ledger), async () => {
      for (let i = 0; i < 10; i += 1) {
        await wait(15);
        proxy.cut();
      }
    });
    await expectTruth(server.adapter(), sent);
    expect(done(sent).length).toBeGreaterThan(COMMANDS / 2);
  });

  it('end in time when the store stays away, and happen once when they are sent again', async () => {
    const hasty = toyLedger(through, { patience: 500 });
    const accounts = await opened(hasty);
    const begun = performance.now();
    const sent = await flood(hasty, accounts, async () => {
      await wait(20);
      proxy.isDown = true;
      proxy.cut();
    });
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(sent.some(({ outcome }) => outcome.kind === 'unavailable')).toBe(true);
    proxy.isDown = false;
    await expectTruth(server.adapter(), sent);
  });

  it('end in time when the store is frozen, and go on when it is back', async () => {
    const sent = await flood(ledger, await opened(ledger), async () => {
      await wait(20);
      proxy.freeze();
      await wait(1000);
      proxy.thaw();
    });
    await expectTruth(server.adapter(), sent);
    expect(done(sent).length).toBeGreaterThan(COMMANDS / 2);
  });
});

describe('a cluster of which no node is there any more', () => {
  it('ends no process, however many calls find that out', async () => {
    const node = await startEmbeddedNode({ path: ':memory:' });
    const hosts = `127.0.0.1:${node.port},127.0.0.1:1`;
    const connectionString = `esdb://${hosts}?tls=false&maxDiscoverAttempts=2&discoveryInterval=20`;
    const store = new EventStoreAdapter({ connectionString, timeout: 1000 });
    const ledger = toyLedger(store, { patience: 500 });
    const accounts = await opened(ledger);
    const sent = await flood(ledger, accounts, async () => {
      for (let i = 0; i < 100 && (await readAll(store, accountStream(accounts[0] ?? ''))).length < 3; i += 1)
        await wait(1);
      await node.stop();
    });
    await wait(200);
    expect(new Set(sent.map(({ outcome }) => outcome.kind))).toEqual(new Set(['done', 'unavailable']));
    await store.close();
  });
});

describe('a store that is stopped and started again', () => {
  it('has every command once that was acknowledged, and takes the rest', async () => {
    const path = await mkdtemp(join(tmpdir(), 'ledger-faults-'));
    let node = await startEmbeddedNode({ path });
    const { port, connectionString } = node;
    const store = new EventStoreAdapter({ connectionString, timeout: 1000 });
    const ledger = toyLedger(store, { patience: 8000 });
    const sent = await flood(ledger, await opened(ledger), async () => {
      await wait(30);
      await node.stop();
      await wait(200);
      node = await startEmbeddedNode({ path, port });
    });
    await expectTruth(store, sent);
    expect(done(sent).length).toBeGreaterThan(COMMANDS / 2);
    await store.close();
    await node.stop();
    await rm(path, { recursive: true });
  });
});
