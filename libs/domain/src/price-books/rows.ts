/**
 * The words in which the books are written, so that a data file reads as the tables it was taken from.
 */
import type { Day } from '../calendar.js';
import type { Limit, MeterRow, PackageRow, PriceRow, Source, Sourced } from './price-book.js';

/** A value that no seed gives. */
export const ours = <T>(value: T): Sourced<T> => ({ value, source: 'D' });

/** A price that has been the same since the book's default day. */
export const since =
  (from: Day) =>
  (price: string, source: Source): readonly PriceRow[] => [{ from, price, source }];

/** What most meters say: the highest day of the whole month, of all regions together, without a plug-in. */
export const HIGHEST_DAY = {
  region: null,
  figure: 'highest-day',
  fromDay: 1,
  plugIn: null,
} satisfies Partial<MeterRow>;

/**
 * A table of limits: a row's source, then what each package has, lowest first. A cell that is from elsewhere brings its
 * own source.
 */
export type LimitTable = { readonly [key: string]: readonly [Source, ...(Limit | Sourced<Limit>)[]] };

/** One column of the table; a cell that is missing stays missing, and `problemsOf` names it. */
export const limitsIn = (table: LimitTable, column: number): PackageRow['limits'] =>
  Object.fromEntries(
    Object.entries(table).flatMap(([key, [source, ...cells]]) => {
      const cell = cells[column];
      if (cell === undefined) return [];
      return [[key, typeof cell === 'object' ? cell : { value: cell, source }]];
    }),
  );

/** The functions that Trial and the highest package have and the one between has not: their ids, and S3's and S4's rows. */
const COMPARED = {
  'multi-device': 'several devices of a platform',
  'local-search': 'local message search',
  'live-history': 'history for new live-group members',
  community: 'communities',
  'read-receipts': 'group read receipts',
  'directed-messages': 'directed group messages',
  'live-members': 'online members of a live group',
  'live-broadcast': 'live-group broadcast',
  'user-status': 'user status',
  'conversation-marks': 'conversation marks',
  'conversation-groups': 'conversation groups',
  'live-ban': 'live-group bans',
};

export const comparedFeatures = (source: (row: string) => Source): readonly Sourced<string>[] =>
  Object.entries(COMPARED).map(([value, row]) => ({ value, source: source(row) }));
