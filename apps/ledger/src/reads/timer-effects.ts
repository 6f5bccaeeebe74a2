/** What the deadlines of a page will do: the domain foresees it, from the states of the rows and the usage so far. */
import {
  evolveUsage,
  foresee,
  instant,
  usageOf,
  usageStream,
  type Account,
  type Timer,
  type TimerView,
  type UsageMonth,
} from '@ledger/domain';
import { decode, USAGE_EVENTS, type EventStore } from '@ledger/event-store';
import { accountsOfTimers, type ArmedTimer, type ReadDatabase } from '@ledger/read-models';
import { effectInWords } from './effect-in-words.js';
import { quarantined } from './quarantined.js';
import type { TimerDto, WillDto } from './timers.answers.dto.js';

export type Sources = {
  readonly database: ReadDatabase;
  readonly store: EventStore;
  /** Whether usage is read for what settlements come to. */
  readonly billsToo: boolean;
};

const NOT_WORKED_OUT: WillDto = {
  summary: 'draws up the bill; with accountId= it is said what it comes to so far',
  events: [],
  amount: null,
  required: null,
  available: null,
};

/** The timers come in the order of time. Throws a StoreError. */
export const withEffects = async (items: readonly ArmedTimer[], sources: Sources): Promise<readonly TimerDto[]> => {
  const accounts = await accountsOfTimers(sources.database, [...new Set(items.map(({ accountId }) => accountId))]);
  const wills = new Map<ArmedTimer, WillDto>();
  for (const [accountId, account] of accounts) {
    const own = items.filter((item) => item.accountId === accountId && (sources.billsToo || !isSettlement(item)));
    const timers = own.map(timerOf);
    const foreseen = foresee(account, timers, await usageFor(account, timers, sources.store));
    for (const [i, one] of foreseen.entries()) {
      const item = own[i];
      if (item) wills.set(item, effectInWords(one, account.currency));
    }
  }
  return items.map((item) => ({ ...item, will: wills.get(item) ?? NOT_WORKED_OUT }));
};

const isSettlement = ({ kind }: TimerView): boolean => kind === 'settle-month' || kind === 'settle-day';

/** The domain's timer of a row. */
const timerOf = ({ kind, appId, dueAt, product, period, daysLeft }: TimerView): Timer => {
  const at = instant(dueAt);
  switch (kind) {
    case 'settle-month':
    case 'settle-day':
      return { kind, appId: null, dueAt: at, period: period ?? '' };
    case 'suspend-arrears':
      return { kind, appId: null, dueAt: at };
    case 'term-end':
      return { kind, appId: appId ?? '', dueAt: at, product: product ?? '' };
    case 'notice':
      return { kind, appId: appId ?? '', dueAt: at, ...(daysLeft !== undefined && { daysLeft }) };
    case 'trial-end':
    case 'suspend-lapsed':
    case 'reclaim':
      return { kind, appId: appId ?? '', dueAt: at };
  }
};

/** The usage that the settlements among them would read, each stream once. */
const usageFor = async (
  account: Account,
  timers: readonly Timer[],
  store: EventStore,
): Promise<ReadonlyMap<string, UsageMonth>> => {
  const streams = new Set<string>();
  for (const timer of timers)
    if (timer.kind === 'settle-month' || timer.kind === 'settle-day')
      for (const { appId, month } of usageOf(account, timer)) streams.add(usageStream(appId, month));
  const read = new Map<string, UsageMonth>();
  for (const stream of streams) {
    let usage: UsageMonth | null = null;
    for await (const recorded of store.read(stream, { requiresLeader: true })) {
      const decoded = decode(USAGE_EVENTS, recorded);
      if (decoded.kind === 'unreadable') throw quarantined(decoded);
      usage = evolveUsage(usage, decoded.event, recorded.revision);
    }
    if (usage !== null) read.set(stream, usage);
  }
  return read;
};
