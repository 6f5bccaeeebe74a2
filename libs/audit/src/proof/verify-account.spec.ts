import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  accountStream,
  claimStream,
  instant,
  iso,
  usageStream,
  type Command,
  type CommandName,
  type Instant,
} from '@ledger/domain';
import type { RecordedEvent } from '@ledger/event-store';
import fc from 'fast-check';
import { histories } from '../../../domain/src/properties/histories.js';
import { unique } from '../../../event-store/src/testing/store.js';
import { MemoryStore } from '../testing/memory-store.js';
import { at, copyOf, ledgerOver, readFrom, sent, writeLife, writeSteps, type Copy } from '../testing/life.js';
import type { FindingKind } from './finding.js';
import type { ReadStream } from './account-outline.js';
import { verifyAccount } from './verify-account.js';

const store = new MemoryStore();
const accountId = unique('a');
const stream = accountStream(accountId);
const usage = usageStream(`p-${accountId}`, '2024-08');
let life: Copy;
let until: Instant;

beforeAll(async () => {
  until = await writeLife(store, accountId);
  life = await copyOf(store, accountId);
});

const commandsIn = (copy: Copy): ReadonlySet<string> =>
  new Set([...copy.streams.values()].flat().flatMap(({ metadata }) => Object(Object(metadata).command).name ?? []));

/** Those that write to the account or its usage; the tier of history storage has a price in yuan only, and a spec below. */
const WRITING: readonly CommandName[] = [
  'OpenAccount',
  'EraseContact',
  'TopUp',
  'GrantGift',
  'IssueVoucher',
  'ChargeAccount',
  'BanAccount',
  'BlockRefunds',
  'UnblockRefunds',
  'CreateApp',
  'ExtendTrial',
  'DisableApp',
  'EnableApp',
  'DeleteApp',
  'MigratePriceBook',
  'Purchase',
  'Renew',
  'RenewBatch',
  'SetRenewal',
  'Upgrade',
  'Refund',
  'RecordUsage',
  'CorrectUsage',
];

