/**
 * The smallest rules that show every turn of the write path: an account with a sum, apps with a deadline 60 seconds
 * after their creation, and a bill in two parts 60 seconds later that counts the usage read for it.
 */
import { REFUSALS, instant, iso, usageStream } from '@ledger/domain';
import type {
  AccountEvent,
  AppCreated,
  Command,
  Decided,
  Decision,
  Instant,
  ItemResult,
  Money,
  Refused,
  RefusalName,
  UsageEvent,
} from '@ledger/domain';
import type { GivenTo, Rules } from '../rules.js';

export type ToyTimer = {
  readonly kind: 'suspend' | 'bill' | 'bill-again';
  readonly appId: string;
  readonly at: Instant;
};
export type Toy = {
  readonly accountId: string;
  readonly cash: number;
  readonly apps: readonly string[];
  readonly timers: readonly ToyTimer[];
  readonly bills: number;
  readonly banned: boolean;
};
export type ToyUsage = { readonly revision: bigint; readonly samples: number };

const money = (sum: number): Money => sum.toFixed(2);
const no = (refusal: RefusalName): Refused => ({ refusal, clause: REFUSALS[refusal], details: {} });
const yes = (...events: AccountEvent[]): Decided<AccountEvent> => ({ events, clauses: ['P-2.14'] });

const decide = (toy: Toy | null, command: Command, at: Instant, given: GivenTo<ToyUsage>): Decision => {
  const { accountId } = command;
  const of = { accountId, effectiveAt: iso(at) };
  if (command.do === 'OpenAccount')
    return toy === null ? yes({ type: 'AccountOpened', ...of, currency: command.currency }) : no('AccountExists');
  if (toy === null) return no('AccountUnknown');
  if (toy.banned) return no('AccountBanned');
  if (command.do === 'BanAccount') return yes({ type: 'AccountBanned', ...of });
  if (command.do === 'TopUp') return yes({ type: 'FundsToppedUp', ...of, amount: command.amount, settled: '0.00' });
  if (command.do === 'ChargeAccount') {
    if (toy.cash < Number(command.amount)) return no('InsufficientFunds');
    const { amount, service } = command;
    return yes({ type: 'AccountCharged', ...of, amount, service, gift: '0.00', cash: money(-Number(amount)) });
  }
  if (command.do === 'CreateApp') {
    const { appId, dataCentre } = command;
    const isFree = given.claimedBy === null || given.claimedBy === accountId;
    if (!isFree || toy.apps.includes(appId)) return no('AppExists');
    return yes({ type: 'AppCreated', ...of, appId, dataCentre, priceBook: 'toy', trialEndsAt: iso(at + 60) });
  }
  if (command.do === 'RecordUsage') {
    const { appId, samples } = command;
    if (!toy.apps.includes(appId)) return no('AppUnknown');
    if (samples.length <= (given.usage?.samples ?? 0)) return yes();
    return { events: [{ type: 'UsageRecorded', ...of, appId, samples }], clauses: ['P-7.6'] };
  }
  if (command.do === 'RenewBatch')
    return renewed(
      toy,
      command.items.map(({ appId }) => appId),
      of.effectiveAt,
    );
  if (command.do === 'EraseContact') return yes({ type: 'ContactErased', ...of });
  return yes();
};

/** Every item is renewed whose app there is. */
const renewed = ({ accountId, apps }: Toy, items: readonly string[], effectiveAt: string): Decision => {
  const results = items.map((appId, item): ItemResult => {
    const place = { appId, product: 'standard' };
    return apps.includes(appId) ? { ...place, orderId: `${appId}-${item}` } : { ...place, ...no('AppUnknown') };
  });
  const events = results.flatMap((result): AccountEvent[] => {
    if (!('orderId' in result)) return [];
    const { appId, orderId, product } = result;
    const none = { vouchers: [], gift: '0.00', cash: '0.00' };
    const place = { priceBook: 'toy', priceRow: 'toy', quantity: 1, startsAt: effectiveAt, listPrice: '0.00' };
    const order = { orderId, product, ...place, amount: '0.00', paid: none };
    return [{ type: 'Renewed', accountId, effectiveAt, appId, order, automatic: false }];
  });
  return events.length === 0 ? { ...no('AppUnknown'), items: results } : { events, clauses: ['P-3.3'], items: results };
};

const armed = ({ appId, effectiveAt }: AppCreated): readonly ToyTimer[] => {
  const at = instant(effectiveAt) + 60;
  return [
    { kind: 'suspend', appId, at },
    { kind: 'bill', appId, at: at + 60 },
    { kind: 'bill-again', appId, at: at + 60 },
  ];
};

const evolve = (toy: Toy | null, event: AccountEvent): Toy => {
  const account = toy ?? { accountId: event.accountId, cash: 0, apps: [], timers: [], bills: 0, banned: false };
  const { cash, apps, timers, bills } = account;
  if (event.type === 'FundsToppedUp') return { ...account, cash: cash + Number(event.amount) };
  if (event.type === 'AccountCharged') return { ...account, cash: cash + Number(event.cash) };
  if (event.type === 'AccountBanned') return { ...account, banned: true };
  if (event.type === 'Suspended') return { ...account, timers: timers.slice(1) };
  if (event.type === 'BillIssued') return { ...account, timers: timers.slice(1), bills: bills + 1 };
  if (event.type !== 'AppCreated') return account;
  const next = [...timers, ...armed(event)].toSorted((a, b) => a.at - b.at);
  return { ...account, apps: [...apps, event.appId], timers: next };
};

const MONTH = '2024-08';

const advance = ({ accountId, timers: [timer] }: Toy, usage: ReadonlyMap<string, ToyUsage>): Decided<AccountEvent> => {
  if (timer === undefined) return yes();
  const { appId, kind } = timer;
  const of = { accountId, effectiveAt: iso(timer.at) };
  if (kind === 'suspend')
    return yes({
      type: 'Suspended',
      ...of,
      appId,
      cause: 'trial-over',
      suspendedSince: of.effectiveAt,
      reclaimAt: null,
    });
  const sources = [...usage].map(([stream, { revision }]) => ({ stream, revision: String(revision) }));
  const bill = { billId: `${accountId}-${MONTH}`, period: MONTH, lines: [], total: '0.00', gift: '0.00', cash: '0.00' };
  return yes({ type: 'BillIssued', ...of, ...bill, sources, part: kind === 'bill' ? 1 : 2, parts: 2 });
};

export const toyRules: Rules<Toy, ToyUsage> = {
  RULES_VERSION: 1,
  FOLD_VERSION: 7,
  decide,
  evolve,
  evolveUsage: (month, { samples }: UsageEvent, revision) => ({
    revision,
    samples: (month?.samples ?? 0) + samples.length,
  }),
  nextDueAt: ({ timers }) => timers[0]?.at ?? null,
  usageDue: ({ timers: [timer] }) =>
    timer === undefined || timer.kind === 'suspend' ? [] : [{ appId: timer.appId, month: MONTH }],
  advance,
  fromStored: (stored) => JSON.parse(stored) as Toy,
};

export const toyUsageStream = (appId: string): string => usageStream(appId, MONTH);
