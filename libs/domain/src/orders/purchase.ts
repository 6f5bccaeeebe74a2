/**
 * Purchase: starts a paid term, of a package on an app without one, or of an add-on beside a running package.
 * P-2; the order of the checks is language.md's.
 */
import type { Account } from '../accounts/account.js';
import {
  hasLeftTrial,
  inGrace,
  knownBook,
  packageBookAt,
  packageRuns,
  priceBookAt,
  runningAddOn,
  shownPackage,
  type App,
} from '../apps/app.js';
import { boundary, DAY, iso, type Instant } from '../calendar.js';
import type { Purchase } from '../commands.js';
import { isRefused, refuse, type Clause, type Decision, type Refused } from '../decision.js';
import { Draft } from '../draft.js';
import { covers } from '../entitlements.js';
import type { OrderData } from '../events.js';
import { inArrears, livingApp, monthsInRange } from '../guards.js';
import {
  addOnOf,
  addOnPrice,
  packageOf,
  packagePrice,
  paidPackageOf,
  TRIAL,
  type AddOnRow,
  type PackageRow,
  type Price,
  type PriceBook,
} from '../price-books/price-book.js';
import { resumeIfServing } from '../service/resume.js';
import { isHeldBy } from '../service/service.js';
import { pay } from '../wallet/pay.js';
import { amountOf } from './price.js';
import { effectiveOrder, type Term } from './term.js';

export const purchase = (account: Account, command: Purchase, at: Instant): Decision => {
  const app = livingApp(account, command.appId);
  if (isRefused(app)) return app;
  if (isHeldBy(app.service, 'disabled')) return refuse('AppDisabled', { appId: app.appId });
  if (inGrace(app)) return refuse('RenewInstead', { appId: app.appId });
  const packageBook = packageBookAt(app);
  const packageRow = paidPackageOf(packageBook, command.product);
  if (packageRow) return purchasePackage(account, app, command, packageBook, packageRow, at);
  const book = knownBook(priceBookAt(app, at));
  const addOnRow = addOnOf(book, command.product);
  if (addOnRow) return purchaseAddOn(account, app, command, book, addOnRow, at);
  return refuse('ProductUnknown', { product: command.product, priceBook: book.id });
};

/** P-2.13 A field without meaning for the product is refused, not ignored. */
const notApplicable = (
  command: Purchase,
  fields: readonly ('months' | 'promotion' | 'renewal')[],
  byQuantity: boolean,
): Refused | null => {
  const field = fields.find((name) => command[name] !== undefined && command[name] !== null);
  if (field) return refuse('FieldNotApplicable', { field, product: command.product });
  if (!byQuantity && (command.quantity ?? 1) !== 1)
    return refuse('FieldNotApplicable', { field: 'quantity', product: command.product });
  return null;
};

const WITHOUT_TERM = ['months', 'promotion', 'renewal'] as const;

const purchasePackage = (
  account: Account,
  app: App,
  command: Purchase,
  book: PriceBook,
  row: PackageRow,
  at: Instant,
): Decision => {
  if (packageRuns(app, at)) return refuse('TermRunning', { product: app.package?.product ?? null });
  const price = packagePrice(book, row, at);
  const postpaid = book.packageTerm === 'postpaid';
  const senseless = notApplicable(command, postpaid ? WITHOUT_TERM : [], false);
  if (senseless) return senseless;
  if (postpaid) return place(new Draft(account, at), app, command, book, 'package', price, {});
  const months = monthsInRange(command.months);
  if (isRefused(months)) return months;
  return place(new Draft(account, at), app, command, book, 'package', price, {
    months,
    endsAt: boundary(at, months, book.packageTerm),
  });
};

