/**
 * What a random move asks for, made plausible by the state it meets: products of the app's book, amounts on both sides of
 * what the wallet holds, figures on both sides of a quota, days on both sides of a month's end.
 */
import type { Account } from '../accounts/account.js';
import { isPostpaidApp, packageBookAt, priceBookAt, type App } from '../apps/app.js';
import { DAY, localDay, monthOf, startOfMonth, type Instant } from '../calendar.js';
import type { Command, Promotion, RenewalMode, Sample } from '../commands.js';
import { add, isNegative, negate } from '../money.js';
import { bookOf, BOOKS } from '../price-books/books.js';
import type { PriceBook } from '../price-books/price-book.js';

/** Four small numbers, by which a move chooses among what there is. */
export type Dice = readonly [number, number, number, number];

export type MoveKind = keyof typeof MOVES;

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % from.length];
/** Of a list that is not empty. */
const one = <T>(from: readonly [T, ...T[]], n: number): T => from[n % from.length] ?? from[0];

const MONTHS = [1, 1, 1, 2, 3, 12] as const;
const MODES: readonly [RenewalMode, ...RenewalMode[]] = ['automatic', 'automatic', 'manual', 'never'];

const bookAt = (app: App, at: Instant): PriceBook | undefined => bookOf(priceBookAt(app, at));

/** Three of four orders without a promotion. */
const promotion = (n: number): { promotion?: Promotion } => {
  if (n % 4 !== 3) return {};
  const payPercent = one(['50', '0', '99.99', '33.3', '100'], n >> 2);
  return { promotion: { id: 'spring', payPercent, refundable: (n >> 4) % 2 === 0 } };
};

const unused = ({ wallet }: Account): readonly string[] =>
  [...wallet.vouchers.values()].filter(({ used }) => !used).map(({ voucherId }) => voucherId);

/** One of three orders names a voucher, where there is one. */
const vouchers = (account: Account, n: number): { vouchers?: readonly string[] } => {
  const voucher = n % 3 === 0 ? pick(unused(account), n >> 2) : undefined;
  return voucher === undefined ? {} : { vouchers: [voucher] };
};

/** What is owed, or had, to the cent, or a cent more or less; or a round sum. */
const amountAround = ({ wallet }: Account, n: number): string => {
  const exact = isNegative(wallet.cash) ? negate(wallet.cash) : add(wallet.cash, wallet.gift);
  const amount = pick(['399.00', '0.01', '1499.00', '12000.00', exact, add(exact, '0.01'), add(exact, '-0.01')], n);
  return amount === undefined || amount === '0.00' || isNegative(amount) ? '2999.00' : amount;
};

const samples = (app: App, at: Instant, [a, b, c, d]: Dice): readonly [Sample, ...Sample[]] | null => {
  const row = pick(bookAt(app, at)?.meters ?? [], a);
  if (!row) return null;
  const back = one([0, 1, 2, 5, 31, 62, 95], b);
  const asked = one([at - back * DAY, startOfMonth(monthOf(localDay(at))) - DAY], c);
  const first = localDay(d % 8 === 0 ? asked : Math.max(asked, app.createdAt));
  const values = [row.free + 1, row.free + row.unit + 1, row.free, row.free + row.unit, 0, row.free + 7 * row.unit];
  const value = row.region === null ? pick(values, d) : pick(['0.5', '3', '0', '2.01'], d);
  const region = row.region === null ? {} : { region: row.region };
  const sample = { meter: row.meter, value: value ?? 0, ...region };
  const begun = monthOf(first) > monthOf(localDay(app.createdAt));
  return [{ ...sample, day: first }, ...(begun ? [{ ...sample, day: `${monthOf(first)}-01` }] : [])];
};

type Target = { readonly account: Account; readonly app: App; readonly at: Instant; readonly dice: Dice };

