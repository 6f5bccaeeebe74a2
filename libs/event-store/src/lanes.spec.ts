import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream, claimStream, contactStream, refusalsStream } from '@ledger/domain';
import type { Command } from '@ledger/domain';
import { genesis, verifyChain } from './chain.js';
import { isObject } from './json.js';
import { readAll, typesOf, unique, useStore } from './testing/store.js';
import { CountingStore } from './testing/stores.js';
import { createApp, open, receipt, recordUsage, send, topUp, toyLedger } from './testing/toy-ledger.js';
import type { ToyLedger } from './testing/toy-ledger.js';
import { toyUsageStream } from './testing/toy-rules.js';

const server = useStore();
let store: CountingStore;
let ledger: ToyLedger;
let a: string;
let b: string;
let app: string;

beforeEach(async () => {
  store = new CountingStore(server.adapter());
  ledger = toyLedger(store);
  [a, b, app] = [unique('a'), unique('b'), unique('app')];
  receipt(await send(ledger, open(a)));
  receipt(await send(ledger, open(b)));
});

const theirs = (): ToyLedger => toyLedger(server.another());

describe('a claim', () => {
  it('gives an app id to one account for ever', async () => {
    expect(receipt(await send(ledger, createApp(a, app))).stream).toBe(accountStream(a));
    expect(await send(theirs(), createApp(b, app))).toMatchObject({ refused: { refusal: 'AppExists' } });
    const [claim] = await readAll(store, claimStream(app));
    expect(claim).toMatchObject({ type: 'AppClaimed', data: { accountId: a, appId: app } });
    expect(
      await verifyChain(
        claimStream(app),
        [claim].filter((event) => event !== undefined),
      ),
    ).toMatchObject({ broken: null });
  });

  it('goes to one of many who ask at once', async () => {
    const accounts = Array.from({ length: 6 }, () => unique('c'));
    for (const account of accounts) receipt(await send(ledger, open(account)));
    const [mine, other] = [ledger, theirs()];
    const outcomes = await Promise.all(
      accounts.map((account, i) => send(i % 2 === 0 ? mine : other, createApp(account, app))),
    );
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', ...Array(5).fill('refused')]);
    expect(await readAll(store, claimStream(app))).toHaveLength(1);
  });

  it('passes for the same account, when a crash came between claim and creation', async () => {
    const failing = new CountingStore(server.adapter());
    const append = failing.append.bind(failing);
    failing.append = (stream, events, expected) =>
      stream === accountStream(a)
        ? Promise.resolve({ kind: 'unclear', reason: 'crash' })
        : append(stream, events, expected);
    expect(await send(toyLedger(failing, { patience: 1 }), createApp(a, app), 'k')).toMatchObject({
      kind: 'unavailable',
    });
    expect(await typesOf(store, claimStream(app))).toEqual(['AppClaimed']);
    expect(receipt(await send(ledger, createApp(a, app), 'k')).revision).toBe('1');
  });

  it('is not taken by a dry run, nor by what is refused', async () => {
    receipt(await send(ledger, topUp(b)));
    receipt(await send(theirs(), { do: 'BanAccount', accountId: b }));
    expect(await send(ledger, createApp(b, app))).toMatchObject({ refused: { refusal: 'AccountBanned' } });
    const actor = { subject: 'tester', role: 'ops' };
    await ledger.execute({ commandId: 'k', command: createApp(a, app), actor, dryRun: true });
    await send(ledger, createApp(unique('nobody'), app));
    expect(await readAll(store, claimStream(app))).toEqual([]);
  });
});

