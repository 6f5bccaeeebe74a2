/** A life in which every command that writes to the account or its usage comes, sent through the real write path. */
import { randomUUID } from 'node:crypto';
import {
  accountStream,
  claimStream,
  instant,
  usageStream,
  type Command,
  type Instant,
  type Step,
} from '@ledger/domain';
import { canonical, genesis, Ledger, verifyEvent, type EventStore, type RecordedEvent } from '@ledger/event-store';
import type { ReadStream } from '../proof/account-outline.js';

const DAY = 86_400;
const START = instant('2024-08-01T10:00:00+08:00');

/** Days, and what is asked on them. The apps end with the account's id, which no other life has. */
type Script = (accountId: string) => readonly (readonly [day: number, command: Command])[];

const IN_DOLLARS: Script = (accountId) => {
  const a = { accountId };
  const app = (name: string): { accountId: string; appId: string } => ({ accountId, appId: `${name}-${accountId}` });
  const [p, q, r, s] = [app('p'), app('q'), app('r'), app('s')];
  const mau = (day: string, value: number): { meter: string; day: string; value: number } => ({
    meter: 'mau',
    day,
    value,
  });
  return [
    [0, { do: 'OpenAccount', ...a, currency: 'USD', reason: 'the first one' }],
    [0, { do: 'SetContact', ...a, email: 'somebody@example.com' }],
    [0, { do: 'TopUp', ...a, amount: '9000.00', reference: 'wire 7' }],
    [0, { do: 'GrantGift', ...a, amount: '200.00' }],
    [0, { do: 'IssueVoucher', ...a, voucherId: 'v1', amount: '100.00', validUntil: '2025-01-01T00:00:00Z' }],
    [0, { do: 'IssueVoucher', ...a, voucherId: 'v2', amount: '50.00', validUntil: '2024-08-20T00:00:00Z' }],
    [0, { do: 'CreateApp', ...p, dataCentre: 'singapore', priceBook: 'intl-2024' }],
    [0, { do: 'CreateApp', ...q, dataCentre: 'singapore', priceBook: 'intl-2024', name: 'the second' }],
    [1, { do: 'CreateApp', ...r, dataCentre: 'singapore', priceBook: 'intl-2022' }],
    [1, { do: 'Purchase', ...p, product: 'standard', months: 3, vouchers: ['v1'], renewal: 'automatic' }],
    [1, { do: 'Purchase', ...r, product: 'standard' }],
    [2, { do: 'RecordUsage', ...p, samples: [mau('2024-08-02', 12_000), mau('2024-08-03', 25_000)] }],
    [3, { do: 'CorrectUsage', ...p, ...mau('2024-08-03', 24_000) }],
    [4, { do: 'Renew', ...p, product: 'standard', months: 1 }],
    [5, { do: 'RenewBatch', ...a, items: [batched(p.appId), batched(q.appId), batched('nowhere')] }],
    [6, { do: 'SetRenewal', ...p, product: 'standard', mode: 'manual' }],
    [7, { do: 'Upgrade', ...p, to: 'premium' }],
    [8, { do: 'BlockRefunds', ...p }],
    [8, { do: 'UnblockRefunds', ...p }],
    [9, { do: 'DisableApp', ...p }],
    [10, { do: 'EnableApp', ...p }],
    // Renewed by itself as long as there is money and no ban; its plug-in is settled daily and ends.
    [10, { do: 'CreateApp', ...s, dataCentre: 'singapore', priceBook: 'intl-2024' }],
    [10, { do: 'Purchase', ...s, product: 'standard', months: 1, renewal: 'automatic' }],
    [10, { do: 'Purchase', ...s, product: 'push', months: 1 }],
    [20, { do: 'RecordUsage', ...p, samples: [mau('2024-08-20', 60_000)] }],
    [31, { do: 'ExtendTrial', ...q }],
    // The bill of August is drawn on the 3rd of September; what is told after it is an adjustment.
    [36, { do: 'RecordUsage', ...p, samples: [mau('2024-08-22', 70_000)] }],
    [40, { do: 'MigratePriceBook', ...r, to: 'intl-2024', months: 1 }],
    [41, { do: 'Refund', ...p, product: 'premium' }],
    [42, { do: 'ChargeAccount', ...a, amount: '19000.00', service: 'sms' }],
    [45, { do: 'TopUp', ...a, amount: '15000.00' }],
    [46, { do: 'DeleteApp', ...p }],
    [47, { do: 'EraseContact', ...a }],
    [80, { do: 'TopUp', ...a, amount: '1.00' }],
    [81, { do: 'BanAccount', ...a }],
    [200, { do: 'ChargeAccount', ...a, amount: '1.00', service: 'sms' }],
  ];
};

const batched = (appId: string): { appId: string; product: string; months: number } => ({
  appId,
  product: 'standard',
  months: 1,
});

export type Written = { readonly store: EventStore; readonly ledger: Ledger; now: Instant };

/** A ledger whose clock the spec moves. */
export const ledgerOver = (store: EventStore, start = START): Written => {
  const written: { store: EventStore; ledger: Ledger; now: Instant } = {
    store,
    ledger: new Ledger({ store, clock: () => written.now * 1000 }),
    now: start,
  };
  return written;
};