/** Each kind of command on an app; null where the state offers nothing to ask for. */
const MOVES = {
  package: ({ account, app, dice: [a, b, c, d] }: Target): Command | null => {
    const book = packageBookAt(app);
    const product = pick(book.packages.slice(1), a)?.id;
    if (product === undefined) return null;
    const common = { do: 'Purchase', ...of(account, app), product, ...vouchers(account, c) } as const;
    if (book.packageTerm === 'postpaid') return common;
    return { ...common, months: one(MONTHS, b), renewal: one(MODES, d), ...promotion(c) };
  },
  addOn: ({ account, app, at, dice: [a, b, c, d] }: Target): Command | null => {
    const open = bookAt(app, at)?.addOns.filter(({ openTo }) => Object.hasOwn(openTo, app.shown.product)) ?? [];
    const row = pick(open, a);
    if (!row) return null;
    const common = { do: 'Purchase', ...of(account, app), product: row.id } as const;
    if (row.trial) return common;
    const quantity = row.byQuantity ? { quantity: 1 + (d % 3) } : {};
    return { ...common, months: one(MONTHS, b), renewal: one(MODES, d), ...quantity, ...promotion(c) };
  },
  renew: ({ account, app, dice: [a, b, c, d] }: Target): Command | null => {
    const product = pick(held(app), a);
    if (product === undefined) return null;
    return {
      do: 'Renew',
      ...of(account, app),
      product,
      months: one(MONTHS, b),
      ...vouchers(account, d),
      ...promotion(c),
    };
  },
  batch: ({ account, dice: [a] }: Target): Command | null => {
    const items = [...account.apps.values()].flatMap((app) =>
      held(app).map((product) => ({ appId: app.appId, product, months: one(MONTHS, a) })),
    );
    return items.length === 0 ? null : { do: 'RenewBatch', accountId: account.accountId, items };
  },
  renewal: ({ account, app, dice: [a, b] }: Target): Command | null => {
    const product = pick(held(app), a);
    return product === undefined ? null : { do: 'SetRenewal', ...of(account, app), product, mode: one(MODES, b) };
  },
  upgrade: ({ account, app, at, dice: [a, b] }: Target): Command | null => {
    const to = pick(bookAt(app, at)?.packages.slice(a % 4 === 0 ? 1 : -1) ?? [], a)?.id;
    return to === undefined ? null : { do: 'Upgrade', ...of(account, app), to, ...vouchers(account, b) };
  },
  refund: ({ account, app, dice: [a] }: Target): Command | null => {
    const product = pick(held(app), a);
    return product === undefined ? null : { do: 'Refund', ...of(account, app), product };
  },
  topUp: ({ account, dice: [a] }: Target): Command => ({
    do: 'TopUp',
    accountId: account.accountId,
    amount: amountAround(account, a),
  }),
  gift: ({ account, dice: [a] }: Target): Command => ({
    do: 'GrantGift',
    accountId: account.accountId,
    amount: amountAround(account, a),
  }),
  charge: ({ account, dice: [a] }: Target): Command => ({
    do: 'ChargeAccount',
    accountId: account.accountId,
    service: 'cloud-disk',
    amount: amountAround(account, a),
  }),
  voucher: ({ account, dice: [a, b] }: Target): Command => ({
    do: 'IssueVoucher',
    accountId: account.accountId,
    voucherId: `v${account.wallet.vouchers.size + 1}`,
    amount: one(['100.00', '398.99', '1499.00'], a),
    validUntil: '2030-01-01T00:00:00Z',
    ...(b % 3 === 0 && { minimumOrder: '399.00' }),
  }),
  create: ({ account, dice }: Target): Command | null => creation(account, dice),
  disable: ({ account, app }: Target): Command => ({ do: 'DisableApp', ...of(account, app) }),
  enable: ({ account, app }: Target): Command => ({ do: 'EnableApp', ...of(account, app) }),
  delete: ({ account, app }: Target): Command => ({ do: 'DeleteApp', ...of(account, app) }),
  extend: ({ account, app }: Target): Command => ({ do: 'ExtendTrial', ...of(account, app) }),
  migrate: ({ account, app, at, dice: [a] }: Target): Command | null => {
    const to = bookAt(app, at)?.migratesTo?.value;
    if (to === undefined) return null;
    const first = isPostpaidApp(app) ? { months: one(MONTHS, a) } : {};
    return { do: 'MigratePriceBook', ...of(account, app), to, ...first };
  },
  tier: ({ account, app, dice: [a] }: Target): Command => ({
    do: 'SetHistoryTier',
    ...of(account, app),
    days: one([30, 90, 180, 360, 7], a),
  }),
  usage: ({ account, app, at, dice }: Target): Command | null => {
    const batch = samples(app, at, dice);
    return batch && { do: 'RecordUsage', ...of(account, app), samples: batch };
  },
  correct: ({ account, app, at, dice }: Target): Command | null => {
    const batch = samples(app, at, dice);
    return batch && { do: 'CorrectUsage', ...of(account, app), ...batch[0] };
  },
  block: ({ account, app, dice: [a] }: Target): Command => ({
    do: a % 3 === 0 ? 'UnblockRefunds' : 'BlockRefunds',
    ...(a % 2 === 0 ? of(account, app) : { accountId: account.accountId }),
  }),
  // Rare, for little happens after it.
  ban: ({ account, dice: [a] }: Target): Command | null =>
    a < 8 ? { do: 'BanAccount', accountId: account.accountId } : null,
} satisfies Record<string, (target: Target) => Command | null>;

const of = ({ accountId }: Account, { appId }: App): { accountId: string; appId: string } => ({ accountId, appId });

/** The products that the app has or had last. */
const held = (app: App): readonly string[] => [
  ...(app.trial ? [] : [app.package?.product ?? app.shown.product]),
  ...app.addOns.map(({ product }) => product),
];

/** An app more, in a book of the account's currency. */
const creation = (account: Account, [a]: Dice): Command | null => {
  const book = pick(
    BOOKS.filter(({ currency }) => currency === account.currency),
    a,
  );
  const dataCentre = book?.dataCentres[0];
  if (!book || dataCentre === undefined) return null;
  const appId = `${account.accountId}p${account.apps.size + 1}`;
  return { do: 'CreateApp', accountId: account.accountId, appId, dataCentre, priceBook: book.id };
};

/** The command that a move of a kind becomes at an instant; where there is no app, the creation of one. */
export const commandOf = (
  kind: MoveKind,
  account: Account,
  app: App | undefined,
  at: Instant,
  dice: Dice,
): Command | null => (app ? MOVES[kind]({ account, app, at, dice }) : creation(account, dice));
