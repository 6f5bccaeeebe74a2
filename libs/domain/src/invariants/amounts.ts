/** Whether the amounts of an event are the sums of their parts, to the cent. P-0.3 */
import type { LedgerEvent, Paid, RefundLine, Split, Upgraded } from '../events.js';

/** Money has two decimals, so a text without its point counts cents. */
export const cents = (money: string): bigint => BigInt(money.replace('.', ''));

export const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + cents(amount), 0n);

export const paidInVouchers = ({ vouchers }: Paid): bigint => sum(vouchers.map(({ amount }) => amount));

export const both = ({ gift, cash }: Split): bigint => cents(gift) + cents(cash);

const isRefundRight = ({ paid, used, amount, ...back }: RefundLine): boolean => {
  const left = both(paid) - cents(used);
  return both(back) === cents(amount) && cents(amount) === (left > 0n ? left : 0n);
};

const isUpgradeRight = ({ refunds, fee, paid, parts }: Upgraded): boolean =>
  refunds.every(isRefundRight) &&
  cents(fee) === both(paid) + paidInVouchers(paid) &&
  cents(fee) === sum(parts.map((part) => part.fee)) &&
  sum(parts.map(({ gift }) => gift)) === cents(paid.gift) &&
  sum(parts.map(({ cash }) => cash)) === cents(paid.cash);

export const amountsAgree = (event: LedgerEvent): boolean => {
  if (event.type === 'Purchased' || event.type === 'Renewed')
    return cents(event.order.amount) === both(event.order.paid) + paidInVouchers(event.order.paid);
  if (event.type === 'AccountCharged') return cents(event.amount) === both(event);
  if (event.type === 'Upgraded') return isUpgradeRight(event);
  if (event.type === 'BillIssued')
    return cents(event.total) === both(event) && cents(event.total) === sum(event.lines.map(({ amount }) => amount));
  if (event.type === 'Refunded')
    return (
      event.lines.every(isRefundRight) &&
      cents(event.amount) === both(event) &&
      cents(event.amount) === sum(event.lines.map(({ amount }) => amount))
    );
  return true;
};
