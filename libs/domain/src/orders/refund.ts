/**
 * Refund: what was paid for the effective order and those not yet started, less the value used at list prices. P-5
 */
import type { Account } from '../accounts/account.js';
import { packageRuns, runningAddOn, type App } from '../apps/app.js';
import type { Instant } from '../calendar.js';
import type { Refund } from '../commands.js';
import { isRefused, refuse, type Decision, type Refused } from '../decision.js';
import { Draft } from '../draft.js';
import type { RefundLine } from '../events.js';
import { livingApp } from '../guards.js';
import { add, atLeastZero, exact, proportion, roundShare, subtract } from '../money.js';
import { suspend } from '../service/suspend.js';
import { NOTHING, plus, share, text, times, type Share } from '../share.js';
import { clearArrears } from '../arrears/clear.js';
import { backInto } from '../wallet/wallet.js';
import { hasStarted, monthsOf, paidFor, valueUntil, type Order } from './order.js';
import { isKnownProduct } from './renew.js';
import { openOrders, runs, type Term } from './term.js';

export const refund = (account: Account, { appId, product }: Refund, at: Instant): Decision => {
  const app = livingApp(account, appId);
  if (isRefused(app)) return app;
  if (!isKnownProduct(app, product, at)) return refuse('ProductUnknown', { product });
  const terms = refundedWith(app, product, at);
  if (terms.length === 0) return refuse('NothingToRefund', { product });
  const blocked = refundsRefused(account, app, terms, at);
  if (blocked) return blocked;
  const lines = terms.map((term) => refundLine(term, at));
  const [gift, cash] = [add(...lines.map((line) => line.gift)), add(...lines.map((line) => line.cash))];
  const draft = new Draft(account, at).add(
    { type: 'Refunded', appId, product, lines, amount: add(gift, cash), ...backInto(account.wallet, { gift, cash }) },
    'P-5.1',
    'P-5.2',
    'P-5.4',
  );
  // P-6.4 Where one step ends a cause and adds another, the new one is put on first.
  if (app.package?.product === product) suspend(draft, draft.account.apps.get(appId) ?? app, 'refunded', 'P-5.5');
  return clearArrears(draft).decided();
};

/** P-5.5 A package takes its add-ons with it; a package past its expiry has nothing to refund. */
const refundedWith = (app: App, product: string, at: Instant): readonly Term[] => {
  if (app.package?.product === product) return packageRuns(app, at) ? [app.package, ...app.addOns] : [];
  const addOn = runningAddOn(app, product);
  return addOn && runs(addOn, at) ? [addOn] : [];
};

/** P-5.8 Refunds may be blocked, of the account or of the app; one order that is not refundable refuses all. */
export const refundsRefused = (account: Account, app: App, terms: readonly Term[], at: Instant): Refused | null => {
  if (account.refundsBlocked || app.refundsBlocked)
    return refuse('RefundsBlocked', { of: account.refundsBlocked ? 'account' : 'app' });
  const fixed = terms.flatMap((term) => openOrders(term, at)).find(({ refundable }) => !refundable);
  return fixed ? refuse('NotRefundable', { orderId: fixed.orderId }) : null;
};

export const refundLine = (term: Term, at: Instant): RefundLine => {
  const orders = openOrders(term, at);
  const paid = paidFor(orders);
  const unrounded = orders.reduce((sum, order) => plus(sum, usedValue(order, term, at)), NOTHING);
  const used = roundShare(unrounded);
  const total = add(paid.gift, paid.cash);
  const amount = atLeastZero(subtract(total, used));
  const gift = proportion(amount, exact(paid.gift), exact(total));
  return {
    product: term.product,
    orders: orders.map(({ orderId }) => orderId),
    paid,
    used,
    unrounded: text(unrounded),
    amount,
    gift,
    cash: subtract(amount, gift),
  };
};

/** P-5.2, P-5.3 By the list prices its months carry; of an order not yet started nothing is used. */
const usedValue = (order: Order, term: Term, at: Instant): Share =>
  hasStarted(order, at)
    ? times(
        monthsOf(order, term.anchor, term.kind).reduce(
          (sum, month) => plus(sum, valueUntil(order, month, at)),
          NOTHING,
        ),
        share(order.quantity, 1),
      )
    : NOTHING;
