import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import { verifyChain } from './chain.js';
import type { AppendResult, ExpectedRevision, NewEvent } from './port.js';
import { readAll, typesOf, unique, useStore } from './testing/store.js';
import { CountingStore } from './testing/stores.js';
import { charge, open, receipt, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';

const server = useStore();
let ledger: ToyLedger;
let a: string;

beforeEach(async () => {
  ledger = toyLedger(server.adapter());
  a = unique('a');
  receipt(await send(ledger, open(a)));
});

/** Lets somebody else write between the decision and its append, so many times. */
class OvertakenStore extends CountingStore {
  overtakings = 0;
  overtake: () => Promise<void> = () => Promise.resolve();

  override async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    if (this.overtakings > 0) {
      this.overtakings -= 1;
      await this.overtake();
    }
    return super.append(stream, events, expected);
  }
}

const overtaken = (times: number, overtake: () => Promise<void>): OvertakenStore => {
  const store = new OvertakenStore(server.adapter());
  store.overtakings = times;
  store.overtake = overtake;
  return store;
};

describe('two who write to one account', () => {
  it('lose nothing and double nothing', async () => {
    const ledgers = [ledger, toyLedger(server.another())];
    const outcomes = await Promise.all(
      ledgers.flatMap((each) => Array.from({ length: 50 }, () => send(each, topUp(a)))),
    );
    const revisions = outcomes.map((outcome) => Number(receipt(outcome).revision));
    expect(revisions.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    const events = await readAll(server.adapter(), accountStream(a));
    expect(events).toHaveLength(101);
    expect(await verifyChain(accountStream(a), events)).toMatchObject({ broken: null });
    expect(await ledger.state(a)).toMatchObject({ account: { cash: 100 } });
  });

  it('do not spend the same money', async () => {
    receipt(await send(ledger, topUp(a, '10.00')));
    const ledgers = [ledger, toyLedger(server.another())];
    const outcomes = await Promise.all(
      ledgers.flatMap((each) => Array.from({ length: 8 }, () => send(each, charge(a, '1.00')))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(10);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(6);
    expect(await ledger.state(a)).toMatchObject({ account: { cash: 0 } });
  });

  it('the one who comes second decides again', async () => {
    receipt(await send(ledger, topUp(a, '10.00')));
    const store = overtaken(1, async () => {
      receipt(await send(ledger, charge(a, '6.00')));
    });
    expect(await send(toyLedger(store), charge(a, '6.00'))).toMatchObject({ kind: 'refused' });
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened', 'FundsToppedUp', 'AccountCharged']);
  });

  it('the one who always comes second is told so, and has written nothing', async () => {
    const store = overtaken(Number.POSITIVE_INFINITY, async () => {
      receipt(await send(ledger, topUp(a, '1.00')));
    });
    const outcome = await send(toyLedger(store, { conflicts: 3 }), topUp(a, '7.00'));
    expect(outcome).toEqual({ kind: 'contention' });
    expect(await ledger.state(a)).toMatchObject({ account: { cash: 4 } });
  });

  it('reads only what is new when it comes second', async () => {
    const store = overtaken(1, async () => {
      receipt(await send(ledger, topUp(a)));
    });
    const second = toyLedger(store);
    await second.state(a);
    store.calls = [];
    receipt(await send(second, topUp(a)));
    const stream = accountStream(a);
    expect(store.calls).toEqual([`append ${stream}`, `read ${stream}`, `append ${stream}`]);
  });
});

describe('the queue of an account', () => {
  it('keeps the order in which commands came', async () => {
    const amounts = Array.from({ length: 20 }, (_, i) => `${i + 1}.00`);
    await Promise.all(amounts.map((amount) => send(ledger, topUp(a, amount))));
    const [, ...events] = await readAll(server.adapter(), accountStream(a));
    expect(events.map(({ data }) => data)).toMatchObject(amounts.map((amount) => ({ amount })));
  });

  it('holds up no other account', async () => {
    const held = Promise.withResolvers<void>();
    const b = unique('b');
    receipt(await send(ledger, open(b)));
    const store = overtaken(1, () => held.promise);
    const slow = toyLedger(store);
    const waiting = send(slow, topUp(a));
    receipt(await send(slow, topUp(b)));
    held.resolve();
    expect(receipt(await waiting).revision).toBe('1');
  });

  it('goes on after a bug, and trusts nothing kept from before it', async () => {
    const broken = send(ledger, topUp(a, 'not a number\ud800'));
    await expect(broken).rejects.toThrow('not storable');
    expect(receipt(await send(ledger, topUp(a))).revision).toBe('1');
  });
});
