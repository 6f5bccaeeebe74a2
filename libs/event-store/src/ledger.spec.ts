import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStream, instant, simulate, toStored, FOLD_VERSION } from '@ledger/domain';
import type { Account, Command, SimulationResult, Step } from '@ledger/domain';
import { verifyChain } from './chain.js';
import { Ledger } from './ledger.js';
import type { Outcome } from './outcome.js';
import { readAll, unique, useStore } from './testing/store.js';

const server = useStore();
const actor = { subject: 'tester', role: 'ops' };
let a: string;
let app: string;
let now: number;
let ledger: Ledger;

beforeEach(() => {
  [a, app] = [unique('a'), unique('app')];
  now = Date.parse('2024-08-01T02:00:00Z');
  ledger = new Ledger({ store: server.adapter(), clock: () => now });
});

const send = (command: Command, commandId = unique('k')): Promise<Outcome<Account>> =>
  ledger.execute({ commandId, command, actor });

/** A term that lapses, usage of it, a bill for it, arrears, a late payment, and a batch with a refused item. */
const journey = (): readonly Step[] => {
  const steps: readonly (readonly [string, Command])[] = [
    ['2024-08-01T02:00:00Z', { do: 'OpenAccount', accountId: a, currency: 'USD' }],
    ['2024-08-01T02:00:01Z', { do: 'TopUp', accountId: a, amount: '1000.00', reference: 'r-1' }],
    ['2024-08-01T02:00:02Z', { do: 'TopUp', accountId: a, amount: '1000.00', reference: 'r-1' }],
    [
      '2024-08-01T02:00:03Z',
      { do: 'CreateApp', accountId: a, appId: app, dataCentre: 'singapore', priceBook: 'intl-2024' },
    ],
    ['2024-08-01T02:00:04Z', { do: 'Purchase', accountId: a, appId: app, product: 'standard', months: 1 }],
    [
      '2024-08-02T02:00:00Z',
      { do: 'RecordUsage', accountId: a, appId: app, samples: [{ meter: 'mau', day: '2024-08-01', value: 90_000 }] },
    ],
    [
      '2024-08-20T02:00:00Z',
      {
        do: 'RenewBatch',
        accountId: a,
        items: [
          { appId: 'nobody', product: 'standard', months: 1 },
          { appId: app, product: 'standard', months: 1 },
        ],
      },
    ],
    ['2024-09-10T02:00:00Z', { do: 'ChargeAccount', accountId: a, amount: '5000.00', service: 'calls' }],
    ['2024-12-24T02:00:00Z', { do: 'TopUp', accountId: a, amount: '9000.00', reference: 'r-2' }],
  ];
  return steps.map(([at, command]) => ({ at: instant(at), command }));
};

type Story = Pick<SimulationResult, 'events'>['events'];
const ofStream = (events: Story, stream: string): unknown => events.filter((event) => event.stream === stream);

const streamOf = async (stream: string): Promise<unknown> =>
  (await readAll(server.adapter(), stream)).map(({ type, revision, data }) => ({
    type,
    effectiveAt: Object(data)['effectiveAt'],
    stream,
    revision: Number(revision),
    data,
  }));

describe('the ledger under the rules of the domain', () => {
  it('writes what the simulation says, to the byte, and every chain holds', async () => {
    const steps = journey();
    const { events, refusals } = simulate(steps);
    const refused: unknown[] = [];
    for (const [step, { at, command }] of steps.entries()) {
      now = at * 1000 + 999;
      if (command === undefined) continue;
      const outcome = await send(command);
      expect(['done', 'refused']).toContain(outcome.kind);
      if (outcome.kind === 'refused') refused.push([step, outcome.refused.refusal]);
    }
    const streams = new Set(events.map(({ stream }) => stream));
    expect(streams.size).toBe(2);
    for (const stream of streams) {
      expect(await streamOf(stream)).toEqual(ofStream(events, stream));
      expect(await verifyChain(stream, await readAll(server.adapter(), stream))).toMatchObject({ broken: null });
    }
    expect(refused).toEqual(
      refusals.filter(({ item }) => item === undefined).map(({ step, refusal }) => [step, refusal]),
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Renewed', 'Suspended', 'BillIssued', 'Overdue']),
    );
  });

  it('answers the same from a stored state, and from none', async () => {
    const steps = journey();
    for (const { at, command } of steps.slice(0, 6)) {
      now = at * 1000;
      if (command !== undefined) await send(command);
    }
    const fresh = await ledger.state(a);
    if (fresh.kind !== 'state') throw new Error('no state');
    const { account, chain, revision } = fresh;
    const stored = { revision: BigInt(revision), chain, state: toStored(account), foldVersion: FOLD_VERSION };
    const clock = (): number => Date.parse('2025-01-01T00:00:00Z');
    const withState = new Ledger({ store: server.adapter(), clock, storedStates: async () => stored });
    const without = new Ledger({ store: server.adapter(), clock });
    const command: Command = { do: 'TopUp', accountId: a, amount: '1.00' };
    const shown = await withState.execute({ commandId: 'k', command, actor, dryRun: true });
    expect(shown).toMatchObject({ kind: 'dry-run', events: [{ type: 'FundsToppedUp' }] });
    expect(await without.execute({ commandId: 'k', command, actor, dryRun: true })).toEqual(shown);
    expect(await withState.state(a)).toEqual(await without.state(a));
  });

  it('keeps a contact apart and erases it', async () => {
    await send({ do: 'OpenAccount', accountId: a, currency: 'USD' });
    expect(await send({ do: 'SetContact', accountId: a, email: 'anna@example.com' })).toMatchObject({ kind: 'done' });
    expect(await send({ do: 'EraseContact', accountId: a })).toMatchObject({
      kind: 'done',
      receipt: { revision: '1' },
    });
    const text = JSON.stringify(await streamOf(accountStream(a)));
    expect(text).toContain('ContactErased');
    expect(text).not.toContain('anna');
  });
});