describe('usage', () => {
  beforeEach(async () => {
    receipt(await send(ledger, createApp(a, app)));
  });

  it('goes to its own stream, with a chain of its own and the revision of the account', async () => {
    const done = receipt(await send(ledger, recordUsage(a, app, 2)));
    receipt(await send(ledger, recordUsage(a, app, 3)));
    expect(done).toMatchObject({ stream: toyUsageStream(app), revision: '0', events: [{ type: 'UsageRecorded' }] });
    const events = await readAll(store, toyUsageStream(app));
    expect(events.map(({ metadata }) => isObject(metadata) && metadata['accountRevision'])).toEqual(['1', '1']);
    expect(await verifyChain(toyUsageStream(app), events)).toMatchObject({ broken: null });
  });

  it('is decided with the account as it stands, though it appends elsewhere', async () => {
    const another = unique('app');
    receipt(await send(theirs(), createApp(a, another)));
    expect(receipt(await send(ledger, recordUsage(a, another))).revision).toBe('0');
  });

  it('is not taken from an account that another process has banned meanwhile', async () => {
    receipt(await send(theirs(), { do: 'BanAccount', accountId: a }));
    expect(await send(ledger, recordUsage(a, app))).toMatchObject({ refused: { refusal: 'AccountBanned' } });
    expect(await readAll(store, toyUsageStream(app))).toEqual([]);
  });

  it('loses none of what two processes record at once', async () => {
    const ledgers = [ledger, theirs()];
    const outcomes = await Promise.all(
      ledgers.flatMap((each) => Array.from({ length: 10 }, (_, i) => send(each, recordUsage(a, app, 500 * (i + 1))))),
    );
    const written = outcomes.filter((outcome) => outcome.kind === 'done' && outcome.receipt.events.length > 0);
    expect(await readAll(store, toyUsageStream(app))).toHaveLength(written.length);
  });

  it('that raises nothing is accepted without an event', async () => {
    receipt(await send(ledger, recordUsage(a, app, 2)));
    const nothing = receipt(await send(ledger, recordUsage(a, app, 1)));
    expect(nothing).toMatchObject({ stream: toyUsageStream(app), revision: '0', events: [] });
  });
});

