/** A ledger under the toy rules, on a clock that the spec moves. */
import { accountStream } from '@ledger/domain';
import type { Command, Sample } from '@ledger/domain';
import { ACCOUNT_EVENTS } from '../catalogue.js';
import { emptyFold } from '../fold.js';
import { bodyHash } from '../metadata.js';
import { Origins } from '../origins.js';
import { seal } from '../seal.js';
import type { Outcome, Receipt } from '../outcome.js';
import type { EventStore } from '../port.js';
import { WritePath } from '../write-path.js';
import type { WritePathOptions } from '../write-path.js';
import { unique } from './store.js';
import { toyRules } from './toy-rules.js';
import type { Toy, ToyUsage } from './toy-rules.js';

export const START = Date.parse('2024-08-01T02:00:00Z');

export class TestClock {
  /** Milliseconds since the epoch. */
  now = START;
  readonly read = (): number => this.now;

  pass(seconds: number): void {
    this.now += seconds * 1000;
  }
}

export type ToyLedger = WritePath<Toy, ToyUsage>;

export const toyLedger = (store: EventStore, options: Partial<WritePathOptions> = {}): ToyLedger =>
  new WritePath(toyRules, { store, clock: () => START, ...options });

const actor = { subject: 'tester', role: 'ops' };

export const send = (ledger: ToyLedger, command: Command, commandId: string = unique('key')): Promise<Outcome<Toy>> =>
  ledger.execute({ commandId, command, actor });

export const open = (accountId: string): Command => ({ do: 'OpenAccount', accountId, currency: 'USD' });
export const topUp = (accountId: string, amount = '1.00'): Command => ({ do: 'TopUp', accountId, amount });
export const charge = (accountId: string, amount = '1.00'): Command => ({
  do: 'ChargeAccount',
  accountId,
  amount,
  service: 'calls',
});
export const createApp = (accountId: string, appId: string): Command => ({
  do: 'CreateApp',
  accountId,
  appId,
  dataCentre: 'singapore',
});
export const sample: Sample = { meter: 'mau', day: '2024-08-01', value: 1 };
export const recordUsage = (accountId: string, appId: string, count = 1): Command => ({
  do: 'RecordUsage',
  accountId,
  appId,
  samples: Array.from({ length: count }, () => sample),
});

/** The receipt of what must have been done. */
export const receipt = (outcome: Outcome<Toy>): Receipt => {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.receipt;
};

/** As many payments of 1.00, with the keys `k0`, `k1` …, as a ledger would have written them, in one append. */
export const seedTopUps = async (
  store: EventStore,
  ledger: ToyLedger,
  accountId: string,
  count: number,
): Promise<void> => {
  const fresh = await ledger.state(accountId);
  if (fresh.kind !== 'state') throw new Error(`no account ${accountId}`);
  const command = topUp(accountId);
  const origins = new Origins(1, () => START);
  const effectiveAt = new Date(START).toISOString().replace('.000', '');
  const event = { type: 'FundsToppedUp', accountId, effectiveAt, amount: '1.00', settled: '0.00' } as const;
  const place = emptyFold<Toy>(accountStream(accountId));
  let { chain } = fresh;
  const events = Array.from({ length: count }, (_, i) => {
    const asked = { commandId: `k${i}`, id: `c:k${i}`, command, actor, hash: bodyHash(command) };
    const origin = origins.ofCommand(asked, { events: [event], clauses: [] });
    const [sealed] = seal(ACCOUNT_EVENTS, true, { ...place, chain }, [event], origin);
    if (sealed?.metadata.chain === undefined) throw new Error('an event without a chain');
    chain = sealed.metadata.chain;
    return sealed.stored;
  });
  const answer = await store.append(place.stream, events, BigInt(fresh.revision));
  if (answer.kind !== 'appended') throw new Error(answer.kind);
};
