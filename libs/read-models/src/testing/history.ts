/** Accounts with a past in which every kind of row comes, changes and goes; and many more of them, by copying. */
import { randomUUID } from 'node:crypto';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { accountStream, instant, type Command } from '@ledger/domain';
import { EventStoreAdapter, Ledger, type EventStore, type NewEvent, type RecordedEvent } from '@ledger/event-store';

const DAY = 86_400;
const START = instant('2024-08-01T02:00:00Z');

/** After so many days each: a standard package that is used and upgraded, add-ons, a refund, a lapse, debts and a ban. */
const past = (accountId: string): readonly (readonly [day: number, command: Command])[] => {
  const [first, second] = [`${accountId}-1`, `${accountId}-2`];
  const month = (day: string, value: number): Command => ({
    do: 'RecordUsage',
    accountId,
    appId: first,
    samples: [{ meter: 'mau', day, value }],
  });
  return [
    [0, { do: 'OpenAccount', accountId, currency: 'USD' }],
    [0, { do: 'TopUp', accountId, amount: '5000.00' }],
    [0, { do: 'CreateApp', accountId, appId: first, dataCentre: 'singapore', priceBook: 'intl-2024' }],
    [0, { do: 'CreateApp', accountId, appId: second, dataCentre: 'singapore', priceBook: 'intl-2024' }],
    [1, { do: 'Purchase', accountId, appId: first, product: 'standard', months: 3 }],
    [1, { do: 'Purchase', accountId, appId: second, product: 'standard', months: 1 }],
    [3, month('2024-08-03', 25_000)],
    [5, { do: 'Renew', accountId, appId: first, product: 'standard', months: 1 }],
    [9, { do: 'Upgrade', accountId, appId: first, to: 'premium' }],
    [12, { do: 'SetRenewal', accountId, appId: second, product: 'standard', mode: 'never' }],
    [20, month('2024-08-20', 60_000)],
    [40, { do: 'GrantGift', accountId, amount: '10.00' }],
    [41, { do: 'Refund', accountId, appId: first, product: 'premium' }],
    [42, { do: 'ChargeAccount', accountId, amount: '9000.00', service: 'sms' }],
    [50, { do: 'GrantGift', accountId, amount: '1.00' }],
    [90, { do: 'TopUp', accountId, amount: '1.00' }],
  ];
};

/** Sends the past of an account through the write path; the store's clock is at its end afterwards. */
export const writePast = async (store: EventStore, accountId: string): Promise<void> => {
  let now = START;
  const ledger = new Ledger({ store, clock: () => now * 1000 });
  for (const [day, command] of past(accountId)) {
    now = START + day * DAY;
    const outcome = await ledger.execute({
      commandId: randomUUID(),
      command,
      actor: { subject: 'spec', role: 'admin' },
    });
    if (outcome.kind !== 'done') throw new Error(`${JSON.stringify(command)}: ${JSON.stringify(outcome)}`);
  }
  await ledger.settled();
};

/** The account's stream of such a past, to be copied. */
export const template = async (): Promise<readonly RecordedEvent[]> => {
  const node = await startEmbeddedNode({ path: ':memory:' });
  const store = new EventStoreAdapter({ connectionString: node.connectionString });
  await writePast(store, 'template');
  const events: RecordedEvent[] = [];
  for await (const recorded of store.read(accountStream('template'), { requiresLeader: true })) events.push(recorded);
  await store.close();
  await node.stop();
  return events;
};

/** Appends copies of the template, each to an account of its own, until there are so many events. Answers the accounts. */
export const copyTemplate = async (
  store: EventStore,
  events: readonly RecordedEvent[],
  prefix: string,
  atLeast: number,
): Promise<readonly string[]> => {
  const accounts = Array.from({ length: Math.ceil(atLeast / events.length) }, (_, i) => `${prefix}${i}`);
  const queue = accounts.values();
  const append = async (): Promise<void> => {
    for (const accountId of queue) {
      const copies = events.map((event) => copyOf(event, accountId));
      const { kind } = await store.append(accountStream(accountId), copies, 'no-stream');
      if (kind !== 'appended') throw new Error(kind);
    }
  };
  await Promise.all(Array.from({ length: 8 }, append));
  return accounts;
};

type Stored = Pick<NewEvent, 'data' | 'metadata'>;

/** Its chain is the template's, which only an auditor would notice. */
const copyOf = ({ type, data, metadata }: RecordedEvent, accountId: string): NewEvent => {
  const renamed = JSON.parse(JSON.stringify({ data, metadata }).replaceAll('template', accountId)) as Stored;
  return { id: randomUUID(), type, ...renamed };
};
