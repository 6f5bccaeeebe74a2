/** Renewal: an order not yet started that extends a term from its old end. By hand, single or in a batch. P-3.1, P-3.3 */
import type { Account } from '../accounts/account.js';
import {
  hasLapsed,
  hasLeftTrial,
  isPackage,
  knownBook,
  packageBookAt,
  priceBookAt,
  runningAddOn,
  shownPackage,
  type App,
} from '../apps/app.js';
import { iso, type Instant } from '../calendar.js';
import type { Promotion, Renew, RenewBatch } from '../commands.js';
import { isRefused, refuse, type Decision, type ItemResult, type Refused } from '../decision.js';
import { Draft } from '../draft.js';
import type { OrderData } from '../events.js';
import { inArrears, livingApp, monthsInRange } from '../guards.js';
import { addOnOf, type Price, type PriceBook } from '../price-books/price-book.js';
import { pay } from '../wallet/pay.js';
import { amountOf, priceFor } from './price.js';
import { effectiveOrder, endsAt, isPostpaid, renewedUntil, runs, type Term } from './term.js';

export const renew = (account: Account, command: Renew, at: Instant): Decision => {
  const draft = new Draft(account, at);
  return renewInto(draft, command) ?? draft.decided();
};

/** P-3.3 In the order given, each seeing the wallet that the one before left; a refusal of the account is one of the whole. */
export const renewBatch = (account: Account, { items }: RenewBatch, at: Instant): Decision => {
  const draft = new Draft(account, at);
  let first: Refused | null = null;
  const results = items.map(({ appId, product, months }): ItemResult => {
    const refused = renewInto(draft, { appId, product, months });
    first ??= refused;
    if (refused) return { appId, product, refusal: refused.refusal, clause: refused.clause, details: refused.details };
    return { appId, product, orderId: `${appId}-${draft.account.apps.get(appId)?.ordersPlaced}` };
  });
  if (draft.length === 0 && first) return { ...(first as Refused), items: results };
  return draft.decided(results);
};

type Renewal = Pick<Renew, 'appId' | 'product' | 'months' | 'vouchers' | 'promotion'>;

const renewInto = (draft: Draft, command: Renewal): Refused | null => {
  const { account, at } = draft;
  const app = livingApp(account, command.appId);
  if (isRefused(app)) return app;
  if (!isKnownProduct(app, command.product, at)) return refuse('ProductUnknown', { product: command.product });
  const term = renewableTerm(app, command.product, at);
  if (!term) return notRenewable(app, command.product);
  const price = renewalPrice(app, term, at, at);
  if (!price) return refuse('NotOpenToPackage', { product: command.product, package: shownPackage(app) });
  if (term.renewal === 'never') return refuse('RenewalNever', { product: command.product });
  const months = monthsInRange(command.months);
  if (isRefused(months)) return months;
  const arrears = inArrears(account);
  if (arrears) return arrears;
  const order = renewalOrder(account, app, term, { ...command, months, price }, at);
  if (isRefused(order)) return order;
  draft.add({ type: 'Renewed', appId: app.appId, order, automatic: false }, 'P-3.1', 'P-3.5', 'P-2.5');
  return null;
};

/** Whether a product means something for an app: it runs, or is in the book that the app, or its package's next order, follows. */
export const isKnownProduct = (app: App, product: string, at: Instant): boolean => {
  const book = knownBook(priceBookAt(app, at));
  return (
    app.package?.product === product ||
    runningAddOn(app, product) !== undefined ||
    isPackage(book, product) ||
    addOnOf(book, product) !== undefined ||
    isPackage(packageBookAt(app), product)
  );
};

/** P-3.1 The term that a renewal extends: a package's until its grace is over, an add-on's until its end; null if none. */
export const renewableTerm = (app: App, product: string, at: Instant): Term | null => {
  const { package: term } = app;
  if (term?.product === product) return isPostpaid(term) || term.phase === 'lapsed' ? null : term;
  const addOn = runningAddOn(app, product);
  return addOn && runs(addOn, at) ? addOn : null;
};

/** P-3.2 After suspension or refund there is nothing to renew: the package is bought again. */
const notRenewable = (app: App, product: string): Refused => {
  const over = hasLeftTrial(app) && (app.package === null || hasLapsed(app)) && isPackage(packageBookAt(app), product);
  return refuse(over ? 'BuyAgain' : 'TermNotRunning', { product });
};

/** The book a renewal is priced by: the package's next order may be the first under a new book (P-1.7). */
const renewalBook = (app: App, term: Term, at: Instant): PriceBook =>
  app.package?.product === term.product ? packageBookAt(app) : knownBook(priceBookAt(app, at));

/** By the row in force at `pricedAt`; null when the product is not open to the app any more (P-3.5, P-2.9). */
export const renewalPrice = (
  app: App,
  term: Term,
  pricedAt: Instant,
  at: Instant,
): (Price & { readonly book: string }) | null => {
  const book = renewalBook(app, term, at);
  const price = priceFor(app, book, term.product, pricedAt);
  return price && { ...price, book: book.id };
};

type Terms = {
  readonly months: number;
  readonly price: Price & { readonly book: string };
  readonly vouchers?: readonly string[];
  readonly promotion?: Promotion;
};

/** The order that extends a term, if the wallet covers it. */
export const renewalOrder = (
  account: Account,
  app: App,
  term: Term,
  terms: Terms,
  at: Instant,
): OrderData | Refused => {
  const { months, price, vouchers, promotion } = terms;
  const { product } = term;
  const { quantity } = effectiveOrder(term, at);
  const amount = amountOf(price.listPrice, months, quantity, promotion);
  const paid = pay(account.wallet, { amount, product, vouchers }, at);
  if (isRefused(paid)) return paid;
  return {
    orderId: `${app.appId}-${app.ordersPlaced + 1}`,
    product,
    priceBook: price.book,
    priceRow: price.priceRow,
    months,
    quantity,
    startsAt: iso(endsAt(term) ?? at),
    endsAt: iso(renewedUntil(term, months)),
    listPrice: price.listPrice,
    amount,
    paid,
    ...(promotion && { promotion }),
  };
};
