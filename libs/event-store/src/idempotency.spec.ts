import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import type { Command } from '@ledger/domain';
import { readAll, typesOf, unique, useStore } from './testing/store.js';
import {
  createApp,
  open,
  receipt,
  recordUsage,
  seedTopUps,
  send,
  START,
  topUp,
  toyLedger,
} from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';
import { toyUsageStream } from './testing/toy-rules.js';

const server = useStore();
let ledger: ToyLedger;
let a: string;

beforeEach(async () => {
  ledger = toyLedger(server.adapter());
  a = unique('a');
  receipt(await send(ledger, open(a)));
});

/** Memory is lost at a restart, and when another process answers. */
const forgetful = (): ToyLedger => toyLedger(server.another());

describe('the same command again', () => {
  it.each([
    ['while it is remembered', () => ledger],
    ['after a restart', forgetful],
  ])('gets its first receipt, %s', async (_, answering) => {
    const first = await send(ledger, topUp(a, '5.00'), 'k');
    receipt(await send(ledger, topUp(a, '1.00')));
    const again = await send(answering(), topUp(a, '5.00'), 'k');
    expect(again).toEqual({ kind: 'done', replayed: true, receipt: receipt(first) });
    expect(await typesOf(server.adapter(), accountStream(a))).toHaveLength(3);
  });

  it.each([
    ['while it is remembered', () => ledger],
    ['after a restart', forgetful],
  ])('is refused its key when it asks for something else, %s', async (_, answering) => {
    receipt(await send(ledger, topUp(a, '5.00'), 'k'));
    expect(await send(answering(), topUp(a, '6.00'), 'k')).toEqual({ kind: 'key-reused' });
    expect(await send(answering(), { ...topUp(a, '5.00'), reason: 'other' }, 'k')).toEqual({ kind: 'key-reused' });
  });

  it('happens once when it comes many times at once, to several processes', async () => {
    // Each has a clock of its own, as processes have. Two that write the very same bytes at once are one append to the
    // store, and both are told that it is theirs.
    const another = (i: number): ToyLedger => toyLedger(server.another(), { clock: () => START + i });
    const ledgers = [ledger, another(1), another(2)];
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, i) => send(ledgers[i % 3] ?? ledger, topUp(a, '5.00'), 'k')),
    );
    const receipts = outcomes.map(receipt);
    expect(new Set(receipts.map(({ events }) => events[0]?.id)).size).toBe(1);
    expect(outcomes.filter((outcome) => outcome.kind === 'done' && !outcome.replayed)).toHaveLength(1);
    expect(await typesOf(server.adapter(), accountStream(a))).toEqual(['AccountOpened', 'FundsToppedUp']);
  });

  it('gets its first receipt by the revisions of its events, however long ago it was', async () => {
    const first = receipt(await send(ledger, topUp(a, '5.00'), 'k'));
    const place = { accountId: a, stream: accountStream(a), first: 1n, last: 1n };
    expect(await forgetful().receiptAgain(place)).toEqual({ kind: 'done', replayed: true, receipt: first });
    await server.adapter().deleteStream(accountStream(a));
    const gone = { accountId: a, stream: accountStream(a), revision: '1', position: null, events: [] };
    expect(await forgetful().receiptAgain(place)).toEqual({ kind: 'done', replayed: true, receipt: gone });
  });

  it('is decided anew when it left no event', async () => {
    const charge: Command = { do: 'ChargeAccount', accountId: a, amount: '5.00', service: 'calls' };
    expect((await send(ledger, charge, 'k')).kind).toBe('refused');
    receipt(await send(ledger, topUp(a, '5.00')));
    expect(receipt(await send(ledger, charge, 'k')).revision).toBe('2');
  });

  it('is remembered for the last 1,000 commands, and forgotten before', async () => {
    await seedTopUps(server.adapter(), ledger, a, 1001);
    for (const answering of [ledger, forgetful()])
      expect(await send(answering, topUp(a), 'k1')).toMatchObject({ replayed: true, receipt: { revision: '2' } });
    expect(await send(ledger, topUp(a), 'k0')).toMatchObject({ replayed: false, receipt: { revision: '1002' } });
  });
});

describe('the same command again, in other streams', () => {
  it('records usage once', async () => {
    const app = unique('app');
    receipt(await send(ledger, createApp(a, app)));
    const first = await send(ledger, recordUsage(a, app), 'u');
    const again = await send(forgetful(), recordUsage(a, app), 'u');
    expect(again).toEqual({ kind: 'done', replayed: true, receipt: receipt(first) });
    expect(await send(forgetful(), recordUsage(a, app, 2), 'u')).toEqual({ kind: 'key-reused' });
    expect(await readAll(server.adapter(), toyUsageStream(app))).toHaveLength(1);
  });

  it('gives a batch the same items, the refused ones too', async () => {
    const [x, y, z] = [unique('x'), unique('y'), unique('z')];
    receipt(await send(ledger, createApp(a, x)));
    receipt(await send(ledger, createApp(a, z)));
    const items = [y, x, y, z].map((appId) => ({ appId, product: 'standard', months: 1 }));
    const first = receipt(await send(ledger, { do: 'RenewBatch', accountId: a, items }, 'b'));
    expect(first.items).toMatchObject([
      { refusal: 'AppUnknown' },
      { orderId: `${x}-1` },
      { appId: y },
      { orderId: `${z}-3` },
    ]);
    const again = await send(forgetful(), { do: 'RenewBatch', accountId: a, items }, 'b');
    expect(again).toEqual({ kind: 'done', replayed: true, receipt: first });
  });
});