describe('what the write path wrote', () => {
  it('is decided again to the same, whichever command it was, and what time brought', async () => {
    const verified = await verifyAccount(readFrom(store), accountId, until);
    expect(verified.findings).toEqual([]);
    expect(commandsIn(life)).toEqual(new Set(WRITING));
    expect(verified.byOtherRules).toEqual([]);
    expect(verified.streams.map(({ stream: name }) => name)).toEqual([...life.streams.keys()].toSorted());
    const types = new Set(life.events(stream).map(({ type }) => type));
    for (const type of [
      'BillIssued',
      'Overdue',
      'Suspended',
      'Resumed',
      'ResourcesReclaimed',
      'NoticeIssued',
      'Expired',
    ])
      expect(types).toContain(type);
    expect(verified.decidedAgain).toBeGreaterThan(50);
  });

  it('of no account is nothing', async () => {
    const verified = await verifyAccount(readFrom(store), unique('nobody'), until);
    expect(verified).toMatchObject({ streams: [], decidedAgain: 0, findings: [], account: null });
  });

  it('is decided again with a tier of history storage, and at the instant of a preview', async () => {
    const written = ledgerOver(store);
    const [a, appId] = [unique('a'), unique('app')];
    const commands: readonly Command[] = [
      { do: 'OpenAccount', accountId: a, currency: 'CNY' },
      { do: 'TopUp', accountId: a, amount: '90000.00' },
      { do: 'CreateApp', accountId: a, appId, dataCentre: 'mainland', priceBook: 'cn-2023' },
      { do: 'Purchase', accountId: a, appId, product: 'flagship', months: 3 },
      { do: 'SetHistoryTier', accountId: a, appId, days: 90 },
    ];
    for (const command of commands) expect(await sent(written, command)).toBe('done');
    const command: Command = { do: 'Refund', accountId: a, appId, product: 'flagship' };
    const request = { command, commandId: 'k', actor: { subject: 'spec', role: 'ops' } };
    written.now += 3600;
    const shown = await written.ledger.execute({ ...request, dryRun: true });
    if (shown.kind !== 'dry-run') throw new Error(shown.kind);
    written.now += 300;
    const { revision, at: previewedAt } = shown;
    const done = await written.ledger.execute({
      ...request,
      previewed: { revision, at: previewedAt, until: previewedAt + 600, is: () => true },
    });
    expect(done).toMatchObject({ kind: 'done' });
    written.now += 60 * 86_400;
    expect(await sent(written, { do: 'TopUp', accountId: a, amount: '1.00' })).toBe('done');
    const { findings, account } = await verifyAccount(readFrom(store), a, written.now);
    expect(findings).toEqual([]);
    expect(account?.apps.get(appId)?.historyTier).toBe(90);
  });

  it('is decided again where a bill comes in parts', async () => {
    const written = ledgerOver(store);
    const a = unique('a');
    const appIds = Array.from({ length: 70 }, (_, i) => `${a}-${'p'.repeat(40)}${i}`);
    const days = Array.from({ length: 28 }, (_, i) => `2024-08-${String(i + 2).padStart(2, '0')}`);
    const samples = days.map((day) => ({ meter: 'push-calls', day, value: 101 }));
    expect(await sent(written, { do: 'OpenAccount', accountId: a, currency: 'USD' })).toBe('done');
    expect(await sent(written, { do: 'TopUp', accountId: a, amount: '900000.00' })).toBe('done');
    for (const appId of appIds) {
      const app = { accountId: a, appId };
      await sent(written, { do: 'CreateApp', ...app, dataCentre: 'singapore', priceBook: 'intl-2024' });
      await sent(written, { do: 'Purchase', ...app, product: 'standard', months: 1 });
      expect(await sent(written, { do: 'Purchase', ...app, product: 'push', months: 1 })).toBe('done');
    }
    written.now += 30 * 86_400;
    for (const appId of appIds)
      expect(await sent(written, { do: 'RecordUsage', accountId: a, appId, samples })).toBe('done');
    written.now += 5 * 86_400;
    expect(await sent(written, { do: 'TopUp', accountId: a, amount: '1.00' })).toBe('done');
    const { findings, decidedAgain } = await verifyAccount(readFrom(store), a, written.now);
    expect(findings).toEqual([]);
    expect(decidedAgain).toBeGreaterThan(70 * 4);
    const bills = store.stream(accountStream(a)).filter(({ type }) => type === 'BillIssued');
    expect(bills.map(({ data }) => Object(data).part)).toEqual([1, 2]);
    // Cut between the two, as a reader sees it that comes in between: what the second will name is not known yet.
    const [between] = bills;
    const read: ReadStream = async function* (name) {
      for (const event of store.stream(name))
        if (name !== accountStream(a) || event.revision <= (between?.revision ?? 0n)) yield event;
    };
    expect((await verifyAccount(read, a, written.now)).findings).toEqual([]);
  });

  it.each([
    ['the month', '2024-09-03T00:00:00+08:00', '2024-08-20', 'BillIssued'],
    ['the day', '2024-08-02T03:00:00+08:00', '2024-08-01', 'DaySettled'],
  ])('is decided again where usage was on its way while %s was settled', async (_, due, day, type) => {
    const overtaken = new (class extends MemoryStore {
      override async append(...append: Parameters<MemoryStore['append']>): ReturnType<MemoryStore['append']> {
        if (append[0].startsWith('usage-')) await clock.ledger.advanceTo('a', clock.now);
        return super.append(...append);
      }
    })();
    const [written, clock] = [ledgerOver(overtaken), ledgerOver(overtaken)];
    const app = { accountId: 'a', appId: 'p' };
    const commands: readonly Command[] = [
      { do: 'OpenAccount', accountId: 'a', currency: 'USD' },
      { do: 'TopUp', accountId: 'a', amount: '9000.00' },
      { do: 'CreateApp', ...app, dataCentre: 'singapore', priceBook: 'intl-2024' },
      { do: 'Purchase', ...app, product: 'standard', months: 3 },
      { do: 'Purchase', ...app, product: 'push', months: 3 },
    ];
    for (const command of commands) expect(await sent(written, command)).toBe('done');
    clock.now = instant(due);
    written.now = clock.now - 1;
    const samples = [
      { meter: 'push-calls', day, value: 5000 },
      { meter: 'mau', day, value: 90_000 },
    ];
    expect(await sent(written, { do: 'RecordUsage', ...app, samples })).toBe('done');
    const last = overtaken.stream(accountStream('a')).at(-1);
    expect([last?.type, Object(last?.data).effectiveAt]).toEqual([type, iso(clock.now)]);
    const { findings } = await verifyAccount(readFrom(overtaken), 'a', clock.now);
    expect(findings).toEqual([]);
  });

  it('is decided again over any history', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async ({ steps }) => {
        const names = new Map<string, string>();
        const renamed = JSON.stringify(steps).replaceAll(/"(a[12])(p\d+)?"/g, (_, account: string, app = '') => {
          const name = names.get(account) ?? unique(account);
          names.set(account, name);
          return `"${name}${app}"`;
        });
        const end = await writeSteps(store, JSON.parse(renamed) as typeof steps);
        for (const name of names.values()) {
          const { findings, decidedAgain } = await verifyAccount(readFrom(store), name, end);
          expect([findings, decidedAgain > 0]).toEqual([[], true]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** Where the first event of the type stands. */
const first = (type: string, name = stream): number => life.events(name).findIndex((event) => event.type === type);
const withData = (event: RecordedEvent, data: object): Partial<RecordedEvent> => ({
  data: { ...Object(event.data), ...data },
});
const withMetadata = (event: RecordedEvent, metadata: object): Partial<RecordedEvent> => ({
  metadata: { ...Object(event.metadata), ...metadata },
});
const found = async (copy: Copy): Promise<readonly string[]> =>
  (await verifyAccount(copy.read, accountId, until)).findings.map(
    ({ kind, stream: name, revision, what }) => `${kind} ${name === stream ? 'account' : name}/${revision} ${what}`,
  );
/** An append of time, of one event, right before that of a command. */
const dueBeforeCommand = (): number => {
  const ids = life.events(stream).map(({ metadata }) => String(Object(metadata).commandId));
  return ids.findIndex((id, i) => id.startsWith('t:') && ids[i - 1] !== id && ids[i + 1]?.startsWith('c:') === true);
};
const order = (event: RecordedEvent): Record<string, unknown> => Object(Object(event.data).order);

describe('a stream changed by hand', () => {
  it.each<[string, () => Copy, FindingKind]>([
    [
      'an amount',
      () =>
        life.changed(
          stream,
          at(1, (event) => withData(event, { amount: '9001.00' })),
        ),
      'chain-broken',
    ],
    ['an event left out', () => life.changed(stream, (events) => events.toSpliced(3, 1)), 'revision-missing'],
    [
      'a type nobody knows',
      () =>
        life.changed(
          stream,
          at(4, () => ({ type: 'Gifted' })),
        ),
      'unreadable',
    ],
    [
      'its usage',
      () =>
        life.changed(
          usage,
          at(0, (event) => withData(event, { samples: [] })),
        ),
      'chain-broken',
    ],
    [
      'a claim',
      () =>
        life.changed(
          claimStream(`p-${accountId}`),
          at(0, (event) => withData(event, { accountId: 'other' })),
        ),
      'claimed-by-another',
    ],
  ])('%s', async (_, copy, kind) => {
    expect((await found(copy())).map((text) => text.split(' ')[0])).toContain(kind);
  });
});

describe('a stream forged with its chain', () => {
  it.each<[string, () => Copy, () => string]>([
    [
      'an amount of a top-up',
      () =>
        life.forged(
          stream,
          at(1, (event) => withData(event, { amount: '9001.00' })),
        ),
      () => 'decided-differently account/1 FundsToppedUp.amount',
    ],
    [
      'a price paid',
      () =>
        life.forged(
          stream,
          at(first('Purchased'), (e) => withData(e, { order: { ...order(e), listPrice: '398' } })),
        ),
      () => `decided-differently account/${first('Purchased')} Purchased.order.listPrice`,
    ],
    [
      'a command',
      () =>
        life.forged(
          stream,
          at(1, (event) => withMetadata(event, { command: { name: 'TopUp', body: { accountId, amount: '1.00' } } })),
        ),
      () => 'command-changed account/1 bodyHash',
    ],
    [
      'a command nobody can send',
      () =>
        life.forged(
          stream,
          at(1, (event) => withMetadata(event, { command: { name: 'Steal', body: {} } })),
        ),
      () => 'not-decidable account/1 command',
    ],
    [
      'an item of a batch',
      () =>
        life.forged(
          stream,
          at(first('Renewed') + 1, (event) => withMetadata(event, { refusedItems: [] })),
        ),
      () => `decided-differently account/${first('Renewed') + 1} refusedItems.0`,
    ],
    [
      'clauses',
      () =>
        life.forged(
          stream,
          at(first('Upgraded'), (event) => withMetadata(event, { clauses: ['P-1.1'] })),
        ),
      () => `decided-differently account/${first('Upgraded')} clauses.0`,
    ],
    [
      'a notice that time brought',
      () =>
        life.forged(
          stream,
          at(first('Overdue') + 1, (event) => withData(event, { notice: 'reclaim' })),
        ),
      () => `decided-differently account/${first('Overdue') + 1} NoticeIssued.notice`,
    ],
    [
      'a line of a bill',
      () =>
        life.forged(
          stream,
          at(first('BillIssued'), (event) => withData(event, { total: '0.01' })),
        ),
      () => `decided-differently account/${first('BillIssued')} BillIssued.total`,
    ],
    [
      'the instant of a bill',
      () =>
        life.forged(
          stream,
          at(first('BillIssued'), (event) => withData(event, { effectiveAt: '2024-09-02T16:00:01Z' })),
        ),
      () => `decided-differently account/${first('BillIssued')} BillIssued.effectiveAt`,
    ],
    [
      'a suspension left out',
      () => life.forged(stream, (events) => events.toSpliced(first('Suspended'), 1)),
      () => `decided-differently account/${first('Suspended') - 1} the events`,
    ],
    [
      'what is due left out',
      () => life.forged(stream, (events) => events.toSpliced(first('BillIssued'), 1)),
      () => `out-of-turn account/${first('BillIssued')} commandId`,
    ],
    [
      'what is due before a command left out',
      () => life.forged(stream, (events) => events.toSpliced(dueBeforeCommand(), 1)),
      () => `out-of-turn account/${dueBeforeCommand()} time first`,
    ],
    [
      'a figure of usage',
      () =>
        life.forged(
          usage,
          at(0, (event) => withData(event, { samples: [] })),
        ),
      () => `decided-differently ${usage}/0 UsageRecorded.samples`,
    ],
    [
      'usage that a bill was drawn from',
      () => life.forged(usage, (events) => events.slice(0, 1)),
      () => `stream-missing ${usage}/`,
    ],
    [
      'usage decided with nothing',
      () =>
        life.forged(
          usage,
          at(0, (event) => {
            const { accountRevision: _, ...metadata } = Object(event.metadata);
            return { metadata };
          }),
        ),
      () => `not-decidable ${usage}/0 accountRevision`,
    ],
    [
      'an app without its claim',
      () => life.forged(claimStream(`q-${accountId}`), () => []),
      () => `stream-missing ${claimStream(`q-${accountId}`)}/null claim`,
    ],
  ])('%s', async (_, copy, finding) => {
    expect((await found(copy())).some((text) => text.startsWith(finding()))).toBe(true);
  });

  it('by other rules is listed as theirs, and not decided again', async () => {
    const other = life.forged(
      stream,
      at(1, (event) => withMetadata(event, { rules: 7 })),
    );
    const verified = await verifyAccount(other.read, accountId, until);
    expect(verified).toMatchObject({ findings: [], byOtherRules: [{ rules: 7, appends: 1 }] });
  });
});
