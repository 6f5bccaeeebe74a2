/**
 * An account's whole state as facts: a tree of plain values in which every value has a path, `apps.1400000001.holds.arrears`.
 *
 * What language.md names stands under its name there; what it lists stands under a key (an add-on under its product, a hold
 * and a feature under its own name with true or false), so that a fact keeps its path when others come or go. No key has a dot.
 */
import {
  accountView,
  add,
  addMonths,
  appTimers,
  appView,
  dueTimers,
  iso,
  localDay,
  localMonth,
  startOfDay,
  type Account,
  type App,
  type BillIssued,
  type Day,
  type Hold,
  type Instant,
  type Month,
  type Period,
  type Timer,
} from '@ledger/domain';
import { billsOf, type Situation } from '../history/situation.js';

export type Fact = string | number | boolean | null;
export type Facts = { readonly [name: string]: Fact | Facts };

const HOLDS: Record<Hold, false> = {
  arrears: false,
  banned: false,
  disabled: false,
  lapsed: false,
  refunded: false,
  'trial-over': false,
};

const keyed = <T, V extends Fact | Facts>(
  items: Iterable<T>,
  key: (item: T) => string,
  value: (item: T) => V,
): { readonly [name: string]: V } => Object.fromEntries([...items].map((item) => [key(item), value(item)]));

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

/** Of no account: nothing. */
export const factsOf = (situation: Situation, at: Instant): Facts => {
  const { account } = situation;
  return account === null
    ? {}
    : {
        ...accountFacts(account),
        vouchers: vouchersOf(account),
        apps: keyed(
          account.apps.values(),
          ({ appId }) => appId,
          (app) => appFacts(account, app, at),
        ),
        timers: timersOf(account, at),
        bills: billFacts(billsOf(situation)),
      };
};

export const accountFacts = (account: Account): Facts => {
  const { vouchers: _, ...shown } = accountView(account);
  const { settledThrough, settledDay } = account.billing;
  return { accountId: account.accountId, ...shown, refundsBlocked: account.refundsBlocked, settledThrough, settledDay };
};

export const vouchersOf = ({ wallet }: Account): Facts =>
  keyed(
    wallet.vouchers.values(),
    ({ voucherId }) => voucherId,
    ({ amount, used, validFrom, validUntil, minimumOrder }) => ({
      amount,
      used,
      validFrom: isoOrNull(validFrom),
      validUntil: iso(validUntil),
      minimumOrder,
    }),
  );

export const appFacts = ({ accountId }: Account, app: App, at: Instant): Facts => {
  const { holds, addOns, entitlements, accountId: _, ...shown } = appView(accountId, app, at);
  const { serving, limits, features } = entitlements;
  return {
    name: app.name,
    dataCentre: app.dataCentre,
    createdAt: iso(app.createdAt),
    ...shown,
    migratingTo: app.migratingTo,
    refundsBlocked: app.refundsBlocked,
    ordersPlaced: app.ordersPlaced,
    holds: {
      ...HOLDS,
      ...keyed(
        holds,
        (hold) => hold,
        () => true,
      ),
    },
    orders: ordersOf(app),
    addOns: keyed(
      addOns,
      ({ product }) => product,
      ({ product: __, ...addOn }) => addOn,
    ),
    entitlements: {
      serving,
      limits,
      features: keyed(
        features,
        (feature) => feature,
        () => true,
      ),
    },
  };
};

/** Those not finished when the app's last event came: of the package, then of each add-on. */
const ordersOf = (app: App): Facts => {
  const orders = [app.package, ...app.addOns].flatMap((term) =>
    term ? term.orders.map((order) => ({ product: term.product, ...order })) : [],
  );
  return keyed(
    orders,
    ({ orderId }) => orderId,
    ({ product, priceBook, quantity, startsAt, endsAt, months, rates, gift, cash, refundable }) => ({
      product,
      priceBook,
      quantity,
      months,
      startsAt: iso(startsAt),
      endsAt: isoOrNull(endsAt),
      listPrice: rates.at(-1)?.listPrice ?? null,
      gift,
      cash,
      refundable,
    }),
  );
};

/** `term-end/p1/standard`, `notice/p1/7`, `reclaim/p1`, `suspend-arrears`, `settle-month/2024-08`: when each is due. */
export const timersOf = (account: Account, at: Instant): Facts =>
  keyed(dueTimers(account, at), timerKey, ({ dueAt }) => iso(dueAt));

/** Those of one app, which come from the app alone. */
export const appTimersOf = (app: App): Facts =>
  app.gone === null ? keyed(appTimers(app), timerKey, ({ dueAt }) => iso(dueAt)) : {};

/** A settlement alone: none but it is due where all before it are settled, and it is not. */
export const settlementOf = (account: Account, period: Period, at: Instant): Facts => {
  const { settledThrough, settledDay } = account.billing;
  const isDay = period.length > 7;
  const settled = isDay ? settledDay : settledThrough;
  if (settled !== null && settled >= period) return {};
  const before = isDay
    ? settledUntil(account, localMonth(at), localDay(startOfDay(period) - 1))
    : settledUntil(account, addMonths(period, -1), localDay(at));
  const due = timersOf({ ...before, arrears: null }, at);
  const key = `settle-${isDay ? 'day' : 'month'}/${period}`;
  const dueAt = due[key];
  return dueAt === undefined ? {} : { [key]: dueAt };
};

const settledUntil = (account: Account, settledThrough: Month, settledDay: Day): Account => ({
  ...account,
  billing: { ...account.billing, settledThrough, settledDay, partial: null },
});

export const timerKey = (timer: Timer): string => {
  switch (timer.kind) {
    case 'term-end':
      return `term-end/${timer.appId}/${timer.product}`;
    case 'notice':
      return `notice/${timer.appId}/${timer.daysLeft ?? 'reclaim'}`;
    case 'settle-month':
    case 'settle-day':
      return `${timer.kind}/${timer.period}`;
    case 'suspend-arrears':
      return timer.kind;
    case 'trial-end':
    case 'suspend-lapsed':
    case 'reclaim':
      return `${timer.kind}/${timer.appId}`;
  }
};

/** The parts of a bill are joined by its id. */
export const billFacts = (bills: readonly BillIssued[]): Facts => {
  const joined = new Map<string, readonly BillIssued[]>();
  for (const bill of bills) joined.set(bill.billId, [...(joined.get(bill.billId) ?? []), bill]);
  return Object.fromEntries([...joined].map(([billId, parts]) => [billId, billOf(parts)]));
};

const billOf = (parts: readonly BillIssued[]): Facts => ({
  period: parts[0]?.period ?? null,
  issuedAt: parts[0]?.effectiveAt ?? null,
  total: add(...parts.map(({ total }) => total)),
  gift: add(...parts.map(({ gift }) => gift)),
  cash: add(...parts.map(({ cash }) => cash)),
  lines: Object.fromEntries(parts.flatMap(({ lines }) => lines).map((line, n) => [`${n}`, lineOf(line)])),
});

const lineOf = ({ share, ...line }: BillIssued['lines'][number]): Facts => ({
  ...line,
  served: share.served,
  of: share.of,
});