const purchaseAddOn = (
  account: Account,
  app: App,
  command: Purchase,
  book: PriceBook,
  row: AddOnRow,
  at: Instant,
): Decision => {
  const product = row.id;
  const onTrial = !hasLeftTrial(app) && !isHeldBy(app.service, 'trial-over') && Object.hasOwn(row.openTo, TRIAL);
  if (!onTrial && !packageRuns(app, at)) return refuse('NeedsPackage', { product });
  const price = addOnPrice(book, row, shownPackage(app), at);
  if (!price) return refuse('NotOpenToPackage', { product, package: shownPackage(app) });
  const packageRow = packageOf(book, shownPackage(app));
  if (packageRow && covers(packageRow, row.raises))
    return refuse('AlreadyIncluded', { product, package: packageRow.id });
  const sibling = app.addOns.find((term) => familyOf(term, at) === row.family);
  if (sibling) return refuse('FamilyRunning', { product, running: sibling.product });
  if (row.needs !== undefined && !runningAddOn(app, row.needs))
    return refuse('NeedsPackage', { product, needs: row.needs });
  if (row.trial && (app.callTrials >= row.trial.perApp || account.callTrials >= row.trial.perAccount))
    return refuse('CallTrialUsedUp', { ofApp: app.callTrials, ofAccount: account.callTrials });
  const senseless = notApplicable(command, row.trial ? WITHOUT_TERM : [], row.byQuantity);
  if (senseless) return senseless;
  if (row.trial)
    return place(new Draft(account, at), app, command, book, 'add-on', price, { endsAt: at + row.trial.days * DAY });
  const months = monthsInRange(command.months);
  if (isRefused(months)) return months;
  return place(new Draft(account, at), app, command, book, 'add-on', price, {
    months,
    endsAt: boundary(at, months, row.term),
  });
};

/** An add-on that was bought under an older book has its family by that book. */
const familyOf = (term: Term, at: Instant): string | undefined =>
  addOnOf(knownBook(effectiveOrder(term, at).priceBook), term.product)?.family;

const CLAUSES: Record<'package' | 'add-on', readonly Clause[]> = {
  package: ['P-2.1', 'P-2.3', 'P-2.4', 'P-2.5'],
  'add-on': ['P-2.8', 'P-2.9', 'P-2.3', 'P-2.5'],
};

type Bounds = { readonly months?: number; readonly endsAt?: Instant };

/** Takes the money and starts the term, in one append; what the package's lack had stopped serves again. */
const place = (
  draft: Draft,
  app: App,
  command: Pick<Purchase, 'product' | 'quantity' | 'vouchers' | 'promotion' | 'renewal'>,
  book: PriceBook,
  kind: 'package' | 'add-on',
  { listPrice, priceRow }: Price,
  { months, endsAt }: Bounds,
): Decision => {
  const { account, at } = draft;
  const arrears = inArrears(account);
  if (arrears) return arrears;
  const { product, quantity = 1, promotion } = command;
  const amount = amountOf(listPrice, months ?? 0, quantity, promotion);
  const paid = pay(account.wallet, { amount, product, vouchers: command.vouchers }, at);
  if (isRefused(paid)) return paid;
  const order: OrderData = {
    orderId: `${app.appId}-${app.ordersPlaced + 1}`,
    product,
    priceBook: book.id,
    priceRow,
    ...(months !== undefined && { months }),
    quantity,
    startsAt: iso(at),
    ...(endsAt !== undefined && { endsAt: iso(endsAt) }),
    listPrice,
    amount,
    paid,
    ...(promotion && { promotion }),
  };
  const renewal = command.renewal ?? (kind === 'add-on' && months === undefined ? 'never' : 'manual');
  draft.add({ type: 'Purchased', appId: app.appId, order, kind, renewal }, ...CLAUSES[kind]);
  return resumeIfServing(draft, app).decided();
};

/** P-1.7, P-7.11 The first prepaid order of a postpaid app: the package of the same name, paid and started in the step. */
export const purchaseInNewBook = (
  draft: Draft,
  app: App,
  book: PriceBook,
  command: Pick<Purchase, 'months' | 'vouchers'>,
): Decision => {
  const product = shownPackage(app);
  const row = paidPackageOf(book, product);
  if (!row || book.packageTerm === 'postpaid') return refuse('ProductUnknown', { product, priceBook: book.id });
  const months = monthsInRange(command.months);
  if (isRefused(months)) return months;
  const bounds = { months, endsAt: boundary(draft.at, months, book.packageTerm) };
  return place(draft, app, { ...command, product }, book, 'package', packagePrice(book, row, draft.at), bounds);
};
