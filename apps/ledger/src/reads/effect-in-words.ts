/** What time will bring, for people: the events in words, and the money that moves. */
import { add, movementOf, type AccountEvent, type Currency, type Foreseen } from '@ledger/domain';
import type { WillDto } from './timers.answers.dto.js';

export const effectInWords = ({ events, before }: Foreseen, currency: Currency): WillDto => {
  const movements = events.map(movementOf).filter((movement) => movement !== null);
  const failed = events.find((event) => event.type === 'AutoRenewalFailed');
  const renewed = events.find((event) => event.type === 'Renewed');
  return {
    summary: events.length === 0 ? 'nothing: what comes before voids it' : events.map(wordsFor(currency)).join('; '),
    events: events.map(({ type }) => type),
    amount: movements.length === 0 ? null : add(...movements.flatMap(({ gift, cash }) => [gift, cash])),
    required: failed?.required ?? renewed?.order.amount ?? null,
    available: failed?.available ?? (renewed ? add(before.wallet.gift, before.wallet.cash) : null),
  };
};

const wordsFor =
  (currency: Currency) =>
  (event: AccountEvent): string => {
    switch (event.type) {
      case 'Renewed':
        return `renews ${event.order.product} until ${event.order.endsAt ?? 'it is ended'} for ${event.order.amount} ${currency}`;
      case 'AutoRenewalFailed':
        return event.required === undefined
          ? `does not renew ${event.product} (${event.cause})`
          : `does not renew ${event.product} (${event.cause}): ${event.required} ${currency} needed, ${event.available} there`;
      case 'Expired':
        return `ends ${event.product}, with grace until ${event.graceEndsAt}`;
      case 'AddOnEnded':
        return `ends the add-on ${event.product}`;
      case 'Suspended':
        return event.reclaimAt === null
          ? `stops the app (${event.cause})`
          : `stops the app (${event.cause}); its resources go at ${event.reclaimAt}`;
      case 'Resumed':
        return 'lets the app serve again';
      case 'ResourcesReclaimed':
        return `takes the app's resources away for good, after its stop at ${event.suspendedSince}`;
      case 'NoticeIssued':
        return event.daysLeft === undefined
          ? `issues the ${event.notice} notice`
          : `issues the ${event.notice} notice, ${event.daysLeft} days left`;
      case 'BillIssued':
        return `charges ${event.total} ${currency} for ${event.period}, in ${event.lines.length} lines as far as is known`;
      case 'DaySettled':
        return `settles ${event.period}, with nothing to charge`;
      case 'Overdue':
        return `leaves the account overdue with ${event.balance} ${currency}; its apps stop at ${event.suspendsAt}`;
      case 'ArrearsCleared':
        return 'ends the arrears';
      // What only commands bring.
      case 'AccountOpened':
      case 'FundsToppedUp':
      case 'GiftGranted':
      case 'VoucherIssued':
      case 'AccountCharged':
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
      case 'Purchased':
      case 'RenewalSettingChanged':
      case 'Upgraded':
      case 'Refunded':
      case 'HistoryTierSet':
        return event.type;
    }
  };
