/**
 * What an app may do: its package's limits and features, raised by its add-ons, while it serves. P-9
 *
 * Pure in state and instant; for an instant before the last event the history is replayed, not the state asked.
 */
import { knownBook, packageBookOfShown, type App } from './apps/app.js';
import type { Instant } from './calendar.js';
import { effectiveOrder, runs, type Term } from './orders/term.js';
import {
  addOnOf,
  featuresOf,
  limitsOf,
  packageOf,
  type Limit,
  type Limits,
  type PackageRow,
  type Raises,
} from './price-books/price-book.js';
import { serves } from './service/service.js';

export type Entitlements = { readonly serving: boolean; readonly limits: Limits; readonly features: readonly string[] };

export const NO_ENTITLEMENTS: Entitlements = { serving: false, limits: {}, features: [] };

/** P-9.1 Unlimited is the largest. */
export const atLeast = (a: Limit, b: Limit): boolean => a === 'unlimited' || (b !== 'unlimited' && a >= b);

const larger = (a: Limit | undefined, b: Limit): Limit => (a !== undefined && atLeast(a, b) ? a : b);

/** P-4.3, P-2.8 Whether a package has at least as much of everything that an add-on raises. */
export const covers = (row: PackageRow, raises: Raises): boolean => {
  const limits = limitsOf(row);
  const features = featuresOf(row);
  return (
    Object.entries(raises.limits ?? {}).every(
      ([key, value]) => limits[key] !== undefined && atLeast(limits[key], value),
    ) &&
    Object.keys(raises.plus ?? {}).length === 0 &&
    (raises.features ?? []).every((feature) => features.includes(feature))
  );
};

/** What a running add-on raises, by the book of the order that covers the instant; one that lacks what it needs, nothing. */
const raisedBy = (app: App, term: Term, at: Instant): { readonly raises: Raises; readonly quantity: number } | null => {
  const order = effectiveOrder(term, at);
  const row = addOnOf(knownBook(order.priceBook), term.product);
  if (!row || !runs(term, at)) return null;
  const { needs } = row;
  if (needs !== undefined && !app.addOns.some((other) => other.product === needs && runs(other, at))) return null;
  return { raises: row.raises, quantity: order.quantity };
};

export const entitlements = (app: App, at: Instant): Entitlements => {
  if (app.gone) return NO_ENTITLEMENTS;
  const book = packageBookOfShown(app, at);
  const row = packageOf(book, app.shown.product);
  if (!row) throw new Error(`${book.id} has no package ${app.shown.product}`);
  const limits: Record<string, Limit> = { ...limitsOf(row) };
  const features = new Set(featuresOf(row));
  const raised = app.addOns.map((term) => raisedBy(app, term, at)).filter((each) => each !== null);
  for (const { raises } of raised) {
    for (const [key, value] of Object.entries(raises.limits ?? {})) limits[key] = larger(limits[key], value);
    for (const feature of raises.features ?? []) features.add(feature);
  }
  // After the larger has won: a seat is added to the seats that come with the desk.
  for (const { raises, quantity } of raised) {
    for (const [key, value] of Object.entries(raises.plus ?? {})) {
      const before = limits[key] ?? 0;
      limits[key] = before === 'unlimited' ? before : before + value * quantity;
    }
  }
  if (limits['historyDays'] !== undefined) limits['historyDays'] = larger(limits['historyDays'], app.historyTier);
  const serving = serves(app.service);
  return { serving, limits, features: serving ? [...features].toSorted() : [] };
};
