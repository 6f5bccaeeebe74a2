/**
 * The trial balance of a whole store: every account folded from its own stream, one at a time, none from a read model. The
 * accounts are those whose first event stands in the log, so memory does not grow with their number.
 */
import {
  add,
  evolve,
  instant,
  iso,
  isZero,
  type Account,
  type Currency,
  type Instant,
  type Money,
} from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type EventStore, type RecordedEvent } from '@ledger/event-store';
import { AccountBalance, SOURCES, USES, type Balance, type BalanceLine } from './account-balance.js';
import { unreadable } from './account-outline.js';
import type { Finding } from './finding.js';

export type CurrencyBalance = Balance & { readonly currency: Currency; readonly accounts: number };

export type TrialStep =
  /** How far the log has been gone through; positions are sparse, so it is a share, not a number of events. */
  | { readonly kind: 'progress'; readonly accounts: number; readonly position: string; readonly head: string }
  /** The account whose money does not sum to nothing. */
  | { readonly kind: 'off'; readonly accountId: string; readonly currency: Currency; readonly difference: Money }
  | { readonly kind: 'unreadable'; readonly accountId: string; readonly finding: Finding }
  | {
      readonly kind: 'balance';
      readonly at: string;
      readonly accounts: number;
      readonly off: number;
      readonly unreadable: number;
      readonly currencies: readonly CurrencyBalance[];
    };

const ACCOUNTS_SIDE_BY_SIDE = 8;

/** Ends with a `balance`, unless the signal ends it before. Throws a StoreError. */
export async function* trialBalance(
  store: EventStore,
  at: Instant,
  signal: AbortSignal,
): AsyncGenerator<TrialStep, void, undefined> {
  const totals = new Map<Currency, Total>();
  let [accounts, off, broken] = [0, 0, 0];
  const head = await store.head();
  for await (const { accountIds, position } of openedAccounts(store, head?.commit ?? null, signal)) {
    for (let first = 0; first < accountIds.length && !signal.aborted; first += ACCOUNTS_SIDE_BY_SIDE) {
      const some = accountIds.slice(first, first + ACCOUNTS_SIDE_BY_SIDE);
      for (const found of await Promise.all(some.map((accountId) => balanceOf(store, accountId, at)))) {
        if (found === null) continue;
        accounts += 1;
        if ('finding' in found) {
          broken += 1;
          yield { kind: 'unreadable', ...found };
          continue;
        }
        const { accountId, currency, balance } = found;
        const total = totals.get(currency) ?? new Total(currency);
        totals.set(currency, total);
        total.add(balance);
        if (isZero(balance.difference)) continue;
        off += 1;
        yield { kind: 'off', accountId, currency, difference: balance.difference };
      }
    }
    yield { kind: 'progress', accounts, position: String(position), head: String(head?.commit ?? 0) };
  }
  if (signal.aborted) return;
  const currencies = [...totals.values()].map((total) => total.result()).toSorted(byCurrency);
  yield { kind: 'balance', at: iso(at), accounts, off, unreadable: broken, currencies };
}

const byCurrency = (a: CurrencyBalance, b: CurrencyBalance): number => (a.currency < b.currency ? -1 : 1);

type Opened = { readonly accountIds: readonly string[]; readonly position: bigint };

/** The accounts opened up to a place in the log, some at a time. */
async function* openedAccounts(
  store: EventStore,
  head: bigint | null,
  signal: AbortSignal,
): AsyncGenerator<Opened, void, undefined> {
  const end = new AbortController();
  const either = AbortSignal.any([signal, end.signal]);
  if (head === null) return;
  try {
    for await (const { events, position, caughtUp } of store.subscribe({
      prefixes: ['account-'],
      from: 'start',
      signal: either,
    })) {
      const accountIds = events.filter(({ revision }) => revision === 0n).map(accountIdOf);
      const reached = position === 'start' ? 0n : position.commit;
      yield { accountIds, position: reached };
      if (caughtUp || reached >= head) return;
    }
  } finally {
    end.abort();
  }
}

const accountIdOf = ({ stream }: RecordedEvent): string => stream.slice('account-'.length);

type AccountFound =
  | { readonly accountId: string; readonly currency: Currency; readonly balance: Balance }
  | { readonly accountId: string; readonly finding: Finding };

/** Null for an account that was not there yet. */
const balanceOf = async (store: EventStore, accountId: string, at: Instant): Promise<AccountFound | null> => {
  const sums = new AccountBalance();
  let account: Account | null = null;
  for await (const recorded of store.read(`account-${accountId}`, { requiresLeader: true })) {
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') return { accountId, finding: unreadable(recorded, decoded.reason) };
    if (instant(decoded.event.effectiveAt) > at) break;
    try {
      account = evolve(account, decoded.event);
      sums.add(decoded.event);
    } catch (error) {
      return { accountId, finding: unreadable(recorded, String(error)) };
    }
  }
  return account && { accountId, currency: account.currency, balance: sums.at(account, at) };
};

/** All accounts of one currency. */
class Total {
  #accounts = 0;
  readonly #lines = new Map<BalanceLine, Money>();
  readonly #months = new Map<string, Money>();
  #difference: Money = '0.00';

  constructor(private readonly currency: Currency) {}

  add({ lines, notYetEarnedByMonth, difference }: Balance): void {
    this.#accounts += 1;
    for (const line of [...SOURCES, ...USES]) this.#lines.set(line, add(this.#of(line), lines[line]));
    for (const [month, amount] of Object.entries(notYetEarnedByMonth))
      this.#months.set(month, add(this.#months.get(month) ?? '0.00', amount));
    this.#difference = add(this.#difference, difference);
  }

  result(): CurrencyBalance {
    return {
      currency: this.currency,
      accounts: this.#accounts,
      lines: {
        toppedUp: this.#of('toppedUp'),
        giftsGranted: this.#of('giftsGranted'),
        vouchersIssued: this.#of('vouchersIssued'),
        cash: this.#of('cash'),
        inArrears: this.#of('inArrears'),
        gift: this.#of('gift'),
        vouchersOutstanding: this.#of('vouchersOutstanding'),
        vouchersExpired: this.#of('vouchersExpired'),
        vouchersUsed: this.#of('vouchersUsed'),
        vouchersForfeited: this.#of('vouchersForfeited'),
        charged: this.#of('charged'),
        billed: this.#of('billed'),
        earned: this.#of('earned'),
        notYetEarned: this.#of('notYetEarned'),
      },
      notYetEarnedByMonth: Object.fromEntries([...this.#months].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      difference: this.#difference,
    };
  }

  #of(line: BalanceLine): Money {
    return this.#lines.get(line) ?? '0.00';
  }
}
