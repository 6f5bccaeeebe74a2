/**
 * Where an entitlement comes from: every row of a price book, and the history tier, that says something about a limit or a
 * feature of the app at an instant. P-9.1
 */
import { knownBook, packageBookOfShown, type App } from './apps/app.js';
import type { Instant } from './calendar.js';
import { effectiveOrder, runs, type Term } from './orders/term.js';
import { addOnOf, packageOf, type Limit, type PriceBook } from './price-books/price-book.js';

export type Grant = {
  readonly by: 'package' | 'add-on' | 'history-tier';
  /** Of the price book, `intl-2024@1`; null for a tier, which the app chose itself. */
  readonly book: string | null;
  readonly product: string | null;
  /** Null for a feature. An add-on that adds up (`plus`) gives the sum over its quantity. */
  readonly value: Limit | null;
  /** The seed and row that say so; null for a tier. */
  readonly source: string | null;
};

/** Of a limit, or of a feature where nothing has a limit of that name. The package first, add-ons in the order they came. */
export const grantsOf = (app: App, name: string, at: Instant): readonly Grant[] =>
  app.gone === null
    ? [...ofPackage(app, name, at), ...app.addOns.flatMap((term) => ofAddOn(term, name, at)), ...ofTier(app, name)]
    : [];

const idOf = ({ id, revision }: PriceBook): string => `${id}@${revision}`;

const ofPackage = (app: App, name: string, at: Instant): readonly Grant[] => {
  const book = packageBookOfShown(app, at);
  const row = packageOf(book, app.shown.product);
  const grant = { by: 'package', book: idOf(book), product: app.shown.product } as const;
  const limit = row && Object.hasOwn(row.limits, name) ? row.limits[name] : undefined;
  if (limit) return [{ ...grant, ...limit }];
  const feature = row?.features.find(({ value }) => value === name);
  return feature ? [{ ...grant, value: null, source: feature.source }] : [];
};

const ofAddOn = (term: Term, name: string, at: Instant): readonly Grant[] => {
  const order = effectiveOrder(term, at);
  const book = knownBook(order.priceBook);
  const row = addOnOf(book, term.product);
  if (!row || !runs(term, at)) return [];
  const grant = { by: 'add-on', book: idOf(book), product: term.product, source: row.source } as const;
  const { limits = {}, plus = {}, features = [] } = row.raises;
  const [limit, each] = [limits[name], plus[name]];
  if (limit !== undefined) return [{ ...grant, value: limit }];
  if (each !== undefined) return [{ ...grant, value: each * order.quantity }];
  return features.includes(name) ? [{ ...grant, value: null }] : [];
};

const ofTier = ({ historyTier }: App, name: string): readonly Grant[] =>
  name === 'historyDays' ? [{ by: 'history-tier', book: null, product: null, value: historyTier, source: null }] : [];
