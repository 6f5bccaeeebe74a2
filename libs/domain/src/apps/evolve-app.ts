/** What each event does to the app it names. */
import { instant, type Instant } from '../calendar.js';
import type * as E from '../events.js';
import { isCallTrial } from '../orders/order.js';
import { effectiveOrder, isPostpaid, startTerm, withRenewal, withUpgrade, type Term } from '../orders/term.js';
import { serves, withHold, withoutHolds, type Service } from '../service/service.js';
import { begun, ended } from '../usage/facts.js';
import { addOnOf, TRIAL } from '../price-books/price-book.js';
import { FIRST_NOTICE, knownBook, LAST_NOTICE, NO_TIER, priceBookAt, type App, type Package } from './app.js';

/** P-7.8 The times without service are kept for the bill; P-6.4 a clock that is void takes its notice with it. */
const withService = (app: App, service: Service, at: Instant): App => {
  const [served, nowServes] = [serves(app.service), serves(service)];
  const stops =
    served === nowServes
      ? app.facts.stops
      : nowServes
        ? ended(app.facts.stops, at)
        : begun(app.facts.stops, { from: at, to: null });
  return {
    ...app,
    service,
    facts: stops === app.facts.stops ? app.facts : { ...app.facts, stops },
    reclaimNoticeIssued: app.reclaimNoticeIssued && service.reclaimFrom !== null,
  };
};

export const stopped = (app: App, cause: E.Hold, at: Instant): App =>
  withService(app, withHold(app.service, cause, at), at);

export const released = (app: App, at: Instant, ...causes: readonly E.Hold[]): App =>
  withService(app, withoutHolds(app.service, ...causes), at);

/** P-1.7 A migration that has come is the app's book from then on, whatever happens to its orders. */
const migrated = (app: App, at: Instant): App => {
  const priceBook = priceBookAt(app, at);
  return priceBook === app.priceBook
    ? app
    : { ...app, priceBook, migratingTo: null, shown: { ...app.shown, book: priceBook } };
};

const isPlugIn = (bookId: string, product: string): boolean =>
  knownBook(bookId).meters.some(({ plugIn }) => plugIn === product);

const packageBegun = (app: App, order: E.OrderData, from: Instant, postpaid: boolean): App => ({
  ...app,
  facts: {
    ...app.facts,
    packages: begun(ended(app.facts.packages, from), {
      from,
      to: null,
      book: order.priceBook,
      product: order.product,
      listPrice: order.listPrice,
      postpaid,
    }),
  },
});

const packageEnded = (app: App, at: Instant): App => ({
  ...app,
  facts: { ...app.facts, packages: ended(app.facts.packages, at) },
});

const withoutAddOns = (app: App, products: readonly string[], at: Instant): App => ({
  ...app,
  addOns: app.addOns.filter(({ product }) => !products.includes(product)),
  facts: { ...app.facts, plugIns: ended(app.facts.plugIns, at, ({ product }) => products.includes(product)) },
});

const withoutAll = (app: App, at: Instant): App =>
  packageEnded(
    withoutAddOns(
      app,
      app.addOns.map(({ product }) => product),
      at,
    ),
    at,
  );

export const purchased = (before: App, { order, kind, renewal, effectiveAt }: E.Purchased): App => {
  const at = instant(effectiveAt);
  const app = { ...migrated(before, at), ordersPlaced: before.ordersPlaced + 1 };
  const book = knownBook(order.priceBook);
  if (kind === 'add-on') {
    const row = addOnOf(book, order.product);
    const term = startTerm(order, row?.term ?? 'same-instant', renewal);
    const plugIns = isPlugIn(book.id, order.product)
      ? begun(app.facts.plugIns, { from: at, to: null, product: order.product })
      : app.facts.plugIns;
    return {
      ...app,
      addOns: [...app.addOns, term],
      callTrials: app.callTrials + (isCallTrial(order) ? 1 : 0),
      facts: { ...app.facts, plugIns },
    };
  }
  const term = startTerm(order, book.packageTerm === 'postpaid' ? 'same-instant' : book.packageTerm, renewal);
  const onPackage: App = {
    ...app,
    trial: null,
    priceBook: book.id,
    migratingTo: app.migratingTo === book.id ? null : app.migratingTo,
    package: { ...term, phase: 'running' },
    shown: { book: book.id, product: order.product },
    nextNotice: isPostpaid(term) ? null : FIRST_NOTICE,
    facts: { ...app.facts, leftTrialAt: app.facts.leftTrialAt ?? at },
  };
  return released(packageBegun(onPackage, order, at, isPostpaid(term)), at, 'lapsed', 'refunded', 'trial-over');
};

const onTerm = (app: App, product: string, change: (term: Term) => Term): App => {
  if (app.package?.product === product) return { ...app, package: { ...app.package, ...change(app.package) } };
  return { ...app, addOns: app.addOns.map((term) => (term.product === product ? change(term) : term)) };
};

