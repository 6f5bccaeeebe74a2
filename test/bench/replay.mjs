// What an audit costs: an account of 1,000 to 50,000 events in an embedded node, read through the official client. Prints the
// processor time of each question, the node's part included, and by event; nothing is asserted. `npm run bench`
import { randomUUID } from 'node:crypto';
import { difference, replay, replaySteps, why } from '../../dist/libs/audit/src/index.js';
import { accountStream, advance, evolve, instant, iso, nextDueAt } from '../../dist/libs/domain/src/index.js';
import { decide } from '../../dist/libs/domain/src/index.js';
import { startEmbeddedNode } from '../../dist/libs/embedded-node/src/index.js';
import { EventStoreAdapter } from '../../dist/libs/event-store/src/index.js';

const SIZES = (process.argv[2] ?? '1000,5000,10000,50000').split(',').map(Number);
const RUNS = 2;
const START = instant('2024-08-01T02:00:00Z');
const DAY = 86_400;

/** Three apps that renew by themselves, one with push, which is settled daily; a charge a day, a payment a month. */
const history = (accountId, size) => {
  const appends = [];
  let account = null;
  let count = 0;
  const append = (at, { events }, command) => {
    for (const event of events) account = evolve(account, event);
    if (events.length > 0) appends.push({ at, events, command });
    count += events.length;
  };
  const ask = (at, command) => {
    const decision = decide(account, { accountId, ...command }, at, { claimedBy: null });
    if ('refusal' in decision) throw new Error(JSON.stringify({ command, decision }));
    append(at, decision, command);
  };
  const pass = (until) => {
    for (let due = nextDueAt(account); due !== null && due <= until; due = nextDueAt(account))
      append(due, advance(account, new Map()), null);
  };
  ask(START, { do: 'OpenAccount', currency: 'USD' });
  ask(START, { do: 'TopUp', amount: '9999999.00' });
  for (const appId of ['p1', 'p2', 'p3']) {
    ask(START, { do: 'CreateApp', appId, dataCentre: 'singapore', priceBook: 'intl-2024' });
    ask(START, { do: 'Purchase', appId, product: 'standard', months: 1, renewal: 'automatic' });
  }
  ask(START, { do: 'Purchase', appId: 'p1', product: 'push', months: 1, renewal: 'automatic' });
  for (let day = 1; count < size; day += 1) {
    const at = START + day * DAY;
    pass(at);
    ask(at, { do: 'ChargeAccount', amount: '1.00', service: 'sms' });
    if (day % 30 === 0) ask(at, { do: 'TopUp', amount: '5000.00' });
  }
  return appends;
};

const stored = (accountId, { at, events, command }) => {
  const commandId = command ? `c:${randomUUID()}` : `t:${accountId}:${iso(at)}`;
  const actor = command ? { subject: 'bench', role: 'ops' } : { subject: 'clock', role: 'clock' };
  const metadata = {
    schema: 1,
    recordedAt: `${iso(at).slice(0, -1)}.000Z`,
    commandId,
    actor,
    rules: 1,
    clauses: ['P-0.7'],
  };
  const shared = { ...metadata, correlationId: commandId, causationId: commandId };
  return events.map(({ type, ...data }, i) => {
    const { do: name, ...body } = command ?? {};
    return {
      id: randomUUID(),
      type,
      data,
      metadata: i === 0 && command ? { ...shared, command: { name, body } } : shared,
    };
  });
};

/** Notes every read, one round trip each. */
const counted = (store) => {
  const reads = [];
  return { reads, read: (stream, options) => (reads.push(stream), store.read(stream, options)) };
};

const best = async (work) => {
  let fastest = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const started = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(started);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return fastest;
};

const node = await startEmbeddedNode({ path: ':memory:' });
const store = new EventStoreAdapter({ connectionString: node.connectionString });
for (const size of SIZES) {
  const accountId = `bench-${size}`;
  const appends = history(accountId, size);
  const events = appends.flatMap((append) => stored(accountId, append)).slice(0, size);
  let expected = 'no-stream';
  for (let first = 0; first < events.length; first += 500) {
    const answer = await store.append(accountStream(accountId), events.slice(first, first + 500), expected);
    if (answer.kind !== 'appended') throw new Error(answer.kind);
    expected = answer.revision;
  }
  const end = { revision: BigInt(size - 1) };
  const bounds = { end, knownAt: null };
  const streams = counted(store);
  const questions = {
    replay: () => replay(streams, accountId, bounds),
    steps: async () => {
      for await (const _ of replaySteps(store, accountId, bounds));
    },
    diff: () => difference(store, accountId, { revision: 0n }, end, null),
    'why apps.p1.package': () => why(store, accountId, 'apps.p1.package', bounds),
    'why apps.p1.termEndsAt': () => why(store, accountId, 'apps.p1.termEndsAt', bounds),
    'why cash': () => why(store, accountId, 'cash', bounds),
  };
  for (const [question, ask] of Object.entries(questions)) {
    const ms = await best(ask);
    console.log(`${size} events  ${question}: ${Math.round(ms)} ms, ${((ms * 1000) / size).toFixed(1)} µs an event`);
    if (question !== 'replay') continue;
    const ofAccount = streams.reads.filter((stream) => stream === accountStream(accountId)).length / RUNS;
    console.log(
      `  reads of the account's stream: ${ofAccount}; of usage streams: ${streams.reads.length / RUNS - ofAccount}`,
    );
  }
}
await store.close();
await node.stop();
