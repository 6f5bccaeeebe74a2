import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream, usageStream } from '@ledger/domain';
import type { Command, LedgerEvent } from '@ledger/domain';
import type { Outcome, Previewed } from './outcome.js';
import { typesOf, unique, useStore } from './testing/store.js';
import { CountingStore } from './testing/stores.js';
import {
  TestClock,
  charge,
  createApp,
  open,
  receipt,
  recordUsage,
  send,
  topUp,
  toyLedger,
} from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';
import type { Toy } from './testing/toy-rules.js';

const server = useStore();
const actor = { subject: 'tester', role: 'ops' };
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
});

/** What a dry run shows, and how to commit exactly that for ten minutes. */
const preview = async (command: Command): Promise<{ events: readonly LedgerEvent[]; previewed: Previewed }> => {
  const shown = await ledger.execute({ commandId: 'preview', command, actor, dryRun: true });
  if (shown.kind !== 'dry-run') throw new Error(`not shown: ${JSON.stringify(shown)}`);
  const { revision, at, events } = shown;
  const is: Previewed['is'] = (decided) => JSON.stringify(decided.events) === JSON.stringify(events);
  return { events, previewed: { revision, at, until: at + 600, is } };
};

const commit = (command: Command, previewed: Previewed, commandId = unique('key')): Promise<Outcome<Toy>> =>
  ledger.execute({ commandId, command, actor, previewed });

const appends = (): readonly string[] => store.calls.filter((call) => call.startsWith('append'));

describe('what a preview showed', () => {
  it('is committed a minute later as it was shown, at its own instant', async () => {
    const { events, previewed } = await preview(topUp(a));
    clock.pass(60);
    const [done] = receipt(await commit(topUp(a), previewed)).events;
    expect({ type: done?.type, ...done?.data }).toEqual(events[0]);
    expect(done?.data['effectiveAt']).toBe('2024-08-01T02:00:00Z');
  });

  it('is committed once under its key, also when that is long ago', async () => {
    const { previewed } = await preview(topUp(a));
    const first = receipt(await commit(topUp(a), previewed, 'k'));
    clock.pass(3600);
    expect(await commit(topUp(a), previewed, 'k')).toEqual({ kind: 'done', receipt: first, replayed: true });
  });

  it('is not committed when something has happened since', async () => {
    const { previewed } = await preview(charge(a, '0.00'));
    receipt(await send(toyLedger(server.adapter()), topUp(a)));
    store.calls = [];
    const late = await commit(charge(a, '0.00'), previewed);
    expect(late).toMatchObject({ kind: 'preview-stale', revision: '1', now: { events: [{ type: 'AccountCharged' }] } });
    expect(appends()).toEqual([]);
  });

  it('is not committed when a deadline lies in between, which is not written for it either', async () => {
    receipt(await send(ledger, createApp(a, unique('app'))));
    const { previewed } = await preview(topUp(a));
    clock.pass(60);
    store.calls = [];
    const late = await commit(topUp(a), previewed);
    expect(late).toMatchObject({ kind: 'preview-stale', revision: '1', now: { events: [{ type: 'FundsToppedUp' }] } });
    expect(appends()).toEqual([]);
  });

  it('is not committed after its time', async () => {
    const { previewed } = await preview(topUp(a));
    clock.pass(600);
    expect(await commit(topUp(a), { ...previewed })).toMatchObject({ kind: 'done' });
    const again = await preview(topUp(a));
    clock.pass(601);
    expect(await commit(topUp(a), again.previewed)).toMatchObject({ kind: 'preview-stale' });
  });

  it('is not committed as something else', async () => {
    const { previewed } = await preview(topUp(a));
    expect(await commit(topUp(a), { ...previewed, is: () => false })).toMatchObject({ kind: 'preview-stale' });
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened']);
  });

  it('of usage is not committed when the usage has changed since, of which the account says nothing', async () => {
    const appId = unique('app');
    receipt(await send(ledger, createApp(a, appId)));
    const { previewed } = await preview(recordUsage(a, appId));
    clock.pass(1);
    receipt(await send(ledger, recordUsage(a, appId)));
    expect(await commit(recordUsage(a, appId), previewed)).toMatchObject({ kind: 'preview-stale' });
    expect(await typesOf(store, usageStream(appId, '2024-08'))).toEqual(['UsageRecorded']);
  });

  it('says what is refused by now', async () => {
    receipt(await send(ledger, topUp(a)));
    const { previewed } = await preview(charge(a));
    receipt(await send(ledger, charge(a)));
    expect(await commit(charge(a), previewed)).toMatchObject({
      kind: 'preview-stale',
      now: { refusal: 'InsufficientFunds' },
    });
  });
});
