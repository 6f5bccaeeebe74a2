/** How an order is paid: the vouchers named, then gift balance, then cash; in full or not at all. P-2.5, P-2.7 */
import type { Instant } from '../calendar.js';
import { refuse, type Refused } from '../decision.js';
import type { Paid, VoucherUse } from '../events.js';
import { compare, isZero, least, subtract, type Money } from '../money.js';
import { available, giftFirst, type Voucher, type Wallet } from './wallet.js';

export type Payable = {
  /** After the promotion; of an upgrade, the fee. */
  readonly amount: Money;
  /** What a voucher must be for; of an upgrade, the new package. */
  readonly product: string;
  readonly vouchers?: readonly string[] | undefined;
};

export const pay = (wallet: Wallet, { amount, product, vouchers = [] }: Payable, at: Instant): Paid | Refused => {
  const used: VoucherUse[] = [];
  let rest = amount;
  for (const voucherId of vouchers) {
    const voucher = wallet.vouchers.get(voucherId);
    if (!voucher) return refuse('VoucherUnknown', { voucherId });
    if (voucher.used || used.some((use) => use.voucherId === voucherId)) return refuse('VoucherUsed', { voucherId });
    const unusable = whyUnusable(voucher, amount, product, at);
    if (unusable) return unusable;
    if (isZero(rest)) return refuse('VoucherNotNeeded', { voucherId });
    // P-2.7 A remainder of the voucher is lost.
    const use = least(voucher.amount, rest);
    used.push({ voucherId, amount: use });
    rest = subtract(rest, use);
  }
  const has = available(wallet);
  if (compare(rest, has) > 0) return refuse('InsufficientFunds', { required: rest, available: has });
  return { vouchers: used, ...giftFirst(wallet, rest) };
};

const whyUnusable = (voucher: Voucher, amount: Money, product: string, at: Instant): Refused | null => {
  const { voucherId, validFrom, validUntil, minimumOrder, products } = voucher;
  if ((validFrom !== null && at < validFrom) || at >= validUntil) return refuse('VoucherNotValid', { voucherId });
  const tooSmall = minimumOrder !== null && compare(amount, minimumOrder) < 0;
  if (tooSmall || (products !== null && !products.includes(product)))
    return refuse('VoucherNotApplicable', { voucherId, product, amount, minimumOrder });
  return null;
};
