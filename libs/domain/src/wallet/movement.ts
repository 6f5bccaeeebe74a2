/**
 * What an event moves in the wallet: one line of the journal, the same amounts that `evolve` folds. P-2.5, P-5.9, P-8.1
 *
 * Vouchers are no balance (P-5.1); an order that they paid in full moves nothing and is a line all the same.
 */
import type { AccountEvent, Paid, Split, VoucherUse } from '../events.js';
import { add, negate, subtract, type Money } from '../money.js';

export type Movement = Split & { readonly vouchers: readonly VoucherUse[] };

const moved = (gift: Money, cash: Money, vouchers: readonly VoucherUse[] = []): Movement => ({ gift, cash, vouchers });

const taken = ({ gift, cash }: Split, vouchers: readonly VoucherUse[] = []): Movement =>
  moved(negate(gift), negate(cash), vouchers);

const paid = (by: Paid): Movement => taken(by, by.vouchers);

/** Null for what is no matter of money. */
export const movementOf = (event: AccountEvent): Movement | null => {
  switch (event.type) {
    case 'FundsToppedUp':
      return moved('0.00', event.amount);
    case 'GiftGranted':
      return moved(subtract(event.amount, event.settled), event.settled);
    case 'AccountCharged':
    case 'BillIssued':
      return taken(event);
    case 'Purchased':
    case 'Renewed':
      return paid(event.order.paid);
    case 'Upgraded': {
      const back = (part: 'gift' | 'cash'): Money => add(...event.refunds.map((line) => line[part]));
      const { gift, cash, vouchers } = paid(event.paid);
      return moved(add(back('gift'), gift), add(back('cash'), cash), vouchers);
    }
    case 'Refunded':
      return moved(event.gift, event.cash);
    case 'AccountOpened':
    case 'VoucherIssued':
    case 'ContactErased':
    case 'AccountBanned':
    case 'RefundsBlocked':
    case 'RefundsUnblocked':
    case 'AppCreated':
    case 'TrialExtended':
    case 'AppDisabled':
    case 'AppEnabled':
    case 'AppDeleted':
    case 'PriceBookMigrated':
    case 'AutoRenewalFailed':
    case 'RenewalSettingChanged':
    case 'HistoryTierSet':
    case 'NoticeIssued':
    case 'Expired':
    case 'AddOnEnded':
    case 'Suspended':
    case 'Resumed':
    case 'ResourcesReclaimed':
    case 'Overdue':
    case 'ArrearsCleared':
    case 'DaySettled':
      return null;
  }
};

/** What a wallet holds after so much has moved. */
export const balanceAfter = ({ gift, cash }: Split, movement: Split): Split => ({
  gift: add(gift, movement.gift),
  cash: add(cash, movement.cash),
});

/** What it held before. */
export const balanceBefore = ({ gift, cash }: Split, movement: Split): Split => ({
  gift: subtract(gift, movement.gift),
  cash: subtract(cash, movement.cash),
});