export const renewed = (before: App, { order, effectiveAt }: E.Renewed): App => {
  const at = instant(effectiveAt);
  const migratedBefore = migrated(before, at);
  const app = onTerm({ ...migratedBefore, ordersPlaced: before.ordersPlaced + 1 }, order.product, (term) =>
    withRenewal(term, order, at),
  );
  if (app.package?.product !== order.product) return app;
  const renewedPackage: Package = { ...app.package, phase: 'running' };
  const running: App = { ...app, package: renewedPackage, nextNotice: FIRST_NOTICE };
  const book = migratedBefore.facts.packages.at(-1)?.book;
  // P-1.7 The month of the change is billed by the book at its end, so the bill must see where the new book begins.
  return migrated(
    book === order.priceBook ? running : packageBegun(running, order, instant(order.startsAt), false),
    at,
  );
};

export const renewalSet = (app: App, { product, mode }: E.RenewalSettingChanged): App =>
  onTerm(app, product, (term) => ({ ...term, renewal: mode }));

export const upgraded = (before: App, event: E.Upgraded): App => {
  const at = instant(event.effectiveAt);
  const app = migrated(before, at);
  if (!app.package) return app;
  const term = withUpgrade(app.package, event.to, event.listPrice, event.parts, at);
  const order = effectiveOrder(term, at);
  const upgradedApp: App = {
    ...app,
    package: { ...app.package, ...term },
    shown: { ...app.shown, product: event.to },
    facts: {
      ...app.facts,
      packages: begun(ended(app.facts.packages, at), {
        from: at,
        to: null,
        book: order.priceBook,
        product: event.to,
        listPrice: event.listPrice,
        postpaid: isPostpaid(term),
      }),
    },
  };
  return withoutAddOns(
    upgradedApp,
    event.refunds.map(({ product }) => product),
    at,
  );
};

export const refunded = (before: App, { lines, effectiveAt }: E.Refunded): App => {
  const at = instant(effectiveAt);
  const app = migrated(before, at);
  const products = lines.map(({ product }) => product);
  const without = withoutAddOns(app, products, at);
  if (!app.package || !products.includes(app.package.product)) return without;
  return packageEnded({ ...without, package: null, nextNotice: null }, at);
};

export const expired = (app: App): App => (app.package ? { ...app, package: { ...app.package, phase: 'grace' } } : app);

export const addOnEnded = (app: App, { product, effectiveAt }: E.AddOnEnded): App =>
  withoutAddOns(app, [product], instant(effectiveAt));

export const suspended = (before: App, { cause, effectiveAt }: E.Suspended): App => {
  const at = instant(effectiveAt);
  const app = stopped(before, cause, at);
  if (cause !== 'lapsed' || !app.package) return app;
  return migrated(packageEnded({ ...app, package: { ...app.package, phase: 'lapsed' } }, at), at);
};

/** P-6.5 Final: paid terms and add-ons end with it. */
export const gone = (before: App, how: 'reclaimed' | 'deleted', at: Instant): App => ({
  ...withoutAll(migrated(before, at), at),
  package: null,
  nextNotice: null,
  gone: how,
});

export const noticed = (app: App, { notice, daysLeft }: E.NoticeIssued): App => {
  if (notice === 'reclaim') return { ...app, reclaimNoticeIssued: true };
  if (notice !== 'expiry' || daysLeft === undefined) return app;
  return { ...app, nextNotice: daysLeft === LAST_NOTICE ? null : daysLeft - 1 };
};

export const trialExtended = (app: App, event: E.TrialExtended): App => {
  if (!app.trial) return app;
  const [at, endsAt] = [instant(event.effectiveAt), instant(event.trialEndsAt)];
  const over = app.trial.endsAt !== null && app.trial.endsAt <= at;
  const trial = over ? { anchor: at, months: 1, endsAt } : { ...app.trial, months: app.trial.months + 1, endsAt };
  return released({ ...app, trial }, at, 'trial-over');
};

export const bookMigrated = (before: App, event: E.PriceBookMigrated): App => {
  const at = instant(event.effectiveAt);
  if (event.takesEffect === 'next-order') return { ...before, migratingTo: event.to };
  const moved: App = { ...before, priceBook: event.to };
  if (!moved.trial) return moved;
  const endsAt = event.trialEndsAt === undefined ? null : instant(event.trialEndsAt);
  return { ...moved, trial: { anchor: at, months: 1, endsAt }, shown: { book: event.to, product: TRIAL } };
};

export const tierSet = (app: App, { days, effectiveAt }: E.HistoryTierSet): App => {
  const at = instant(effectiveAt);
  const before = ended(app.facts.tiers, at);
  return {
    ...app,
    historyTier: days,
    facts: { ...app.facts, tiers: days === NO_TIER ? before : begun(before, { from: at, to: null, days }) },
  };
};