/** Sends it; what is refused is no failure here: a random history has refusals too. */
export const sent = async ({ ledger }: Written, command: Command): Promise<string> => {
  const outcome = await ledger.execute({
    commandId: randomUUID(),
    command,
    actor: { subject: 'spec', role: 'admin' },
  });
  return outcome.kind;
};

/** History storage has a price in the books of yuan only. */
export const IN_YUAN: Script = (accountId) => {
  const a = { accountId };
  const p = { accountId, appId: `p-${accountId}` };
  return [
    [0, { do: 'OpenAccount', ...a, currency: 'CNY' }],
    [0, { do: 'TopUp', ...a, amount: '90000.00' }],
    [0, { do: 'CreateApp', ...p, dataCentre: 'mainland', priceBook: 'cn-2023' }],
    [1, { do: 'Purchase', ...p, product: 'flagship', months: 3 }],
    [2, { do: 'SetHistoryTier', ...p, days: 90 }],
    [3, { do: 'RecordUsage', ...p, samples: [{ meter: 'dau', day: '2024-08-03', value: 250_000 }] }],
    [40, { do: 'TopUp', ...a, amount: '1.00' }],
  ];
};

/** Sends the life of an account, and lets time pass to its end. Throws at anything that is not done. */
export const writeLife = async (
  store: EventStore,
  accountId: string,
  script: Script = IN_DOLLARS,
): Promise<Instant> => {
  const written = ledgerOver(store);
  for (const [day, command] of script(accountId)) {
    written.now = START + day * DAY;
    const outcome = await sent(written, command);
    if (outcome !== 'done') throw new Error(`${JSON.stringify(command)}: ${outcome}`);
  }
  await written.ledger.settled();
  return written.now;
};

/** Plays the steps of a history; what is due comes before each command by itself (P-0.7). */
export const writeSteps = async (store: EventStore, steps: readonly Step[]): Promise<Instant> => {
  const written = ledgerOver(store);
  for (const { at, command } of steps) {
    written.now = at;
    if (command) await sent(written, command);
  }
  await written.ledger.settled();
  return written.now;
};

export const readFrom =
  (store: EventStore): ReadStream =>
  (stream) =>
    store.read(stream, { requiresLeader: true });

/** The streams of a life in memory, to be changed by specs. */
export class Copy {
  readonly streams = new Map<string, readonly RecordedEvent[]>();

  readonly read: ReadStream = async function* (this: Copy, stream: string) {
    yield* this.streams.get(stream) ?? [];
  }.bind(this);

  events(stream: string): readonly RecordedEvent[] {
    return this.streams.get(stream) ?? [];
  }

  /** Another content of a stream, with revisions and chains made to fit: as one would who knows how they are made. */
  forged(stream: string, change: (events: RecordedEvent[]) => RecordedEvent[]): Copy {
    const copy = new Copy();
    for (const [name, events] of this.streams) copy.streams.set(name, events);
    copy.streams.set(stream, rechained(stream, change([...this.events(stream)])));
    return copy;
  }

  /** Another content, and nothing else. */
  changed(stream: string, change: (events: RecordedEvent[]) => RecordedEvent[]): Copy {
    const copy = new Copy();
    for (const [name, events] of this.streams) copy.streams.set(name, events);
    copy.streams.set(stream, change([...this.events(stream)]));
    return copy;
  }
}

export const copyOf = async (store: EventStore, accountId: string): Promise<Copy> => {
  const copy = new Copy();
  const apps = ['p', 'q', 'r', 's'].map((app) => `${app}-${accountId}`);
  const months = ['2024-08', '2024-09', '2024-10', '2024-11', '2024-12', '2025-01', '2025-02'];
  const streams = [
    accountStream(accountId),
    ...apps.map(claimStream),
    ...apps.flatMap((appId) => months.map((month) => usageStream(appId, month))),
  ];
  for (const stream of streams) {
    const events = await all(store.read(stream, { requiresLeader: true }));
    if (events.length > 0) copy.streams.set(stream, events);
  }
  return copy;
};

const all = async (events: AsyncIterable<RecordedEvent>): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
};

const rechained = (stream: string, events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  let chain = genesis(stream);
  return events.map((event, index) => {
    const { chain: _, ...metadata } = Object(event.metadata);
    const bare = { ...event, stream, revision: BigInt(index) };
    // What is not chained yet says which chain it should have.
    const told = verifyEvent(chain, { ...bare, metadata: { ...metadata, chain: '' } });
    const [, due = ''] = /it should be ([0-9a-f]{64})/.exec(typeof told === 'string' ? '' : told.reason) ?? [];
    chain = due;
    return { ...bare, metadata: JSON.parse(canonical({ ...metadata, chain })) as unknown };
  });
};

/** The event at a revision, with other data or metadata. */
export const at =
  (revision: number, change: (event: RecordedEvent) => Partial<RecordedEvent>) =>
  (events: RecordedEvent[]): RecordedEvent[] =>
    events.map((event, index) => (index === revision ? { ...event, ...change(event) } : event));
