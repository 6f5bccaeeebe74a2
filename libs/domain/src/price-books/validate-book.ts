/**
 * What is wrong with a price book, each with its path: `packages[1].prices[0].price: "99x" is no decimal price`.
 *
 * Only what the types cannot see is looked for. P-10
 */
import { isDay } from '../calendar.js';
import {
  LIMIT_KEYS,
  TRIAL,
  featuresOf,
  type AddOnRow,
  type Limit,
  type PackageRow,
  type PriceBook,
  type PriceRow,
  type Raises,
  type Source,
} from './price-book.js';

const ID = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const KEY = /^[a-z][A-Za-z]*$/;
const PRICE = /^(0|[1-9]\d*)(\.\d+)?$/;
const SOURCE = /^(S[0-4] \S|D$|D: \S)/;
/** P-7.5 The tiers that history storage is sold in. */
const TIERS: readonly number[] = [30, 90, 180, 360];

const say = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
const check = (good: boolean, path: string, problem: string): string[] => (good ? [] : [`${path}: ${problem}`]);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isPositive = (value: unknown): boolean => isCount(value) && value !== 0;
const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

const idProblems = (path: string, id: string): string[] => check(ID.test(id), path, `${say(id)} is no id`);
const priceProblems = (path: string, price: string): string[] =>
  check(PRICE.test(price), path, `${say(price)} is no decimal price`);
const sourceProblems = (path: string, source: Source): string[] =>
  check(SOURCE.test(source), path, `${say(source)} names neither a seed and its row nor D`);
const limitProblems = (path: string, value: Limit): string[] =>
  check(value === 'unlimited' || isCount(value), path, `${say(value)} is no limit`);

const repeated = (path: string, names: readonly string[], field = ''): string[] =>
  names.flatMap((name, i) => check(names.indexOf(name) === i, `${path}[${i}]${field}`, `${say(name)} is there twice`));

const datedProblems = (book: PriceBook, path: string, rows: readonly PriceRow[]): string[] =>
  rows.flatMap(({ from, price, source }, i) => {
    const before = rows[i - 1]?.from;
    const { value: firstDay } = book.defaultFrom;
    return [
      ...check(isDay(from), `${path}[${i}].from`, `${say(from)} is no day`),
      ...(before === undefined
        ? check(from <= firstDay, `${path}[${i}].from`, `${say(from)} is after the book's default day ${say(firstDay)}`)
        : check(from > before, `${path}[${i}].from`, `${say(from)} is not after ${say(before)}`)),
      ...priceProblems(`${path}[${i}].price`, price),
      ...sourceProblems(`${path}[${i}].source`, source),
    ];
  });

const headProblems = (book: PriceBook): string[] => [
  ...idProblems('id', book.id),
  ...check(isPositive(book.revision), 'revision', `${say(book.revision)} is no revision`),
  ...check(book.dataCentres.length > 0, 'dataCentres', 'is empty'),
  ...book.dataCentres.flatMap((id, i) => idProblems(`dataCentres[${i}]`, id)),
  ...repeated('dataCentres', book.dataCentres),
  ...check(isDay(book.defaultFrom.value), 'defaultFrom.value', `${say(book.defaultFrom.value)} is no day`),
  ...sourceProblems('defaultFrom.source', book.defaultFrom.source),
  ...check(
    book.trialMonths.value === null || isPositive(book.trialMonths.value),
    'trialMonths.value',
    `${say(book.trialMonths.value)} is no number of months`,
  ),
  ...sourceProblems('trialMonths.source', book.trialMonths.source),
  ...(book.migratesTo
    ? [
        ...idProblems('migratesTo.value', book.migratesTo.value),
        ...check(book.migratesTo.value !== book.id, 'migratesTo.value', 'is the book itself'),
        ...sourceProblems('migratesTo.source', book.migratesTo.source),
      ]
    : []),
];

