/**
 * What would raise the entitlement that is not enough: the packages and add-ons of the app's book, at its prices. P-9.1
 *
 * Each is tried on the app as if it were bought now, so that what counts is what `entitlements` then says. A call trial is
 * left out: it raises nothing for good.
 */
import { knownBook, priceBookAt, shownPackage, type App } from './apps/app.js';
import { iso, type Instant } from './calendar.js';
import { checkEntitlement, demandsOf, meets, type Answer, type Demand, type Question } from './entitlement-check.js';
import { atLeast, entitlements } from './entitlements.js';
import { ZERO } from './money.js';
import { effectiveOrder, startTerm } from './orders/term.js';
import {
  addOnOf,
  addOnPrice,
  packagePrice,
  rankOf,
  type AddOnRow,
  type Limit,
  type PriceBook,
} from './price-books/price-book.js';

export type Raise = {
  readonly kind: 'package' | 'add-on';
  readonly product: string;
  /** The fewest that are enough, where more than one may be ordered; else 1. */
  readonly quantity: number;
  /** A month, a unit. */
  readonly listPrice: string;
  /** The limit with it; null for a feature. */
  readonly value: Limit | null;
  /** Whether it is enough for what was asked. */
  readonly enough: boolean;
};

export type Explained = Answer & {
  /** Since when the app has not served; null while it does. */
  readonly suspendedSince: string | null;
  /** What would raise it; empty when it is allowed, or the app does not serve. */
  readonly raisedBy: readonly Raise[];
};

export const explainEntitlement = (app: App, question: Question, at: Instant): Explained => {
  const answer = checkEntitlement(app, question, at);
  const { stoppedAt } = app.service;
  const suspendedSince = stoppedAt === null || app.gone !== null ? null : iso(stoppedAt);
  const granted = entitlements(app, at);
  const unmet = granted.serving ? demandsOf(question).find((demand) => !meets(granted, demand).allowed) : undefined;
  return { ...answer, suspendedSince, raisedBy: unmet ? raisesOf(app, unmet, at) : [] };
};

const raisesOf = (app: App, demand: Demand, at: Instant): readonly Raise[] => {
  const book = knownBook(priceBookAt(app, at));
  return [...packagesAbove(app, book, demand, at), ...addOnsFor(app, book, demand, at)];
};

/** P-4.1 Only what ranks higher can be moved to. */
const packagesAbove = (app: App, book: PriceBook, demand: Demand, at: Instant): readonly Raise[] =>
  book.packages
    .filter(({ id }) => rankOf(book, id) > rankOf(book, shownPackage(app)))
    .flatMap((row) => {
      const moved: App = { ...app, shown: { book: book.id, product: row.id } };
      const { listPrice } = packagePrice(book, row, at);
      return raise(app, moved, demand, at, { kind: 'package', product: row.id, quantity: 1, listPrice });
    });

/** P-2.8 Those open to the package, none of whose family runs, and whose need is met. */
const addOnsFor = (app: App, book: PriceBook, demand: Demand, at: Instant): readonly Raise[] => {
  const families = app.addOns.map(
    (term) => addOnOf(knownBook(effectiveOrder(term, at).priceBook), term.product)?.family,
  );
  return book.addOns
    .filter(({ family, trial }) => !trial && !families.includes(family))
    .filter(({ needs }) => needs === undefined || app.addOns.some(({ product }) => product === needs))
    .flatMap((row) => {
      const price = addOnPrice(book, row, shownPackage(app), at);
      if (!price) return [];
      const quantity = fewest(app, row, demand, at);
      const { listPrice } = price;
      const offer = { kind: 'add-on', product: row.id, quantity, listPrice } as const;
      return raise(app, withAddOn(app, book, row, quantity, at), demand, at, offer);
    });
};

const fewest = (app: App, row: AddOnRow, demand: Demand, at: Instant): number => {
  if (!row.byQuantity || demand.feature !== null) return 1;
  const each = row.raises.plus?.[demand.limit] ?? 0;
  const { value } = meets(entitlements(app, at), demand);
  return each > 0 && typeof value === 'number' ? Math.max(1, Math.ceil((demand.wanted - value) / each)) : 1;
};

const withAddOn = (app: App, book: PriceBook, row: AddOnRow, quantity: number, at: Instant): App => {
  const nothing = { listPrice: '0', amount: ZERO, paid: { vouchers: [], gift: ZERO, cash: ZERO } };
  const order = { orderId: '', product: row.id, priceBook: book.id, priceRow: '', quantity, startsAt: iso(at) };
  return { ...app, addOns: [...app.addOns, startTerm({ ...order, ...nothing }, row.term, 'never')] };
};

/** Nothing, when the product leaves as it is what is asked for. */
const raise = (
  before: App,
  after: App,
  demand: Demand,
  at: Instant,
  offer: Omit<Raise, 'value' | 'enough'>,
): readonly Raise[] => {
  const had = meets(entitlements(before, at), demand);
  const { allowed, value } = meets(entitlements(after, at), demand);
  const isMore = value === null || had.value === null ? allowed : !atLeast(had.value, value);
  return isMore ? [{ ...offer, value, enough: allowed }] : [];
};
