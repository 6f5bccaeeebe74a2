/** Many accounts in which something falls due, made by copying a few, and what became of them. */
import { randomUUID } from 'node:crypto';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { accountStream, iso, type Command, type Instant } from '@ledger/domain';
import { EventStoreAdapter, Ledger, subscribeAll, type NewEvent, type RecordedEvent } from '@ledger/event-store';
import { SIZE } from './faults.js';

const DAY = 86_400;
/** P-6.4 */
const RECLAIMED_AFTER = 90 * DAY;
const APPS = 4;

type Step = readonly [at: Instant, command: Command | null];

/** The stream of an account with a past; a step without a command lets time pass. */
const written = async (accountId: string, steps: readonly Step[]): Promise<readonly RecordedEvent[]> => {
  const node = await startEmbeddedNode({ path: ':memory:' });
  const store = new EventStoreAdapter({ connectionString: node.connectionString });
  let now = 0;
  const ledger = new Ledger({ store, clock: () => now * 1000 });
  for (const [at, command] of steps) {
    now = at;
    if (command === null) await ledger.advanceTo(accountId, at);
    else {
      const actor = { subject: 'spec', role: 'admin' };
      const outcome = await ledger.execute({ commandId: randomUUID(), command, actor });
      if (outcome.kind !== 'done') throw new Error(`${JSON.stringify(command)}: ${JSON.stringify(outcome)}`);
    }
  }
  const events: RecordedEvent[] = [];
  for await (const recorded of store.read(accountStream(accountId), { requiresLeader: true })) events.push(recorded);
  await store.close();
  await node.stop();
  return events;
};

const NAME = 'template';

/** An account of four apps whose resources are reclaimed at `due`: banned 90 days before, all notices issued. */
const reclaimedAt = (due: Instant): Promise<readonly RecordedEvent[]> => {
  const banned = due - RECLAIMED_AFTER;
  const apps = Array.from({ length: APPS }, (_, i): Step => [
    banned - 1,
    { do: 'CreateApp', accountId: NAME, appId: `${NAME}-${i}`, dataCentre: 'singapore', priceBook: 'intl-2024' },
  ]);
  return written(NAME, [
    [banned - 1, { do: 'OpenAccount', accountId: NAME, currency: 'USD' }],
    ...apps,
    [banned, { do: 'BanAccount', accountId: NAME }],
    [due - 1, null],
  ]);
};

/** An account whose first bill is due at `due`, an instant at which months are settled. */
const billedAt = (due: Instant): Promise<readonly RecordedEvent[]> => {
  const bought = due - 20 * DAY;
  const app = { accountId: NAME, appId: `${NAME}-0` };
  return written(NAME, [
    [bought, { do: 'OpenAccount', accountId: NAME, currency: 'USD' }],
    [bought, { do: 'TopUp', accountId: NAME, amount: '9576.00' }],
    [bought, { do: 'CreateApp', ...app, dataCentre: 'singapore', priceBook: 'intl-2024' }],
    [bought, { do: 'Purchase', ...app, product: 'standard', months: 24 }],
  ]);
};

/** So many accounts, whose four apps each are reclaimed within the minute that begins at `from`; in `npm test` it is shorter. */
export const reclaimedWithinAMinute = async (url: string, accounts: number, from: Instant): Promise<void> => {
  const templates: (readonly RecordedEvent[])[] = [];
  for (const due of instantsFrom(from)) templates.push(await reclaimedAt(due));
  await copied(url, templates, accounts, 'reclaimed');
};

/** So many accounts, each of which a bill is due for at `due`. */
export const billed = async (url: string, accounts: number, due: Instant): Promise<void> =>
  copied(url, [await billedAt(due)], accounts, 'billed');

const copied = async (
  url: string,
  templates: readonly (readonly RecordedEvent[])[],
  accounts: number,
  name: string,
): Promise<void> => {
  const store = new EventStoreAdapter({ connectionString: url });
  const numbers = Array.from({ length: accounts }, (_, i) => i).values();
  const append = async (): Promise<void> => {
    for (const i of numbers) {
      const copies = (templates[i % templates.length] ?? []).map((event) => copyOf(event, `${name}-${i}`));
      const { kind } = await store.append(accountStream(`${name}-${i}`), copies, 'no-stream');
      if (kind !== 'appended') throw new Error(kind);
    }
  };
  await Promise.all(Array.from({ length: 16 }, append));
  await store.close();
};

type Stored = Pick<NewEvent, 'data' | 'metadata'>;

/** Its chain is the template's, which only an auditor would notice. */
const copyOf = ({ type, data, metadata }: RecordedEvent, accountId: string): NewEvent => {
  const renamed = JSON.parse(JSON.stringify({ data, metadata }).replaceAll(NAME, accountId)) as Stored;
  return { id: randomUUID(), type, ...renamed };
};

export type Happened = {
  /** How many events there are of each subject: an app, or an account where the event is of none. */
  readonly perSubject: ReadonlyMap<string, number>;
  /** The instants that the events are dated by. */
  readonly effectiveAt: ReadonlySet<string>;
};

/** All events of a type in the account streams. */
export const happened = async (url: string, type: string): Promise<Happened> => {
  const store = new EventStoreAdapter({ connectionString: url });
  const perSubject = new Map<string, number>();
  const effectiveAt = new Set<string>();
  const subscription = subscribeAll({
    store,
    prefixes: [accountStream('')],
    checkpoint: () => Promise.resolve('start'),
    handle: ({ events, caughtUp }) => {
      for (const recorded of events) {
        if (recorded.type !== type) continue;
        const {
          appId,
          accountId,
          effectiveAt: at,
        }: { appId?: string; accountId?: string; effectiveAt?: string } = Object(recorded.data);
        const subject = appId ?? accountId ?? '';
        perSubject.set(subject, (perSubject.get(subject) ?? 0) + 1);
        effectiveAt.add(at ?? '');
      }
      return Promise.resolve(caughtUp ? 'stop' : undefined);
    },
  });
  await subscription.ended;
  await store.close();
  return { perSubject, effectiveAt };
};

const instantsFrom = (from: Instant): readonly Instant[] =>
  Array.from({ length: 6 }, (_, i) => from + SIZE.secondsApart * i);

/** The instants of that minute at which the deadlines lie, as events have them. */
export const secondsOf = (from: Instant): readonly string[] => instantsFrom(from).map(iso);
