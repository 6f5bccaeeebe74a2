/**
 * Random but plausible histories over all five books, aimed at boundaries: most steps stand at a deadline of the state they
 * meet, or a second beside it. A failing property prints its history as the steps of a journey, and its seed.
 */
import fc from 'fast-check';
import { DAY, endOfMonth, HOUR, instant, iso, localMonth, type Instant } from '../calendar.js';
import type { Command } from '../commands.js';
import type { Currency } from '../money.js';
import { BOOKS } from '../price-books/books.js';
import type { Step } from '../simulate.js';
import { dueTimers } from '../timers.js';
import { played, type Ledger } from './ledger.js';
import { commandOf, type MoveKind } from './moves.js';

export type History = { readonly steps: readonly Step[]; readonly [fc.toStringMethod]: () => string };

/** How often each kind of move comes, and `wait`, which only lets time pass. */
const WEIGHTS: Record<MoveKind | 'wait', number> = {
  package: 10,
  addOn: 8,
  renew: 4,
  batch: 2,
  renewal: 4,
  upgrade: 4,
  refund: 3,
  topUp: 6,
  gift: 3,
  charge: 4,
  voucher: 2,
  create: 2,
  disable: 3,
  enable: 3,
  delete: 1,
  extend: 2,
  migrate: 4,
  tier: 3,
  usage: 10,
  correct: 3,
  block: 1,
  ban: 1,
  wait: 5,
};

const kinds = fc.oneof(
  ...Object.entries(WEIGHTS).map(([kind, weight]) => ({
    arbitrary: fc.constant(kind as MoveKind | 'wait'),
    weight,
  })),
);

const die = fc.nat({ max: 63 });

/** When a move comes: so many seconds on, at one of the next deadlines, at a month's turn, or much later. */
const whens = fc.oneof(
  { arbitrary: fc.record({ seconds: fc.constantFrom(0, 0, 0, 1, HOUR, DAY, 3 * DAY, 17 * DAY + 43_210) }), weight: 24 },
  { arbitrary: fc.record({ deadline: fc.nat({ max: 3 }), beside: fc.constantFrom(-1, 0, 0, 1) }), weight: 14 },
  {
    arbitrary: fc.record({ ofNextMonth: fc.constantFrom(0, 2 * DAY, 3 * DAY), beside: fc.constantFrom(-1, 0, 1) }),
    weight: 5,
  },
  { arbitrary: fc.record({ seconds: fc.constantFrom(40 * DAY, 91 * DAY, 130 * DAY) }), weight: 1 },
);

type When = typeof whens extends fc.Arbitrary<infer T> ? T : never;

const moves = fc.record({ when: whens, kind: kinds, dice: fc.tuple(die, die, die, die), on: fc.nat({ max: 15 }) });

type Move = typeof moves extends fc.Arbitrary<infer T> ? T : never;

const STARTS = [
  '2023-12-31T23:59:59+08:00',
  '2024-01-31T10:00:00+08:00',
  '2024-02-01T00:00:00+08:00',
  '2024-06-02T12:34:56+08:00',
  '2025-08-31T00:00:00+08:00',
] as const;

const begins = fc.record({
  at: fc.constantFrom(...STARTS),
  book: fc.constantFrom(...BOOKS),
  second: fc.boolean(),
  amount: fc.constantFrom('50000.00', '3000.00', '999.00'),
  gift: fc.constantFrom(null, '500.00', '1234.56'),
  months: fc.constantFrom(1, 1, 3, 12),
  renewal: fc.constantFrom('automatic', 'manual'),
});

type Begin = typeof begins extends fc.Arbitrary<infer T> ? T : never;

/** An account with money, an app of the book, and its first package; perhaps a second account. */
const prelude = ({ book, second, amount, gift, months, renewal, ...begin }: Begin): readonly Step[] => {
  const at = instant(begin.at);
  const opened = (accountId: string, currency: Currency): readonly Command[] => [
    { do: 'OpenAccount', accountId, currency },
    { do: 'TopUp', accountId, amount },
    ...(gift === null ? [] : [{ do: 'GrantGift', accountId, amount: gift } as const]),
  ];
  const [dataCentre = '', product = ''] = [book.dataCentres[0], book.packages[1]?.id];
  const app = { accountId: 'a1', appId: 'a1p1' };
  const term = book.packageTerm === 'postpaid' ? {} : { months, renewal };
  return [
    ...opened('a1', book.currency),
    { do: 'CreateApp', ...app, dataCentre, priceBook: book.id } as const,
    { do: 'Purchase', ...app, product, ...term } as const,
    ...(second ? opened('a2', 'USD') : []),
  ].map((command) => ({ at, command }));
};

const instantOf = (when: When, ledger: Ledger, now: Instant): Instant => {
  if ('seconds' in when) return now + when.seconds;
  if ('ofNextMonth' in when) return endOfMonth(localMonth(now)) + when.ofNextMonth + when.beside;
  const deadlines = [...ledger.accounts.values()]
    .flatMap((account) => dueTimers(account, now).map(({ dueAt }) => dueAt))
    .filter((dueAt) => dueAt > now)
    .toSorted((a, b) => a - b);
  const deadline = deadlines[when.deadline % Math.max(1, deadlines.length)] ?? now;
  return Math.max(now, deadline + when.beside);
};

const commandFor = ({ kind, on, dice }: Move, ledger: Ledger, at: Instant): Command | null => {
  const accounts = [...ledger.accounts.values()];
  const account = accounts[on % accounts.length];
  if (!account || kind === 'wait') return null;
  const all = [...account.apps.values()];
  const living = all.filter(({ gone }) => gone === null);
  // Now and then one that is gone; where all are, a new one.
  const apps = on === 0 ? all : living;
  return commandOf(kind, account, apps[(on >> 1) % Math.max(1, apps.length)], at, dice);
};

/** The moves made concrete, each by the state that those before it left. */
const made = (begin: Begin, all: readonly Move[]): History => {
  const steps = [...prelude(begin)];
  const ledger = played(steps);
  let now = steps[0]?.at ?? 0;
  for (const move of all) {
    const at = instantOf(move.when, ledger, now);
    ledger.advanceAll(at);
    const command = commandFor(move, ledger, at);
    if (command) ledger.ask(command, at);
    steps.push(command ? { at, command } : { at });
    now = at;
  }
  return { steps, [fc.toStringMethod]: () => journey(steps) };
};

/** As the steps of a journey file. */
const journey = (steps: readonly Step[]): string =>
  steps
    .map(({ at, command }) => {
      const { do: name, ...fields } = command ?? {};
      return JSON.stringify({ at: iso(at), ...(command && { do: name, with: fields }) });
    })
    .join('\n');

export const histories = ({ moves: maxLength = 30 } = {}): fc.Arbitrary<History> =>
  fc.tuple(begins, fc.array(moves, { maxLength, size: 'max' })).map(([begin, all]) => made(begin, all));
