/**
 * What a price book says, row by row, and the questions that rules ask of it.
 *
 * A released book is never edited (P-1.8): a change is a dated row or a new revision, `{id}@{revision}`. Every row names the
 * seed and row it comes from, or `D` for a decision of ours.
 */
import type { Day, Instant, TermKind } from '../calendar.js';
import { startOfDay } from '../calendar.js';
import type { Currency } from '../money.js';

/** `S1 package prices`, `S3 comparison table, row users`, `D`, `D: S4's`. */
export type Source = string;
export type Sourced<T> = { readonly value: T; readonly source: Source };

/** A price a month (or a unit), in force from 00:00 local of a day until the next row. */
export type PriceRow = { readonly from: Day; readonly price: string; readonly source: Source };

/** The keys that every package has; add-ons raise these and keys of their own. */
export const LIMIT_KEYS = [
  'users',
  'friendsPerUser',
  'groupsPerUser',
  'membersPerGroup',
  'ordinaryGroups',
  'liveGroups',
  'newGroupsPerDay',
  'broadcastGroupsPerDay',
  'historyDays',
] as const;

export type Limit = number | 'unlimited';
export type Limits = { readonly [key: string]: Limit };

export type PackageRow = {
  /** `trial` is the first of every book and has no price; the others are listed lowest first. */
  readonly id: string;
  readonly prices: readonly PriceRow[];
  readonly limits: { readonly [key: string]: Sourced<Limit> };
  readonly features: readonly Sourced<string>[];
};

/** What an add-on raises: `limits` by the larger wins, `plus` adds up per unit of quantity (P-9.1). */
export type Raises = {
  readonly limits?: Limits;
  readonly plus?: { readonly [key: string]: number };
  readonly features?: readonly string[];
};

export type AddOnRow = {
  readonly id: string;
  /** One of a family runs at a time (P-2.8). */
  readonly family: string;
  /** The packages it is open to, each at its own prices a month and unit. */
  readonly openTo: { readonly [packageId: string]: readonly PriceRow[] };
  /** Whether a quantity other than 1 may be ordered. */
  readonly byQuantity: boolean;
  /** The add-on that must run for this one to be sold, and to raise anything. */
  readonly needs?: string;
  readonly raises: Raises;
  readonly term: TermKind;
  /** A call trial: free, for exact days, so often per app and per account (P-2.10). */
  readonly trial?: { readonly days: number; readonly perApp: number; readonly perAccount: number };
  readonly source: Source;
};

/** How a month's figure comes from the days' (P-7.1 to P-7.4, P-7.10). */
export type FigureRule = 'highest-day' | 'sum-of-days' | 'sum-of-days-rounded-up' | 'each-day';

export type MeterRow = {
  readonly meter: string;
  /** Bandwidth is metered by region; null for all other meters. */
  readonly region: string | null;
  readonly figure: FigureRule;
  /** The first day of the month that counts (P-7.2: `cn-2019` groups from the 4th). */
  readonly fromDay: number;
  readonly free: number;
  readonly unit: number;
  /** Per billing unit, as the book has it. */
  readonly price: string;
  /** The plug-in whose running term a day needs to be charged (P-7.10). */
  readonly plugIn: string | null;
  readonly source: Source;
};

/** History storage of a package (P-7.5): the price of a tier a month, or per units of the peak DAU where `perDau` says so. */
export type HistoryRow = {
  readonly package: string;
  readonly days: number;
  readonly price: string;
  readonly perDau: number | null;
  readonly source: Source;
};

export type PriceBook = {
  readonly id: string;
  readonly revision: number;
  readonly currency: Currency;
  readonly dataCentres: readonly string[];
  /** From when it is the default of its currency and data centres (P-1.7). */
  readonly defaultFrom: Sourced<Day>;
  readonly packageTerm: TermKind | 'postpaid';
  /** Months that a Trial lasts; null: for ever (P-1.4). */
  readonly trialMonths: Sourced<number | null>;
  readonly packages: readonly PackageRow[];
  readonly addOns: readonly AddOnRow[];
  readonly meters: readonly MeterRow[];
  readonly history: readonly HistoryRow[];
  /** The book that an app may be moved to (P-1.7). */
  readonly migratesTo: Sourced<string> | null;
};

export const TRIAL = 'trial';

export const packageOf = (book: PriceBook, id: string): PackageRow | undefined =>
  book.packages.find((row) => row.id === id);

/** A package that can be bought: all but Trial. */
export const paidPackageOf = (book: PriceBook, id: string): PackageRow | undefined =>
  id === TRIAL ? undefined : packageOf(book, id);

export const addOnOf = (book: PriceBook, id: string): AddOnRow | undefined => book.addOns.find((row) => row.id === id);

/** P-4.1 Packages are ranked in the order of their book. */
export const rankOf = (book: PriceBook, id: string): number => book.packages.findIndex((row) => row.id === id);

/** A price with the name of the row it comes from, as events keep it. */
export type Price = { readonly listPrice: string; readonly priceRow: string };

/** P-1.8 The row in force at an instant: the last that has begun, or the first where none has. */
const inForce = (rows: readonly PriceRow[], at: Instant): PriceRow => {
  const row = rows.findLast(({ from }) => startOfDay(from) <= at) ?? rows[0];
  if (!row) throw new Error('a price list without a row');
  return row;
};

const priced = (book: PriceBook, product: string, row: PriceRow): Price => ({
  listPrice: row.price,
  priceRow: `${book.id}@${book.revision}/${product}/${row.from}`,
});

export const packagePrice = (book: PriceBook, row: PackageRow, at: Instant): Price =>
  priced(book, row.id, inForce(row.prices, at));

/** The price of an add-on for an app on a package; null when it is not open to it (P-2.8). */
export const addOnPrice = (book: PriceBook, row: AddOnRow, packageId: string, at: Instant): Price | null => {
  const rows = Object.hasOwn(row.openTo, packageId) ? row.openTo[packageId] : undefined;
  return rows
    ? priced(book, Object.keys(row.openTo).length > 1 ? `${row.id}/${packageId}` : row.id, inForce(rows, at))
    : null;
};

export const limitsOf = (row: PackageRow): Limits =>
  Object.fromEntries(Object.entries(row.limits).map(([key, { value }]) => [key, value]));

export const featuresOf = (row: PackageRow): readonly string[] => row.features.map(({ value }) => value);
