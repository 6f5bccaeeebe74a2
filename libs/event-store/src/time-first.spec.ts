import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream } from '@ledger/domain';
import { isObject } from './json.js';
import { readAll, typesOf, unique, useStore } from './testing/store.js';
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
import { toyRules, toyUsageStream } from './testing/toy-rules.js';
import { WritePath } from './write-path.js';

const server = useStore();
let store: CountingStore;
let clock: TestClock;
let ledger: ToyLedger;
let a: string;
let app: string;

beforeEach(async () => {
  store = new CountingStore(server.adapter());
  clock = new TestClock();
  ledger = toyLedger(store, { clock: clock.read });
  [a, app] = [unique('a'), unique('app')];
  receipt(await send(ledger, open(a)));
  receipt(await send(ledger, createApp(a, app)));
});

const happened = async (): Promise<readonly (readonly unknown[])[]> =>
  (await readAll(store, accountStream(a))).map(({ type, data, metadata }) => [
    type,
    isObject(data) && data['effectiveAt'],
    isObject(metadata) && metadata['commandId'],
  ]);

describe('time first (P-0.7)', () => {
  it('lets happen what was due before a command is decided, each at its own instant', async () => {
    clock.pass(1000);
    receipt(await send(ledger, topUp(a), 'k'));
    expect((await happened()).slice(2)).toEqual([
      ['Suspended', '2024-08-01T02:01:00Z', `t:${a}:2024-08-01T02:01:00Z`],
      ['BillIssued', '2024-08-01T02:02:00Z', `t:${a}:2024-08-01T02:02:00Z`],
      ['BillIssued', '2024-08-01T02:02:00Z', `t:${a}:2024-08-01T02:02:00Z:2`],
      ['FundsToppedUp', '2024-08-01T02:16:40Z', 'c:k'],
    ]);
  });

  it('counts what is due at the very instant, and nothing later', async () => {
    clock.pass(59);
    receipt(await send(ledger, topUp(a)));
    clock.pass(1);
    receipt(await send(ledger, topUp(a)));
    const types = ['AccountOpened', 'AppCreated', 'FundsToppedUp', 'Suspended', 'FundsToppedUp'];
    expect(await typesOf(store, accountStream(a))).toEqual(types);
  });

  it('happens also before a refusal, whose account is then the advanced one', async () => {
    clock.pass(60);
    expect(await send(ledger, charge(a))).toMatchObject({ kind: 'refused' });
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened', 'AppCreated', 'Suspended']);
  });

  it('is the same whoever notices: two clocks and a command at once', async () => {
    clock.pass(500);
    const ledgers = Array.from({ length: 3 }, () => toyLedger(server.another(), { clock: clock.read }));
    const [first, second, third] = ledgers;
    if (!first || !second || !third) throw new Error('three ledgers');
    const until = clock.now / 1000;
    await Promise.all([first.advanceTo(a, until), second.advanceTo(a, until), send(third, topUp(a))]);
    const types = await typesOf(store, accountStream(a));
    const once = ['AccountOpened', 'AppCreated', 'Suspended', 'BillIssued', 'BillIssued', 'FundsToppedUp'];
    expect(types).toEqual(once);
  });

  it('knows which part comes next after a restart', async () => {
    clock.pass(120);
    await ledger.advanceTo(a, clock.now / 1000 - 60);
    const ids = async (): Promise<readonly unknown[]> => (await happened()).map(([, , id]) => id);
    expect((await ids()).slice(2)).toEqual([`t:${a}:2024-08-01T02:01:00Z`]);
    const other = toyLedger(server.another(), { clock: clock.read });
    expect(await other.advanceTo(a, clock.now / 1000)).toMatchObject({ kind: 'advanced', appends: 2, revision: '4' });
    expect((await ids()).at(-1)).toBe(`t:${a}:2024-08-01T02:02:00Z:2`);
  });
});

describe('the clock worker', () => {
  it('appends nothing that is not due yet, however far it is asked to go', async () => {
    clock.pass(60);
    const far = clock.now / 1000 + 1000;
    expect(await ledger.advanceTo(a, far)).toMatchObject({ kind: 'advanced', appends: 1, revision: '2' });
    expect(await ledger.advanceTo(a, far)).toMatchObject({ kind: 'advanced', appends: 0, revision: '2' });
  });

  it('goes no further than it is asked', async () => {
    clock.pass(1000);
    expect(await ledger.advanceTo(a, clock.now / 1000 - 940)).toMatchObject({ appends: 1 });
  });

  it('looks at the store before it says that nothing is due', async () => {
    const other = toyLedger(server.adapter(), { clock: clock.read });
    receipt(await send(other, createApp(a, unique('app'))));
    clock.pass(60);
    expect(await ledger.advanceTo(a, clock.now / 1000)).toMatchObject({ kind: 'advanced', appends: 2, revision: '4' });
    expect(await ledger.advanceTo(unique('nobody'), clock.now / 1000)).toEqual({ kind: 'unknown-account' });
  });
});

describe('a settlement (P-7.6)', () => {
  const sources = async (): Promise<readonly unknown[]> =>
    (await readAll(store, accountStream(a)))
      .filter(({ type }) => type === 'BillIssued')
      .map(({ data }) => (isObject(data) ? data['sources'] : null));

  it('counts the usage received before its instant, however late it is drawn up', async () => {
    receipt(await send(ledger, recordUsage(a, app, 1)));
    clock.pass(119);
    receipt(await send(ledger, recordUsage(a, app, 2)));
    clock.pass(1000);
    receipt(await send(ledger, topUp(a)));
    const source = { stream: toyUsageStream(app), revision: '1' };
    expect(await sources()).toEqual([[source], [source]]);
  });

  it('leaves out what came at its instant or after it', async () => {
    receipt(await send(ledger, recordUsage(a, app, 1)));
    clock.pass(120);
    // As another process leaves it whose settlement fails, while it takes usage.
    const timeless = new WritePath({ ...toyRules, nextDueAt: () => null }, { store, clock: clock.read });
    receipt(await send(timeless, recordUsage(a, app, 3)));
    await ledger.advanceTo(a, clock.now / 1000);
    const source = { stream: toyUsageStream(app), revision: '0' };
    expect(await sources()).toEqual([[source], [source]]);
  });

  it('names no stream where there is no usage', async () => {
    clock.pass(120);
    await ledger.advanceTo(a, clock.now / 1000);
    expect(await sources()).toEqual([[], []]);
  });
});
