/**
 * The books on sale, each in its newest revision. A book that has a bad row stops the program when it is loaded.
 */
import { startOfDay, type Instant } from '../calendar.js';
import type { Currency } from '../money.js';
import { CN_2019 } from './cn-2019.js';
import { CN_2023 } from './cn-2023.js';
import { INTL_2022 } from './intl-2022.js';
import { INTL_2024 } from './intl-2024.js';
import { OVERSEAS_2023 } from './overseas-2023.js';
import type { PriceBook } from './price-book.js';
import { problemsAmong, problemsOf } from './validate-book.js';

/** The books of data files by name; throws what is wrong, with file and path. */
export const checked = (files: { readonly [file: string]: PriceBook }): readonly PriceBook[] => {
  const books = Object.values(files);
  const problems = Object.entries(files).flatMap(([file, book]) =>
    [...problemsOf(book), ...problemsAmong(book, books)].map((problem) => `${file}: ${problem}`),
  );
  if (problems.length > 0) throw new Error(`bad price books\n${problems.join('\n')}`);
  return books;
};

export const BOOKS: readonly PriceBook[] = checked({
  'cn-2019.ts': CN_2019,
  'cn-2023.ts': CN_2023,
  'overseas-2023.ts': OVERSEAS_2023,
  'intl-2022.ts': INTL_2022,
  'intl-2024.ts': INTL_2024,
});

const byId = new Map(BOOKS.map((book) => [book.id, book]));

export const bookOf = (id: string): PriceBook | undefined => byId.get(id);

/** Adds a book of a specification's own to those that can be looked up; a released book is never replaced (P-1.8). */
export const addBook = (book: PriceBook): void => {
  if (byId.has(book.id)) throw new Error(`${book.id} is a released book`);
  for (const checkedBook of checked({ [book.id]: book })) byId.set(checkedBook.id, checkedBook);
};

/** P-1.7 The book of an app created at `at` without naming one: the newest whose default day has begun, local. */
export const defaultBook = (currency: Currency, dataCentre: string, at: Instant): PriceBook | undefined =>
  BOOKS.filter(
    (book) =>
      book.currency === currency && book.dataCentres.includes(dataCentre) && startOfDay(book.defaultFrom.value) <= at,
  )
    .toSorted((a, b) => startOfDay(a.defaultFrom.value) - startOfDay(b.defaultFrom.value))
    .at(-1);
