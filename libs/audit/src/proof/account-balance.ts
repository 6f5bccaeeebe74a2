/**
 * One account's lines of the trial balance. What came in and what went is read from the events, what stands is read from the
 * state they lead to; so the difference is nothing exactly when the fold kept every cent.
 */
import {
  add,
  isNegative,
  localMonth,
  subtract,
  unearnedOrders,
  type Account,
  type AccountEvent,
  type Instant,
  type Money,
  type Paid,
} from '@ledger/domain';

const ZERO: Money = '0.00';

/** What came in. */
export const SOURCES = ['toppedUp', 'giftsGranted', 'vouchersIssued'] as const;

/** Where it is now. */
export const USES = [
  /** What accounts hold, without those in debt. */
  'cash',
  /** What accounts owe; negative. */
  'inArrears',
  'gift',
  /** Issued, not used, still valid. */
  'vouchersOutstanding',
  'vouchersExpired',
  /** What vouchers paid of orders, and the rests that were lost (P-2.7). */
  'vouchersUsed',
  'vouchersForfeited',
  /** Charges of other services (P-8.4), and bills. */
  'charged',
  'billed',
  /** Of what orders were paid with cash and gift, less refunds: by the second (P-5.2). */
  'earned',
  'notYetEarned',
] as const;

export type BalanceLine = (typeof SOURCES)[number] | (typeof USES)[number];

export type Balance = {
  readonly lines: { readonly [Line in BalanceLine]: Money };
  /** `notYetEarned` by the local month in which a term month begins. */
  readonly notYetEarnedByMonth: { readonly [month: string]: Money };
  /** What came in less where it is: nothing. */
  readonly difference: Money;
};

export class AccountBalance {
  #toppedUp = ZERO;
  #gifts = ZERO;
  #vouchersIssued = ZERO;
  #vouchersUsed = ZERO;
  #charged = ZERO;
  #billed = ZERO;
  #refunded = ZERO;
  /** Cash and gift paid for each order, fees of upgrades included. */
  readonly #paid = new Map<string, Money>();

  /** The events in their order. */
  add(event: AccountEvent): void {
    if (event.type === 'FundsToppedUp') this.#toppedUp = add(this.#toppedUp, event.amount);
    if (event.type === 'GiftGranted') this.#gifts = add(this.#gifts, event.amount);
    if (event.type === 'VoucherIssued') this.#vouchersIssued = add(this.#vouchersIssued, event.amount);
    if (event.type === 'AccountCharged') this.#charged = add(this.#charged, event.amount);
    if (event.type === 'BillIssued') this.#billed = add(this.#billed, event.total);
    if (event.type === 'Purchased' || event.type === 'Renewed') {
      const { orderId, paid } = event.order;
      this.#pays(orderId, add(paid.gift, paid.cash));
      this.#redeems(paid);
    }
    if (event.type === 'Upgraded') {
      for (const { orderId, gift, cash } of event.parts) this.#pays(orderId, add(gift, cash));
      this.#redeems(event.paid);
    }
    const back = event.type === 'Upgraded' ? event.refunds : event.type === 'Refunded' ? event.lines : [];
    this.#refunded = add(this.#refunded, ...back.map(({ amount }) => amount));
  }

  /** `account` is the fold of the events added, of which none is later than `at`. */
  at(account: Account, at: Instant): Balance {
    const { wallet } = account;
    const open = unearnedOrders(account, at);
    const vouchers = [...wallet.vouchers.values()];
    const sumOf = (those: typeof vouchers): Money => add(...those.map(({ amount }) => amount));
    const unused = vouchers.filter(({ used }) => !used);
    const notYetEarned = add(...open.map(({ unearned }) => unearned));
    const openIds = new Set(open.map(({ orderId }) => orderId));
    const ended = [...this.#paid].filter(([orderId]) => !openIds.has(orderId)).map(([, paid]) => paid);
    const ofOpen = add(...open.map(({ paid }) => paid));
    const isInDebt = isNegative(wallet.cash);
    const lines = {
      toppedUp: this.#toppedUp,
      giftsGranted: this.#gifts,
      vouchersIssued: this.#vouchersIssued,
      cash: isInDebt ? ZERO : wallet.cash,
      inArrears: isInDebt ? wallet.cash : ZERO,
      gift: wallet.gift,
      vouchersOutstanding: sumOf(unused.filter(({ validUntil }) => validUntil > at)),
      vouchersExpired: sumOf(unused.filter(({ validUntil }) => validUntil <= at)),
      vouchersUsed: this.#vouchersUsed,
      vouchersForfeited: subtract(sumOf(vouchers.filter(({ used }) => used)), this.#vouchersUsed),
      charged: this.#charged,
      billed: this.#billed,
      earned: subtract(subtract(add(...ended, ofOpen), this.#refunded), notYetEarned),
      notYetEarned,
    };
    const months: { [month: string]: Money } = {};
    for (const { from, unearned } of open.flatMap(({ months: parts }) => parts)) {
      const month = localMonth(from);
      months[month] = add(months[month] ?? ZERO, unearned);
    }
    return { lines, notYetEarnedByMonth: months, difference: differenceOf(lines) };
  }

  #pays(orderId: string, amount: Money): void {
    this.#paid.set(orderId, add(this.#paid.get(orderId) ?? ZERO, amount));
  }

  #redeems({ vouchers }: Paid): void {
    this.#vouchersUsed = add(this.#vouchersUsed, ...vouchers.map(({ amount }) => amount));
  }
}

const differenceOf = (lines: Balance['lines']): Money =>
  subtract(add(...SOURCES.map((line) => lines[line])), add(...USES.map((line) => lines[line])));
