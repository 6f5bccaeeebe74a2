/**
 * Upgrade: a running paid package becomes a higher one of its book, in place and at once; expiry and anchor stay. P-4
 */
import type { Account } from '../accounts/account.js';
import { hasLapsed, hasLeftTrial, inGrace, knownBook, livingPackage, priceBookAt, type App } from '../apps/app.js';
import type { Instant } from '../calendar.js';
import type { Upgrade } from '../commands.js';
import { isRefused, refuse, type Decision } from '../decision.js';
import { Draft } from '../draft.js';
import { covers } from '../entitlements.js';
import type { Paid, UpgradePart } from '../events.js';
import { inArrears, livingApp } from '../guards.js';
import { add, exact, isZero, proportion, roundShare, subtract, ZERO, type Money } from '../money.js';
import { addOnOf, packageOf, packagePrice, rankOf, type PackageRow } from '../price-books/price-book.js';
import { isHeldBy } from '../service/service.js';
import { minus, NOTHING, plus, share, text, times, type Share } from '../share.js';
import { pay } from '../wallet/pay.js';
import { moved } from '../wallet/wallet.js';
import { monthsOf, rateAt, type Order } from './order.js';
import { refundLine, refundsRefused } from './refund.js';
import { effectiveOrder, isPostpaid, openOrders, type Term } from './term.js';

export const upgrade = (account: Account, { appId, to, vouchers }: Upgrade, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  if (isHeldBy(app.service, 'disabled')) return refuse('AppDisabled', { appId });
  if (inGrace(app)) return refuse('RenewInstead', { appId });
  if (!hasLeftTrial(app)) return refuse('TermNotRunning', { appId });
  if (!app.package || hasLapsed(app)) return refuse('BuyAgain', { appId });
  const term = livingPackage(app);
  const book = knownBook(priceBookAt(app, at));
  const row = packageOf(book, to);
  if (!row) return refuse('ProductUnknown', { product: to, priceBook: book.id });
  if (rankOf(book, to) <= rankOf(book, term.product)) return refuse('NotHigher', { from: term.product, to });
  const arrears = inArrears(account);
  if (arrears) return arrears;
  const needless = needlessAddOns(app, row, at);
  const blocked = needless.length > 0 ? refundsRefused(account, app, needless, at) : null;
  if (blocked) return blocked;

  const refunds = needless.map((addOn) => refundLine(addOn, at));
  const back = { gift: add(...refunds.map((line) => line.gift)), cash: add(...refunds.map((line) => line.cash)) };
  const price = packagePrice(book, row, at);
  const lifted = isPostpaid(term) ? [] : liftedOrders(term, price.listPrice, at);
  const sum = lifted.reduce((total, { unrounded }) => plus(total, unrounded), NOTHING);
  const fee = sum.n > 0n ? roundShare(sum) : ZERO;
  // P-4.4 The refunds go back first, then the fee is paid.
  const paid = pay(moved(account.wallet, back), { amount: fee, product: to, vouchers }, at);
  if (isRefused(paid)) return paid;
  const parts = attributed(lifted, sum, fee, paid);
  return new Draft(account, at)
    .add(
      { type: 'Upgraded', appId, from: term.product, to, ...price, fee, paid, parts, refunds },
      'P-4.1',
      'P-4.2',
      ...(refunds.length > 0 ? (['P-4.3', 'P-4.4'] as const) : []),
    )
    .decided();
};

/** P-4.3 Everything they raise, by their own book, the new package has at least as much of. */
const needlessAddOns = (app: App, row: PackageRow, at: Instant): readonly Term[] =>
  app.addOns.filter((term) => {
    const addOn = addOnOf(knownBook(effectiveOrder(term, at).priceBook), term.product);
    return addOn !== undefined && covers(row, addOn.raises);
  });

type Lifted = { readonly orderId: string; readonly unrounded: Share };

/** P-4.2 For each order: the difference of the list prices × the share of each of its months still to run. */
const liftedOrders = (term: Term, listPrice: string, at: Instant): readonly Lifted[] =>
  openOrders(term, at).map((order) => ({ orderId: order.orderId, unrounded: lift(order, term, listPrice, at) }));

const lift = (order: Order, term: Term, listPrice: string, at: Instant): Share =>
  monthsOf(order, term.anchor, term.kind).reduce((sum, { from, to }) => {
    const left = to - Math.max(from, Math.min(at, to));
    const difference = minus(exact(listPrice), exact(rateAt(order, Math.max(at, from))));
    return plus(sum, times(difference, share(left, to - from)));
  }, NOTHING);

/** P-4.2 The fee, and the cash and gift that paid it, in proportion to the unrounded parts; the last takes the rest. */
const attributed = (lifted: readonly Lifted[], sum: Share, fee: Money, paid: Paid): readonly UpgradePart[] => {
  if (isZero(fee))
    return lifted.map(({ orderId, unrounded }) => ({
      orderId,
      fee: ZERO,
      unrounded: text(unrounded),
      gift: ZERO,
      cash: ZERO,
    }));
  const inParts = (whole: Money): readonly Money[] => {
    const firsts = lifted.slice(0, -1).map(({ unrounded }) => proportion(whole, unrounded, sum));
    return [...firsts, subtract(whole, add(...firsts))];
  };
  const [fees, gifts, cashes] = [inParts(fee), inParts(paid.gift), inParts(paid.cash)];
  return lifted.map(({ orderId, unrounded }, i) => ({
    orderId,
    fee: fees[i] ?? ZERO,
    unrounded: text(unrounded),
    gift: gifts[i] ?? ZERO,
    cash: cashes[i] ?? ZERO,
  }));
};
