import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import { unique, useStore } from './testing/store.js';
import { raw } from './testing/raw.js';
import { TestClock, createApp, open, receipt, recordUsage, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';
import { toyRules, toyUsageStream } from './testing/toy-rules.js';
import { WritePath } from './write-path.js';

const server = useStore();
let clock: TestClock;
let ledger: ToyLedger;
let a: string;

beforeEach(async () => {
  clock = new TestClock();
  ledger = toyLedger(server.adapter(), { clock: clock.read });
  a = unique('a');
  receipt(await send(ledger, open(a)));
});

const effectiveAt = '2024-08-01T02:00:00Z';

describe('an account with an event that cannot be read', () => {
  it.each([
    ['an unknown type', raw('FundsTeleported', { effectiveAt }), 'unknown type'],
    ['a later schema', raw('FundsToppedUp', { effectiveAt }, { schema: 2 }), 'schema 2 of 1'],
    ['no instant', raw('FundsToppedUp', { effectiveAt: 'soon' }), 'no effectiveAt'],
  ])('answers every command with where and why: %s', async (_, event, reason) => {
    await server.adapter().append(accountStream(a), [event], 0n);
    const unreadable = { kind: 'unreadable', stream: accountStream(a), revision: 1n, type: event.type, reason };
    for (const answering of [ledger, toyLedger(server.adapter())]) {
      expect(await send(answering, topUp(a))).toEqual({ kind: 'quarantined', unreadable });
      expect(await send(answering, topUp(a))).toEqual({ kind: 'quarantined', unreadable });
      expect(await answering.state(a)).toEqual({ kind: 'quarantined', unreadable });
      expect(await answering.advanceTo(a, clock.now / 1000)).toEqual({ kind: 'quarantined', unreadable });
    }
    const b = unique('b');
    receipt(await send(ledger, open(b)));
    expect(receipt(await send(ledger, topUp(b))).revision).toBe('1');
  });

  it('is one too whose event the rules cannot fold', async () => {
    const evolve: typeof toyRules.evolve = (toy, event) => {
      if (event.type === 'FundsToppedUp') throw new Error('no such fold');
      return toyRules.evolve(toy, event);
    };
    receipt(await send(ledger, topUp(a)));
    const other = new WritePath({ ...toyRules, evolve }, { store: server.adapter(), clock: clock.read });
    expect(await send(other, topUp(a))).toMatchObject({ kind: 'quarantined', unreadable: { revision: 1n } });
  });

  it('is one too whose usage cannot be read when it is to be settled', async () => {
    const app = unique('app');
    receipt(await send(ledger, createApp(a, app)));
    receipt(await send(ledger, recordUsage(a, app)));
    await server.adapter().append(toyUsageStream(app), [raw('UsageGuessed', { effectiveAt })], 0n);
    clock.pass(1000);
    const outcome = await send(ledger, topUp(a));
    expect(outcome).toMatchObject({ kind: 'quarantined', unreadable: { stream: toyUsageStream(app), revision: 1n } });
  });
});