const packageProblems = (book: PriceBook, row: PackageRow, index: number): string[] => {
  const path = `packages[${index}]`;
  const keys = new Set([...LIMIT_KEYS, ...book.packages.flatMap(({ limits }) => Object.keys(limits))]);
  return [
    ...idProblems(`${path}.id`, row.id),
    ...check((row.id === TRIAL) === (index === 0), `${path}.id`, `${say(row.id)}: the first, and only it, is ${TRIAL}`),
    ...(index === 0
      ? check(row.prices.length === 0, `${path}.prices`, `${TRIAL} has no price`)
      : check(row.prices.length > 0, `${path}.prices`, 'is empty')),
    ...datedProblems(book, `${path}.prices`, row.prices),
    ...[...keys].flatMap((key) => check(Object.hasOwn(row.limits, key), `${path}.limits.${key}`, 'is missing')),
    ...Object.entries(row.limits).flatMap(([key, { value, source }]) => [
      ...check(KEY.test(key), `${path}.limits`, `${say(key)} is no key of a limit`),
      ...limitProblems(`${path}.limits.${key}.value`, value),
      ...sourceProblems(`${path}.limits.${key}.source`, source),
    ]),
    ...row.features.flatMap(({ value, source }, i) => [
      ...idProblems(`${path}.features[${i}].value`, value),
      ...sourceProblems(`${path}.features[${i}].source`, source),
    ]),
    ...repeated(`${path}.features`, featuresOf(row), '.value'),
  ];
};

/** What an add-on raises by the larger wins: two that raise the same must be of one family (P-2.8). */
const widened = ({ limits, features }: Raises): string[] => [...Object.keys(limits ?? {}), ...(features ?? [])];

const raisesProblems = (path: string, { raises, byQuantity }: AddOnRow): string[] => [
  ...check(widened(raises).length > 0 || raises.plus !== undefined, path, 'raises nothing'),
  ...check(!byQuantity || raises.plus !== undefined, `${path}.plus`, 'is missing: a quantity would raise nothing'),
  ...Object.entries(raises.limits ?? {}).flatMap(([key, value]) => [
    ...check(KEY.test(key), `${path}.limits`, `${say(key)} is no key of a limit`),
    ...limitProblems(`${path}.limits.${key}`, value),
  ]),
  ...Object.entries(raises.plus ?? {}).flatMap(([key, value]) => [
    ...check(KEY.test(key), `${path}.plus`, `${say(key)} is no key of a limit`),
    ...check(isPositive(value), `${path}.plus.${key}`, `${say(value)} adds nothing`),
  ]),
  ...(raises.features ?? []).flatMap((id, i) => idProblems(`${path}.features[${i}]`, id)),
];

const addOnProblems = (book: PriceBook, row: AddOnRow, index: number): string[] => {
  const path = `addOns[${index}]`;
  const other = book.addOns.find(
    (one) => one.family !== row.family && widened(one.raises).some((name) => widened(row.raises).includes(name)),
  );
  return [
    ...idProblems(`${path}.id`, row.id),
    // Both are ordered by one field, `product`.
    ...check(!idsOf(book.packages).includes(row.id), `${path}.id`, `${say(row.id)} is a package`),
    ...idProblems(`${path}.family`, row.family),
    ...check(!other, `${path}.family`, `${say(row.family)} raises what ${say(other?.id)} of another family raises`),
    ...check(
      row.needs === undefined || (row.needs !== row.id && idsOf(book.addOns).includes(row.needs)),
      `${path}.needs`,
      `${say(row.needs)} is no other add-on of the book`,
    ),
    ...check(Object.keys(row.openTo).length > 0, `${path}.openTo`, 'is empty'),
    ...Object.entries(row.openTo).flatMap(([id, rows]) => [
      ...check(idsOf(book.packages).includes(id), `${path}.openTo`, `${say(id)} is no package of the book`),
      ...check(rows.length > 0, `${path}.openTo.${id}`, 'is empty'),
      ...datedProblems(book, `${path}.openTo.${id}`, rows),
    ]),
    ...raisesProblems(`${path}.raises`, row),
    ...(row.trial ? trialProblems(`${path}.trial`, row, row.trial) : []),
    ...sourceProblems(`${path}.source`, row.source),
  ];
};

const trialProblems = (path: string, row: AddOnRow, trial: NonNullable<AddOnRow['trial']>): string[] => [
  ...Object.entries(trial).flatMap(([key, value]) =>
    check(isPositive(value), `${path}.${key}`, `${say(value)} is no positive number`),
  ),
  ...check(
    Object.values(row.openTo).every((rows) => rows.every(({ price }) => Number(price) === 0)),
    path,
    'a trial with a price',
  ),
];

