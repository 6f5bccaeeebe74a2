/** Money over any history: nothing is lost, nothing appears. P-2.5, P-5.9, P-4.4, P-8.1 */
import { describe, expect, it } from '@jest/globals';
import type { Account } from '../accounts/account.js';
import type { App } from '../apps/app.js';
import type { Instant } from '../calendar.js';
import { isRefused } from '../decision.js';
import { decide } from '../decide.js';
import type { LedgerEvent, Split } from '../events.js';
import { evolve } from '../evolve.js';
import { amountsAgree, both, cents, paidInVouchers, sum } from '../invariants/amounts.js';
import { bookOf } from '../price-books/books.js';
import { wrongInAny } from './failure.js';

type Movement = { readonly gift: bigint; readonly cash: bigint };
const into = ({ gift, cash }: Split): Movement => ({ gift: cents(gift), cash: cents(cash) });
const outOf = ({ gift, cash }: Split): Movement => ({ gift: -cents(gift), cash: -cents(cash) });
const STILL: Movement = { gift: 0n, cash: 0n };
const plus = (a: Movement, b: Movement): Movement => ({ gift: a.gift + b.gift, cash: a.cash + b.cash });

/** What an event says that it moved, of each balance. */
const movement = (event: LedgerEvent): Movement => {
  if (event.type === 'FundsToppedUp') return { gift: 0n, cash: cents(event.amount) };
  if (event.type === 'GiftGranted')
    return { gift: cents(event.amount) - cents(event.settled), cash: cents(event.settled) };
  if (event.type === 'AccountCharged' || event.type === 'BillIssued') return outOf(event);
  if (event.type === 'Purchased' || event.type === 'Renewed') return outOf(event.order.paid);
  if (event.type === 'Upgraded') return event.refunds.map(into).reduce(plus, outOf(event.paid));
  return event.type === 'Refunded' ? into(event) : STILL;
};

/** What came in, by the amounts that the outside knows, whatever the balances. */
const cameIn = (event: LedgerEvent): bigint => {
  if (event.type === 'FundsToppedUp' || event.type === 'GiftGranted' || event.type === 'Refunded')
    return cents(event.amount);
  if (event.type === 'AccountCharged') return -cents(event.amount);
  if (event.type === 'BillIssued') return -cents(event.total);
  if (event.type === 'Purchased' || event.type === 'Renewed')
    return paidInVouchers(event.order.paid) - cents(event.order.amount);
  if (event.type === 'Upgraded')
    return sum(event.refunds.map(({ amount }) => amount)) + paidInVouchers(event.paid) - cents(event.fee);
  return 0n;
};

const balances = ({ wallet }: Account): Movement => into(wallet);
const same = (a: Movement, b: Movement): boolean => a.gift === b.gift && a.cash === b.cash;

describe('P-2.5 money is conserved over any history', () => {
  it('the movements in the events sum to the balances, each of them, after every append', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      const moved = new Map<string, Movement>();
      for (const { accountId, events, after } of appends) {
        const now = events.map(movement).reduce(plus, moved.get(accountId) ?? STILL);
        moved.set(accountId, now);
        if (after && !same(balances(after), now)) yield { accountId, now, wallet: after.wallet };
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('top-ups, gifts and refunds less orders, charges and bills are what cash and gift hold', () => {
    const wrong = wrongInAny(function* (ledger) {
      for (const account of ledger.accounts.values()) {
        const total = ledger.events(account.accountId).reduce((held, event) => held + cameIn(event), 0n);
        if (both(account.wallet) !== total) yield { total, wallet: account.wallet };
      }
    });
    expect(wrong).toBeUndefined();
  });
});

describe('P-0.3 every amount is the sum of its parts', () => {
  it('of an order, a bill, a charge, a refund, an upgrade', () => {
    const wrong = wrongInAny(({ appends }) =>
      appends.flatMap(({ events }) => events.filter((event) => !amountsAgree(event))),
    );
    expect(wrong).toBeUndefined();
  });
});

describe('P-5.9 a negative cash balance has a gift balance of 0', () => {
  it('after every event', () => {
    const wrong = wrongInAny(function* (ledger) {
      for (const accountId of ledger.accounts.keys()) {
        let account: Account | null = null;
        for (const event of ledger.accountEvents(accountId)) {
          account = evolve(account, event);
          const { gift, cash } = balances(account);
          if (gift < 0n || (cash < 0n && gift !== 0n)) yield { event, gift, cash };
        }
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('P-8.1 and the account is in arrears exactly while cash is negative, after every append', () => {
    const wrong = wrongInAny(({ appends }) =>
      appends.filter(({ after }) => after && (after.arrears !== null) !== balances(after).cash < 0n),
    );
    expect(wrong).toBeUndefined();
  });
});

const idsOf = ({ accountId }: Account, { appId }: App): { accountId: string; appId: string } => ({ accountId, appId });

/** What refunding the package brings, if no amount is cut off at 0 (P-5.1); null where it is, or is refused. */
const refundNow = (account: Account, app: App, at: Instant): bigint | null => {
  const decision = decide(account, { do: 'Refund', ...idsOf(account, app), product: app.shown.product }, at);
  if (isRefused(decision)) return null;
  const event = decision.events.find(({ type }) => type === 'Refunded');
  if (event?.type !== 'Refunded' || event.lines.some(({ paid, used }) => both(paid) < cents(used))) return null;
  return cents(event.amount);
};

const highest = (app: App): string => bookOf(app.priceBook)?.packages.at(-1)?.id ?? '';

/** The refund before an upgrade with its fee, and the one after with what the upgrade gave back; null where not open. */
const upgradedAndRefunded = (account: Account, app: App, at: Instant): readonly [bigint, bigint] | null => {
  const before = refundNow(account, app, at);
  const upgrade = decide(account, { do: 'Upgrade', ...idsOf(account, app), to: highest(app) }, at);
  const event = isRefused(upgrade) ? undefined : upgrade.events[0];
  if (before === null || event?.type !== 'Upgraded') return null;
  const after = evolve(account, event);
  const upgraded = after.apps.get(app.appId);
  const back = upgraded ? refundNow(after, upgraded, at) : null;
  const needless = sum(event.refunds.map(({ amount }) => amount));
  return back === null ? null : [before + cents(event.fee), back + needless];
};

describe('P-5.1 an upgrade followed in the same second by a refund returns the refund before, plus the fee', () => {
  it('in every state in which both are open, no voucher and no floor involved', () => {
    let tried = 0;
    const wrong = wrongInAny(function* ({ appends }) {
      for (const { after, at } of appends)
        for (const app of after?.apps.values() ?? []) {
          const pair = after && upgradedAndRefunded(after, app, at);
          if (pair) tried++;
          if (pair && pair[0] !== pair[1]) yield { app, at, pair };
        }
    });
    expect(wrong).toBeUndefined();
    expect(tried).toBeGreaterThan(20);
  });
});
