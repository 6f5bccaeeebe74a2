import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream, claimStream } from '@ledger/domain';
import { StoreError } from './port.js';
import type { ReadOptions, RecordedEvent } from './port.js';
import { readAll, typesOf, unique, useStore } from './testing/store.js';
import { LossyStore } from './testing/stores.js';
import { createApp, open, receipt, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';

const server = useStore();
let store: LossyStore;
let ledger: ToyLedger;
let a: string;

beforeEach(async () => {
  store = new LossyStore(server.adapter());
  ledger = toyLedger(store);
  a = unique('a');
  receipt(await send(ledger, open(a)));
  store.sent.length = 0;
});

describe('an append without a clear answer', () => {
  it.each([['before'], ['after']] as const)(
    'is sent again, the same bytes at the same revision (lost %s)',
    async (loss) => {
      store.losses = [loss, loss, loss];
      expect(await send(ledger, topUp(a))).toMatchObject({ kind: 'done', replayed: false, receipt: { revision: '1' } });
      expect(store.sent).toHaveLength(4);
      expect(new Set(store.sent).size).toBe(1);
      expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened', 'FundsToppedUp']);
    },
  );

  it('was appended when its own events stand there, though others came after them', async () => {
    store.losses = ['after'];
    store.meanwhile = async () => {
      receipt(await send(toyLedger(server.adapter()), topUp(a, '3.00')));
    };
    expect(await send(ledger, topUp(a, '5.00'))).toMatchObject({ kind: 'done', receipt: { revision: '1' } });
    expect(await ledger.state(a)).toMatchObject({ revision: '2', account: { cash: 8 } });
  });

  it('was appended too when the store does not know the repetition, but the events stand there', async () => {
    store.losses = ['after', 'forgotten'];
    expect(await send(ledger, topUp(a))).toMatchObject({ kind: 'done', replayed: false, receipt: { revision: '1' } });
    expect(store.sent).toHaveLength(2);
  });

  it('was not when somebody else stands there, and is decided again', async () => {
    store.losses = ['before'];
    store.meanwhile = async () => {
      receipt(await send(toyLedger(server.adapter()), topUp(a, '3.00')));
    };
    expect(await send(ledger, topUp(a, '5.00'))).toMatchObject({ kind: 'done', receipt: { revision: '2' } });
    expect(await ledger.state(a)).toMatchObject({ account: { cash: 8 } });
  });

  it.each([
    ['before', false],
    ['after', true],
  ] as const)('is unavailable when patience is over, and safe to ask again (lost %s)', async (loss, stands) => {
    const hasty = toyLedger(store, { patience: 1 });
    await hasty.state(a);
    store.losses = Array(50).fill(loss);
    store.meanwhile = () => new Promise((resolve) => setTimeout(resolve, 5));
    expect(await send(hasty, topUp(a), 'k')).toMatchObject({ kind: 'unavailable' });
    store.losses = [];
    store.meanwhile = () => Promise.resolve();
    const again = await send(toyLedger(store), topUp(a), 'k');
    expect(again).toMatchObject({ kind: 'done', replayed: stands, receipt: { revision: '1' } });
    expect(await readAll(store, accountStream(a))).toHaveLength(2);
  });

  it('leaves a claim that the retry finds to be its own', async () => {
    const app = unique('app');
    store.losses = ['after', 'after'];
    expect(await send(ledger, createApp(a, app))).toMatchObject({ kind: 'done', receipt: { revision: '1' } });
    expect(await typesOf(store, claimStream(app))).toEqual(['AppClaimed']);
  });
});

describe('a read that the store does not answer', () => {
  /** Fails so many reads, as a store does whose leader is being elected. */
  class LeaderlessStore extends LossyStore {
    failures = 0;

    override read(stream: string, options: ReadOptions): AsyncIterable<RecordedEvent> {
      if (this.failures <= 0) return super.read(stream, options);
      this.failures -= 1;
      throw new StoreError('unavailable', 'no leader');
    }
  }

  it('is tried again, until patience is over', async () => {
    const leaderless = new LeaderlessStore(server.adapter());
    leaderless.failures = 3;
    expect(receipt(await send(toyLedger(leaderless), topUp(a))).revision).toBe('1');
    leaderless.failures = Number.POSITIVE_INFINITY;
    const outcome = await send(toyLedger(leaderless, { patience: 100 }), topUp(a));
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'unavailable: no leader' });
  });

  it('is not, when somebody is needed', async () => {
    const forbidden = new LossyStore(server.adapter());
    forbidden.read = () => {
      throw new StoreError('access-denied', 'no such user');
    };
    const outcome = await send(toyLedger(forbidden), topUp(a));
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'access-denied: no such user' });
  });
});
