import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import type { Command } from '@ledger/domain';
import { readAll, typesOf, unique, useStore } from './testing/store.js';
import { CountingStore } from './testing/stores.js';
import { TestClock, charge, open, receipt, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';

const server = useStore();
let store: CountingStore;
let clock: TestClock;
let ledger: ToyLedger;
let a: string;

beforeEach(async () => {
  store = new CountingStore(server.adapter());
  clock = new TestClock();
  ledger = toyLedger(store, { clock: clock.read });
  a = unique('a');
  receipt(await send(ledger, open(a)));
  store.calls = [];
});

describe('the way of a command', () => {
  it('answers with what happened, where it stands and how it is dated', async () => {
    clock.now += 1_999;
    const done = receipt(await send(ledger, topUp(a, '5.00')));
    const [event] = done.events;
    const data = { amount: '5.00', effectiveAt: '2024-08-01T02:00:01Z' };
    expect(done).toMatchObject({ accountId: a, stream: accountStream(a), revision: '1' });
    expect(event).toMatchObject({ type: 'FundsToppedUp', revision: '1', data });
    const stands = (await readAll(store, accountStream(a)))[1];
    expect(stands).toMatchObject({ id: event?.id, data: event?.data, revision: 1n });
    expect(done.position).toBe(`${stands?.position.commit}/${stands?.position.prepare}`);
  });

  it('takes one round trip when the account is kept and nothing is due', async () => {
    receipt(await send(ledger, topUp(a)));
    expect(store.calls).toEqual([`append ${accountStream(a)}`]);
  });

  it('keeps what was asked beside what happened', async () => {
    const command: Command = { do: 'TopUp', accountId: a, amount: '5.00', reason: 'a gift' };
    await ledger.execute({ commandId: 'k-1', command, actor: { subject: 's-1', role: 'ops' }, correlationId: 'r-1' });
    const [, event] = await readAll(store, accountStream(a));
    expect(event?.metadata).toMatchObject({
      schema: 1,
      recordedAt: '2024-08-01T02:00:00.000Z',
      commandId: 'c:k-1',
      actor: { subject: 's-1', role: 'ops' },
      reason: 'a gift',
      correlationId: 'r-1',
      causationId: 'c:k-1',
      rules: 1,
      clauses: ['P-2.14'],
      command: { name: 'TopUp', body: { accountId: a, amount: '5.00' } },
    });
  });

  it('never dates an event before an earlier one, whatever the clock says', async () => {
    clock.pass(-3600);
    const [event] = receipt(await send(ledger, topUp(a))).events;
    expect(event?.data['effectiveAt']).toBe('2024-08-01T02:00:00Z');
  });

  it('refuses what the rules refuse', async () => {
    expect(await send(ledger, charge(a))).toMatchObject({ kind: 'refused', refused: { refusal: 'InsufficientFunds' } });
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened']);
  });

  it('accepts what changes nothing, without an event', async () => {
    const command: Command = { do: 'UnblockRefunds', accountId: a };
    expect(receipt(await send(ledger, command))).toMatchObject({ revision: '0', position: null, events: [] });
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened']);
  });

  it('does not know an account that was never opened', async () => {
    const outcome = await send(ledger, topUp(unique('nobody')));
    expect(outcome).toMatchObject({ kind: 'refused', refused: { refusal: 'AccountUnknown' } });
  });
});

describe('trust in the kept state', () => {
  it('does not refuse for a state that another process has changed', async () => {
    receipt(await send(toyLedger(server.adapter()), topUp(a, '9.00')));
    expect(receipt(await send(ledger, charge(a, '9.00'))).revision).toBe('2');
  });

  it('looks at the store before it says that nothing changes', async () => {
    receipt(await send(toyLedger(server.adapter()), topUp(a)));
    expect(receipt(await send(ledger, { do: 'UnblockRefunds', accountId: a })).revision).toBe('1');
  });

  it('goes on from no past that the store does not have', async () => {
    receipt(await send(ledger, topUp(a, '4.00')));
    await server.adapter().deleteStream(accountStream(a));
    receipt(await send(toyLedger(server.adapter()), open(a)));
    expect(await ledger.state(a)).toMatchObject({ kind: 'state', account: { cash: 0 } });
    expect(await send(ledger, charge(a))).toMatchObject({ kind: 'refused' });
  });

  it('gives the state as it stands in the store', async () => {
    receipt(await send(toyLedger(server.adapter()), topUp(a, '4.00')));
    expect(await ledger.state(a)).toMatchObject({ kind: 'state', revision: '1', account: { cash: 4 } });
    expect(await ledger.state(unique('nobody'))).toEqual({ kind: 'unknown-account' });
  });
});

describe('a dry run', () => {
  const actor = { subject: 'tester', role: 'ops' };

  it('shows what would happen to the state of the store, and writes nothing', async () => {
    receipt(await send(toyLedger(server.adapter()), topUp(a, '4.00')));
    const shown = await ledger.execute({ commandId: 'k', command: charge(a, '3.00'), actor, dryRun: true });
    expect(shown).toMatchObject({ kind: 'dry-run', revision: '1', before: { cash: 4 }, after: { cash: 1 } });
    expect(shown).toMatchObject({ events: [{ type: 'AccountCharged', cash: '-3.00' }] });
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened', 'FundsToppedUp']);
  });

  it('writes nothing for a key that has been used either', async () => {
    const erase: Command = { do: 'EraseContact', accountId: a };
    receipt(await send(ledger, erase, 'k'));
    store.calls = [];
    const shown = await ledger.execute({ commandId: 'k', command: erase, actor, dryRun: true });
    expect(shown).toMatchObject({ kind: 'dry-run', events: [{ type: 'ContactErased' }] });
    expect(store.calls).toEqual([`read ${accountStream(a)}`]);
  });
});