const meterProblems = (book: PriceBook): string[] => [
  ...book.meters.flatMap((row, i) => {
    const path = `meters[${i}]`;
    const byRegion = book.meters.some(({ meter, region }) => meter === row.meter && region !== null);
    return [
      ...idProblems(`${path}.meter`, row.meter),
      ...(row.region === null
        ? check(!byRegion, `${path}.region`, 'is missing: another row of the meter has one')
        : idProblems(`${path}.region`, row.region)),
      ...check(isPositive(row.fromDay) && row.fromDay <= 28, `${path}.fromDay`, `${say(row.fromDay)} is no first day`),
      ...check(isCount(row.free), `${path}.free`, `${say(row.free)} is no free quota`),
      ...check(isPositive(row.unit), `${path}.unit`, `${say(row.unit)} is no billing unit`),
      ...priceProblems(`${path}.price`, row.price),
      ...check(Number(row.price) !== 0, `${path}.price`, 'charges nothing'),
      ...check(
        row.plugIn === null || idsOf(book.addOns).includes(row.plugIn),
        `${path}.plugIn`,
        `${say(row.plugIn)} is no add-on of the book`,
      ),
      ...sourceProblems(`${path}.source`, row.source),
    ];
  }),
  ...repeated(
    'meters',
    book.meters.map(({ meter, region }) => [meter, ...(region === null ? [] : [region])].join(' ')),
  ),
];

const historyProblems = (book: PriceBook): string[] => [
  ...book.history.flatMap((row, i) => {
    const path = `history[${i}]`;
    const included = book.packages.find(({ id }) => id === row.package && id !== TRIAL)?.limits['historyDays']?.value;
    return [
      ...check(included !== undefined, `${path}.package`, `${say(row.package)} is no paid package of the book`),
      ...check(TIERS.includes(row.days), `${path}.days`, `${say(row.days)} is no tier`),
      ...check(
        included === undefined || (included !== 'unlimited' && included < row.days),
        `${path}.days`,
        `${say(row.days)} is no more than ${row.package} has`,
      ),
      ...priceProblems(`${path}.price`, row.price),
      ...check(row.perDau === null || isPositive(row.perDau), `${path}.perDau`, `${say(row.perDau)} is no unit`),
      ...sourceProblems(`${path}.source`, row.source),
    ];
  }),
  ...repeated(
    'history',
    book.history.map((row) => `${row.package} ${row.days}`),
  ),
];

export const problemsOf = (book: PriceBook): string[] => [
  ...headProblems(book),
  ...check(book.packages.length > 0, 'packages', 'is empty'),
  ...book.packages.flatMap((row, i) => packageProblems(book, row, i)),
  ...book.addOns.flatMap((row, i) => addOnProblems(book, row, i)),
  ...repeated('packages', idsOf(book.packages), '.id'),
  ...repeated('addOns', idsOf(book.addOns), '.id'),
  ...meterProblems(book),
  ...historyProblems(book),
];

/** What is wrong with a book beside the others. P-1.7 */
export const problemsAmong = (book: PriceBook, books: readonly PriceBook[]): string[] => {
  const others = books.filter((other) => other !== book);
  const overlaps = (other: PriceBook): boolean =>
    other.currency === book.currency && other.dataCentres.some((id) => book.dataCentres.includes(id));
  const asNew = others.find((other) => overlaps(other) && other.defaultFrom.value === book.defaultFrom.value);
  return [
    ...check(!others.some(({ id }) => id === book.id), 'id', `${say(book.id)} is there twice`),
    ...check(!asNew, 'defaultFrom.value', `${say(asNew?.id)} is the default from the same day`),
    ...(book.migratesTo ? migrationProblems(book, book.migratesTo.value, others) : []),
  ];
};

/** P-1.7 An app that moves keeps its data centre, its currency and the name of its package. */
const migrationProblems = (book: PriceBook, to: string, others: readonly PriceBook[]): string[] => {
  const path = 'migratesTo.value';
  const target = others.find(({ id }) => id === to);
  if (!target) return [`${path}: ${say(to)} is no other book`];
  return [
    ...check(target.currency === book.currency, path, `${say(to)} has another currency`),
    ...book.dataCentres.flatMap((id) =>
      check(target.dataCentres.includes(id), path, `${say(to)} lacks the data centre ${say(id)}`),
    ),
    ...idsOf(book.packages).flatMap((id) =>
      check(idsOf(target.packages).includes(id), path, `${say(to)} lacks the package ${say(id)}`),
    ),
  ];
};
