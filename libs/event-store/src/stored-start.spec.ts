import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import type { StoredState } from './outcome.js';
import { unique, useStore } from './testing/store.js';
import { CountingStore } from './testing/stores.js';
import { TestClock, createApp, open, receipt, seedTopUps, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';

const server = useStore();
let clock: TestClock;
let ledger: ToyLedger;
let a: string;
let stored: StoredState;

/** An account with 5.00, then a stored state that says 1005.00 so that its use shows, then 2.00 more. */
beforeEach(async () => {
  clock = new TestClock();
  ledger = toyLedger(server.adapter(), { clock: clock.read });
  a = unique('a');
  receipt(await send(ledger, open(a)));
  receipt(await send(ledger, topUp(a, '5.00'), 'k'));
  const fresh = await ledger.state(a);
  if (fresh.kind !== 'state') throw new Error('no state');
  const state = JSON.stringify({ ...fresh.account, cash: 1005 });
  stored = { revision: BigInt(fresh.revision), chain: fresh.chain, state, foldVersion: 7 };
  receipt(await send(ledger, topUp(a, '2.00')));
});

const startingFrom = (state: StoredState | null | Error): ToyLedger =>
  toyLedger(server.adapter(), {
    clock: clock.read,
    storedStates: async (accountId) => {
      if (state instanceof Error) throw state;
      return accountId === a ? state : null;
    },
  });

const cash = async (state: StoredState | null | Error): Promise<unknown> => {
  const fresh = await startingFrom(state).state(a);
  return fresh.kind === 'state' ? fresh.account.cash : fresh;
};

describe('a stored state', () => {
  it('is where a cache miss begins', async () => {
    expect(await cash(stored)).toBe(1007);
  });

  it.each([
    ['missing', () => null],
    ['not to be had', () => new Error('the database is away')],
    ['of another fold', () => ({ ...stored, foldVersion: 6 })],
    ['of another chain', () => ({ ...stored, chain: 'f'.repeat(64) })],
    ['of another revision', () => ({ ...stored, revision: 0n })],
    ['from beyond the end of the stream', () => ({ ...stored, revision: 99n })],
    ['not to be understood', () => ({ ...stored, state: '{' })],
  ])('is ignored when it is %s', async (_, other) => {
    expect(await cash(other())).toBe(7);
  });

  it('loses no command id from before it', async () => {
    expect(await send(startingFrom(stored), topUp(a, '5.00'), 'k')).toMatchObject({ replayed: true });
    expect(await send(startingFrom(stored), topUp(a, '6.00'), 'k')).toEqual({ kind: 'key-reused' });
  });

  it('loses no instant and no clock id from before it', async () => {
    receipt(await send(ledger, createApp(a, unique('app'))));
    clock.pass(60);
    await ledger.advanceTo(a, clock.now / 1000);
    const fresh = await ledger.state(a);
    if (fresh.kind !== 'state') throw new Error('no state');
    const { account, chain, revision } = fresh;
    const other = startingFrom({ revision: BigInt(revision), chain, state: JSON.stringify(account), foldVersion: 7 });
    clock.pass(-600);
    expect(receipt(await send(other, topUp(a))).events[0]?.data['effectiveAt']).toBe('2024-08-01T02:01:00Z');
  });

  it('spares the reading of what is before the last 1,000 commands', async () => {
    await seedTopUps(server.adapter(), ledger, a, 1100);
    const fresh = await ledger.state(a);
    if (fresh.kind !== 'state') throw new Error('no state');
    const { account, chain, revision } = fresh;
    const last = { revision: BigInt(revision), chain, state: JSON.stringify(account), foldVersion: 7 };
    const store = new CountingStore(server.adapter());
    const other = toyLedger(store, { clock: clock.read, storedStates: async () => last });
    expect(await send(other, topUp(a), 'k100')).toMatchObject({ replayed: true });
    expect(await send(other, topUp(a), 'k99')).toMatchObject({ replayed: false });
    expect(store.readEvents).toBeLessThan(1010);
    expect(store.calls[0]).toBe(`read ${accountStream(a)}`);
  });
});
