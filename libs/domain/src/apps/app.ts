/**
 * An app: what it is, what it has ordered, whether it serves. P-1
 *
 * It is on Trial until its first package; then it has a package, or had one, for ever (P-1.5).
 */
import { boundary, type Instant } from '../calendar.js';
import { paidPackageOf, type PriceBook } from '../price-books/price-book.js';
import { bookOf } from '../price-books/books.js';
import { effectiveOrder, endsAt, isPostpaid, runs, type Term } from '../orders/term.js';
import { SERVING, type Service } from '../service/service.js';
import { NO_FACTS, type Facts } from '../usage/facts.js';

/** A Trial's months, counted from its anchor; no end in the books where it never expires (P-1.4). */
export type Trial = { readonly anchor: Instant; readonly months: number; readonly endsAt: Instant | null };

/** Where a package that was bought stands: its term runs, is in its 24 hours of grace, or has lapsed (P-6.2). */
export type Phase = 'running' | 'grace' | 'lapsed';

export type Package = Term & { readonly phase: Phase };

/** What limits are shown of: the package the app has or had last (P-1.9). */
export type Shown = { readonly book: string; readonly product: string };

export type App = {
  readonly appId: string;
  readonly name: string | null;
  readonly dataCentre: string;
  readonly createdAt: Instant;
  readonly priceBook: string;
  /** The book that its package's next order will be under (P-1.7). */
  readonly migratingTo: string | null;
  /** Orders placed so far: the next is `{appId}-{n + 1}`. */
  readonly ordersPlaced: number;
  readonly callTrials: number;
  /** Null once it has left Trial. */
  readonly trial: Trial | null;
  /** Null on Trial and after a refund. */
  readonly package: Package | null;
  readonly shown: Shown;
  /** The add-ons whose terms have not ended. */
  readonly addOns: readonly Term[];
  readonly service: Service;
  readonly refundsBlocked: boolean;
  readonly historyTier: number;
  /** The next expiry notice by its days left, 7 … 0, −1; null when none is to come (P-6.1). */
  readonly nextNotice: number | null;
  readonly reclaimNoticeIssued: boolean;
  /** Final: nothing happens to it any more but a deletion after its reclamation. */
  readonly gone: 'reclaimed' | 'deleted' | null;
  readonly facts: Facts;
};

export const FIRST_NOTICE = 7;
export const LAST_NOTICE = -1;
export const NO_TIER = 7;

export const newApp = (app: Pick<App, 'appId' | 'name' | 'dataCentre' | 'createdAt' | 'priceBook' | 'trial'>): App => ({
  ...app,
  migratingTo: null,
  ordersPlaced: 0,
  callTrials: 0,
  package: null,
  shown: { book: app.priceBook, product: 'trial' },
  addOns: [],
  service: SERVING,
  refundsBlocked: false,
  historyTier: NO_TIER,
  nextNotice: null,
  reclaimNoticeIssued: false,
  gone: null,
  facts: NO_FACTS,
});

/** The n-th month's end of a Trial (P-1.4): the same instant, whatever the package's terms are. */
export const trialEnd = (book: PriceBook, anchor: Instant, n = 1): Instant | null =>
  book.trialMonths.value === null ? null : boundary(anchor, book.trialMonths.value * n, 'same-instant');

/** A book by an id that events or checked commands named. */
export const knownBook = (id: string): PriceBook => {
  const book = bookOf(id);
  if (!book) throw new Error(`there is no price book ${id}`);
  return book;
};

/** Whether the app's package covers the instant; a postpaid one does until it is given up. */
export const packageRuns = (app: App, at: Instant): boolean => app.package !== null && runs(app.package, at);

export const inGrace = ({ package: term }: App): boolean => term?.phase === 'grace';

export const hasLapsed = ({ package: term }: App): boolean => term?.phase === 'lapsed';

/** The package of an app that is known to have one. */
export const livingPackage = ({ appId, package: term }: App): Package => {
  if (!term) throw new Error(`${appId} has no package`);
  return term;
};

export const hasLeftTrial = ({ trial }: App): boolean => trial === null;

export const isPostpaidApp = ({ package: term }: App): boolean => term !== null && isPostpaid(term);

/** P-6.2 E of the package; null on Trial, after a refund, for a postpaid package. */
export const packageEndsAt = ({ package: term }: App): Instant | null => (term ? endsAt(term) : null);

/** P-1.7 The book that all but the package's next order follows: a migration has come when an order under it has started. */
export const priceBookAt = (app: App, at: Instant): string =>
  app.migratingTo !== null && app.package !== null && effectiveOrder(app.package, at).priceBook === app.migratingTo
    ? app.migratingTo
    : app.priceBook;

/** The book whose limits are shown: the one the app follows, also where no event marked the change (P-1.7). */
export const packageBookOfShown = (app: App, at: Instant): PriceBook =>
  knownBook(app.migratingTo !== null && priceBookAt(app, at) === app.migratingTo ? app.migratingTo : app.shown.book);

/** P-1.7 The book that an order of the package placed now is priced by. */
export const packageBookAt = (app: App): PriceBook => knownBook(app.migratingTo ?? app.priceBook);

export const runningAddOn = (app: App, product: string): Term | undefined =>
  app.addOns.find((term) => term.product === product);

/** The package the app has or had last; `trial` until the first. */
export const shownPackage = ({ shown }: App): string => shown.product;

/** Whether a product is the package of a book and can be bought. */
export const isPackage = (book: PriceBook, product: string): boolean => paidPackageOf(book, product) !== undefined;
