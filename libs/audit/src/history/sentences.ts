/** Every event in words, without its instant: a line of a replay, a cause in a difference, a branch of a reason. */
import type { AccountEvent, Hold, Paid, Split } from '@ledger/domain';

export const sentenceOf = (event: AccountEvent): string => {
  switch (event.type) {
    case 'AccountOpened':
      return `the account is opened in ${event.currency}`;
    case 'FundsToppedUp':
      return `${event.amount} paid in${settled(event.settled)}`;
    case 'GiftGranted':
      return `a gift of ${event.amount}${settled(event.settled)}`;
    case 'VoucherIssued':
      return `voucher ${event.voucherId} of ${event.amount}, valid until ${event.validUntil}`;
    case 'AccountCharged':
      return `${event.amount} charged for ${event.service} (${split(event)})`;
    case 'ContactErased':
      return 'the contact data are erased';
    case 'AccountBanned':
      return 'the account is banned';
    case 'RefundsBlocked':
      return `refunds ${of(event.appId)} are blocked`;
    case 'RefundsUnblocked':
      return `refunds ${of(event.appId)} are allowed again`;
    case 'AppCreated':
      return `app ${event.appId} is created in ${event.dataCentre} under ${event.priceBook}${event.trialEndsAt === undefined ? '' : `, on Trial until ${event.trialEndsAt}`}`;
    case 'TrialExtended':
      return `the Trial of ${event.appId} is extended until ${event.trialEndsAt}`;
    case 'AppDisabled':
      return `${event.appId} is disabled`;
    case 'AppEnabled':
      return `${event.appId} is enabled`;
    case 'AppDeleted':
      return `${event.appId} is deleted`;
    case 'PriceBookMigrated':
      return `${event.appId} moves from ${event.from} to ${event.to}, ${event.takesEffect === 'now' ? 'at once' : 'with its next order'}`;
    case 'Purchased': {
      const { appId, order, renewal } = event;
      return `${appId} buys ${ordered(order)}; renewal ${renewal}`;
    }
    case 'Renewed':
      return `${event.appId} renews ${ordered(event.order)}${event.automatic ? ', by itself' : ''}`;
    case 'AutoRenewalFailed':
      return `${event.appId} does not renew ${event.product} by itself: ${event.cause}${event.required === undefined ? '' : `, ${event.required} required and ${event.available} available`}`;
    case 'RenewalSettingChanged':
      return `${event.appId} renews ${event.product} ${event.mode === 'automatic' ? 'automatically' : event.mode === 'manual' ? 'by hand' : 'never'} from now on`;
    case 'Upgraded':
      return `${event.appId} is upgraded from ${event.from} to ${event.to} for ${event.fee} (${paid(event.paid)})${event.refunds.length === 0 ? '' : `; needless: ${event.refunds.map(({ product, amount }) => `${product} (${amount} back)`).join(', ')}`}`;
    case 'Refunded':
      return `${event.appId} gives back ${event.product} for ${event.amount} (${split(event)})`;
    case 'HistoryTierSet':
      return `${event.appId} keeps ${event.days} days of history`;
    case 'NoticeIssued':
      return `notice ${event.notice}${event.appId === undefined ? '' : ` for ${event.appId}`}${event.daysLeft === undefined ? '' : `, ${event.daysLeft} days left`}`;
    case 'Expired':
      return `the term of ${event.product} of ${event.appId} has ended; grace until ${event.graceEndsAt}`;
    case 'AddOnEnded':
      return `${event.product} of ${event.appId} has ended`;
    case 'Suspended':
      return `${event.appId} is suspended: ${CAUSES[event.cause]}${event.reclaimAt === null ? '' : `; its data go at ${event.reclaimAt}`}`;
    case 'Resumed':
      return `${event.appId} serves again`;
    case 'ResourcesReclaimed':
      return `the data of ${event.appId} are reclaimed; it was suspended at ${event.suspendedSince}`;
    case 'Overdue':
      return `the account is overdue with ${event.balance}; its apps stop at ${event.suspendsAt}`;
    case 'ArrearsCleared':
      return 'the arrears are cleared';
    case 'BillIssued':
      return `bill of ${event.period}${event.parts === undefined ? '' : `, part ${event.part} of ${event.parts}`}: ${event.total} on ${event.lines.length} lines (${split(event)})`;
    case 'DaySettled':
      return `${event.period} is settled; nothing to charge`;
  }
};

const CAUSES: Record<Hold, string> = {
  arrears: 'arrears',
  banned: 'the account is banned',
  disabled: 'disabled by an operator',
  lapsed: 'its package lapsed',
  refunded: 'its package was refunded',
  'trial-over': 'its Trial is over',
};

const of = (appId: string | undefined): string => (appId === undefined ? 'of the account' : `of ${appId}`);

const settled = (amount: string): string => (amount === '0.00' ? '' : `, ${amount} of it to the debt`);

const split = ({ gift, cash }: Split): string => `gift ${gift}, cash ${cash}`;

const paid = ({ vouchers, ...rest }: Paid): string =>
  [...vouchers.map(({ voucherId, amount }) => `voucher ${voucherId} ${amount}`), split(rest)].join(', ');

type Order = Extract<AccountEvent, { type: 'Purchased' }>['order'];

const ordered = ({ product, quantity, months, startsAt, endsAt, amount, paid: by }: Order): string =>
  [
    quantity === 1 ? product : `${quantity} × ${product}`,
    ...(months === undefined ? [] : [`for ${months} ${months === 1 ? 'month' : 'months'}`]),
    `from ${startsAt}`,
    ...(endsAt === undefined ? [] : [`to ${endsAt}`]),
    `for ${amount} (${paid(by)})`,
  ].join(' ');
