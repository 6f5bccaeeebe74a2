/**
 * An account's wallet: cash, gift balance, vouchers, and the references of payments already taken.
 *
 * Cash may be negative (a debt); then the gift balance is 0 (P-5.9).
 */
import { instant, type Instant } from '../calendar.js';
import type { Paid, Split, VoucherIssued } from '../events.js';
import { GrowingSet } from '../growing-set.js';
import { add, greatest, isNegative, least, negate, subtract, ZERO, type Money } from '../money.js';

export type Voucher = {
  readonly voucherId: string;
  readonly amount: Money;
  readonly validFrom: Instant | null;
  /** Not valid at this instant any more (P-2.7). */
  readonly validUntil: Instant;
  readonly minimumOrder: Money | null;
  /** Null: for every product. */
  readonly products: readonly string[] | null;
  readonly used: boolean;
};

export type Wallet = {
  readonly cash: Money;
  readonly gift: Money;
  readonly vouchers: ReadonlyMap<string, Voucher>;
  readonly references: GrowingSet;
};

export const EMPTY_WALLET: Wallet = { cash: ZERO, gift: ZERO, vouchers: new Map(), references: GrowingSet.EMPTY };

/** What the wallet can pay an order with. */
export const available = ({ cash, gift }: Wallet): Money => add(cash, gift);

/** The debt: what cash lacks to 0. */
export const debt = ({ cash }: Wallet): Money => (isNegative(cash) ? negate(cash) : ZERO);

/** P-5.9 What of a gift or refund settles the debt, and what goes to the gift balance. */
export const settled = (wallet: Wallet, amount: Money): Money => least(debt(wallet), amount);

/** P-2.5 Gift first, then cash: how an amount that the wallet covers, or a bill, is split. */
export const giftFirst = ({ gift }: Wallet, amount: Money): Split => {
  const fromGift = least(gift, greatest(amount, ZERO));
  return { gift: fromGift, cash: subtract(amount, fromGift) };
};

/** P-5.9 The movement of the two balances when cash and gift come back: a debt takes from the gift first. */
export const backInto = (wallet: Wallet, { gift, cash }: Split): Split => {
  const toDebt = settled({ ...wallet, cash: add(wallet.cash, cash) }, gift);
  return { gift: subtract(gift, toDebt), cash: add(cash, toDebt) };
};

export const moved = (wallet: Wallet, { gift, cash }: Split): Wallet => ({
  ...wallet,
  cash: add(wallet.cash, cash),
  gift: add(wallet.gift, gift),
});

export const taken = (wallet: Wallet, { gift, cash }: Split): Wallet => ({
  ...wallet,
  cash: subtract(wallet.cash, cash),
  gift: subtract(wallet.gift, gift),
});

export const referred = (wallet: Wallet, reference: string | undefined): Wallet =>
  reference === undefined ? wallet : { ...wallet, references: wallet.references.with(reference) };

export const withVoucher = (wallet: Wallet, event: VoucherIssued): Wallet => ({
  ...wallet,
  vouchers: new Map(wallet.vouchers).set(event.voucherId, {
    voucherId: event.voucherId,
    amount: event.amount,
    validFrom: event.validFrom === undefined ? null : instant(event.validFrom),
    validUntil: instant(event.validUntil),
    minimumOrder: event.minimumOrder ?? null,
    products: event.products ?? null,
    used: false,
  }),
});

/** Takes a payment; a voucher is used up, whatever it was worth (P-2.7). */
export const paidFrom = (wallet: Wallet, paid: Paid): Wallet => {
  const rest = taken(wallet, paid);
  if (paid.vouchers.length === 0) return rest;
  const vouchers = new Map(rest.vouchers);
  for (const { voucherId } of paid.vouchers) {
    const voucher = vouchers.get(voucherId);
    if (voucher) vouchers.set(voucherId, { ...voucher, used: true });
  }
  return { ...rest, vouchers };
};