describe('personal data', () => {
  const setContact = (email: string): Command => ({ do: 'SetContact', accountId: a, email, reason: 'asked for' });
  const eraseContact = (): Command => ({ do: 'EraseContact', accountId: a });

  it('stands in the contact stream and nowhere else', async () => {
    expect(receipt(await send(ledger, setContact('anna@example.com')))).toMatchObject({ stream: contactStream(a) });
    await send(ledger, { do: 'SetContact', accountId: unique('nobody'), email: 'anna@example.com' });
    await ledger.settled();
    const [contact] = await readAll(store, contactStream(a));
    expect(contact).toMatchObject({ type: 'ContactSet', data: { email: 'anna@example.com' } });
    const others = [
      contact?.metadata,
      ...(await readAll(store, accountStream(a))),
      ...(await readAll(store, refusalsStream(null))),
    ];
    const text = JSON.stringify(others, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    expect(text).not.toContain('anna@');
    expect(text).toContain('"email":"email"');
  });

  it('is only the last that was set', async () => {
    for (const email of ['a@x.org', 'b@x.org', 'c@x.org']) receipt(await send(ledger, setContact(email)));
    expect((await readAll(store, contactStream(a))).map(({ data }) => data)).toMatchObject([{ email: 'c@x.org' }]);
  });

  it('is set once by one command', async () => {
    const first = receipt(await send(ledger, setContact('a@x.org'), 'k'));
    expect(await send(theirs(), setContact('a@x.org'), 'k')).toEqual({ kind: 'done', replayed: true, receipt: first });
    expect(await send(theirs(), setContact('b@x.org'), 'k')).toEqual({ kind: 'key-reused' });
  });

  it('is erased, again and again, and stays erased', async () => {
    for (const email of ['a@x.org', 'b@x.org']) receipt(await send(ledger, setContact(email)));
    expect(receipt(await send(ledger, eraseContact(), 'k')).events).toMatchObject([{ type: 'ContactErased' }]);
    expect(await readAll(store, contactStream(a))).toEqual([]);
    expect(await send(ledger, eraseContact(), 'k')).toMatchObject({ replayed: true });
    receipt(await send(ledger, eraseContact()));
    expect(await typesOf(store, accountStream(a))).toEqual(['AccountOpened', 'ContactErased', 'ContactErased']);
  });

  it('is erased again when the erasure comes again, whatever was set since', async () => {
    receipt(await send(ledger, eraseContact(), 'k'));
    receipt(await send(ledger, setContact('a@x.org')));
    expect(await send(ledger, eraseContact(), 'k')).toMatchObject({ replayed: true });
    expect(await readAll(store, contactStream(a))).toEqual([]);
  });

  it('is limited to the last that was set also when that failed at first', async () => {
    const failing = new CountingStore(server.adapter());
    const append = failing.append.bind(failing);
    failing.append = (stream, events, expected) =>
      stream.startsWith('$$') ? Promise.resolve({ kind: 'unclear', reason: 'lost' }) : append(stream, events, expected);
    expect(await send(toyLedger(failing), setContact('a@x.org'), 'k')).toMatchObject({ kind: 'unavailable' });
    expect(await send(ledger, setContact('a@x.org'), 'k')).toMatchObject({ kind: 'done', replayed: true });
    expect(await readAll(store, `$$${contactStream(a)}`)).toMatchObject([{ data: { $maxCount: 1 } }]);
  });

  it('can be set anew after it was erased, and only the new is there', async () => {
    receipt(await send(ledger, setContact('a@x.org')));
    receipt(await send(ledger, eraseContact()));
    receipt(await send(ledger, setContact('b@x.org')));
    receipt(await send(ledger, setContact('c@x.org')));
    expect((await readAll(store, contactStream(a))).map(({ data }) => data)).toMatchObject([{ email: 'c@x.org' }]);
  });

  it('is not erased for an account that is not known', async () => {
    store.calls = [];
    expect(await send(ledger, { do: 'EraseContact', accountId: unique('nobody') })).toMatchObject({ kind: 'refused' });
    expect(store.calls.filter((call) => call.startsWith('delete'))).toEqual([]);
  });
});

describe('refusals', () => {
  it('are kept with who asked, for what, and why not', async () => {
    const command: Command = { do: 'ChargeAccount', accountId: a, amount: '5.00', service: 'calls' };
    await ledger.execute({ commandId: 'k', command, actor: { subject: 's-1', role: 'payments' } });
    await ledger.settled();
    const [refused] = await readAll(store, refusalsStream(a));
    expect(refused).toMatchObject({
      type: 'CommandRefused',
      data: {
        accountId: a,
        command: { name: 'ChargeAccount', body: { accountId: a, amount: '5.00', service: 'calls' } },
        refusal: 'InsufficientFunds',
        clause: 'P-2.5',
        actor: { subject: 's-1', role: 'payments' },
      },
      metadata: { commandId: 'c:k', clauses: ['P-2.5'] },
    });
    const [limit] = await readAll(store, `$$${refusalsStream(a)}`);
    expect(limit?.data).toMatchObject({ $maxCount: 1000 });
  });

  it('of what never came to a decision are kept too', async () => {
    const request = { commandId: unique('k'), command: topUp(a), actor: { subject: 's-1', role: 'reader' } };
    ledger.recordForbidden(request, 'Forbidden');
    await ledger.settled();
    const all = await readAll(store, refusalsStream(null));
    expect(all.map(({ data, metadata }) => ({ data, metadata }))).toContainEqual({
      data: expect.objectContaining({ accountId: null, refusal: 'Forbidden', clause: null }),
      metadata: expect.objectContaining({ commandId: `c:${request.commandId}` }),
    });
  });

  it('of a dry run are not', async () => {
    const command: Command = { do: 'ChargeAccount', accountId: b, amount: '5.00', service: 'calls' };
    await ledger.execute({ commandId: 'k', command, actor: { subject: 's-1', role: 'ops' }, dryRun: true });
    await ledger.settled();
    expect(await readAll(store, refusalsStream(b))).toEqual([]);
  });

  it('hold up no answer', async () => {
    const held = Promise.withResolvers<void>();
    const slow = new CountingStore(server.adapter());
    const append = slow.append.bind(slow);
    slow.append = async (stream, events, expected) => {
      if (stream.includes('refusals-')) await held.promise;
      return append(stream, events, expected);
    };
    const other = toyLedger(slow);
    expect(await send(other, { do: 'ChargeAccount', accountId: a, amount: '5.00', service: 'x' })).toMatchObject({
      kind: 'refused',
    });
    held.resolve();
    await other.settled();
    expect(await readAll(store, refusalsStream(a))).toHaveLength(1);
  });
});

describe('the chain', () => {
  it('begins with the name of the stream, in every stream that has one', async () => {
    receipt(await send(ledger, topUp(a)));
    const events = await readAll(store, accountStream(a));
    expect(await verifyChain(accountStream(a), events)).toMatchObject({ broken: null });
    expect(await verifyChain(accountStream(b), events)).toMatchObject({ broken: { revision: 0n } });
    expect(genesis(accountStream(a))).toMatch(/^[0-9a-f]{64}$/);
  });
});
