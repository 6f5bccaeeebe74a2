import { CN_2019 } from './cn-2019.js';
import { CN_2023 } from './cn-2023.js';
import { INTL_2022 } from './intl-2022.js';
import { INTL_2024 } from './intl-2024.js';
import { OVERSEAS_2023 } from './overseas-2023.js';
import type { PriceBook } from './price-book.js';
import { problemsAmong, problemsOf } from './validate-book.js';

/** A copy of a book in which one place is another; `undefined` takes it away. Through JSON, so that no two rows are one. */
const spoilt = (book: PriceBook, path: string, value: unknown): PriceBook => {
  const copy = JSON.parse(JSON.stringify(book)) as PriceBook;
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], copy) as object;
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Object.assign(parent, { [last]: value });
  return copy;
};

/** A good book, the place that is spoilt and with what, and all that must be said of it. */
type Row = readonly [book: PriceBook, path: string, value: unknown, ...problems: string[]];

const finds = (rows: readonly Row[]): void => {
  it.each(rows.map(([book, path, value, ...problems]) => ({ title: problems[0], book, path, value, problems })))(
    '$title',
    ({ book, path, value, problems }) => expect(problemsOf(spoilt(book, path, value))).toEqual(problems),
  );
};

const NO_SOURCE = 'names neither a seed and its row nor D';
const pro = CN_2019.packages[1];
const access = { value: 'global-access', source: 'D' };
const row = { from: '2019-01-01', price: '1', source: 'D' };
/** What else falls when CN_2019 has no package: all that is open to Pro, or prices its history. */
const withoutPro = [
  ...CN_2019.addOns.map((_, i) => `addOns[${i}].openTo: "pro" is no package of the book`),
  ...CN_2019.history.map((_, i) => `history[${i}].package: "pro" is no paid package of the book`),
];

it.each([CN_2019, CN_2023, OVERSEAS_2023, INTL_2022, INTL_2024])('P-10 $id is a good book', (book) => {
  expect(problemsOf(book)).toEqual([]);
});

describe('P-10 ids are well formed and unique', () => {
  finds([
    [CN_2019, 'id', 'CN 2019', 'id: "CN 2019" is no id'],
    [CN_2019, 'dataCentres[0]', '', 'dataCentres[0]: "" is no id'],
    [CN_2019, 'dataCentres', [], 'dataCentres: is empty'],
    [CN_2019, 'dataCentres[1]', 'mainland', 'dataCentres[1]: "mainland" is there twice'],
    [CN_2019, 'packages[2]', { ...pro, id: 'Pro+' }, 'packages[2].id: "Pro+" is no id'],
    [CN_2019, 'packages[2]', pro, 'packages[2].id: "pro" is there twice'],
    [CN_2019, 'packages[1].features[0].value', 'a b', 'packages[1].features[0].value: "a b" is no id'],
    [CN_2019, 'packages[1].features[1]', access, 'packages[1].features[1].value: "global-access" is there twice'],
    [CN_2019, 'addOns[0].id', '-', 'addOns[0].id: "-" is no id'],
    [CN_2019, 'addOns[0].id', 'members-2000', 'addOns[1].id: "members-2000" is there twice'],
    [CN_2019, 'addOns[0].id', 'pro', 'addOns[0].id: "pro" is a package'],
    [CN_2019, 'meters[0].meter', 'DAU', 'meters[0].meter: "DAU" is no id'],
    [CN_2019, 'meters[0].meter', 'groups', 'meters[1]: "groups" is there twice'],
    [CN_2023, 'meters[3].region', 'mainland', 'meters[3]: "bandwidth mainland" is there twice'],
    [CN_2019, 'history[1].days', 30, 'history[1]: "pro 30" is there twice'],
    [CN_2019, 'revision', 0, 'revision: 0 is no revision'],
  ]);
});

describe('P-10 every row names its source', () => {
  const at = (path: string, source: string): Row => [CN_2023, path, source, `${path}: "${source}" ${NO_SOURCE}`];
  finds([
    at('defaultFrom.source', ''),
    at('trialMonths.source', 'S1'),
    at('packages[1].prices[1].source', 'S5 prices'),
    at('packages[1].limits.users.source', 'D:'),
    at('packages[1].features[0].source', ' '),
    at('addOns[5].source', 'somewhere'),
    at('addOns[5].openTo.flagship[0].source', 'Decided'),
    at('meters[3].source', ''),
    at('history[6].source', ''),
    [CN_2019, 'migratesTo.source', '', `migratesTo.source: "" ${NO_SOURCE}`],
  ]);
});

describe('P-1.8 prices are decimals, dated and in order', () => {
  finds([
    [CN_2019, 'packages[1].prices[0].price', '99x', 'packages[1].prices[0].price: "99x" is no decimal price'],
    [CN_2019, 'packages[1].prices[0].price', '-1', 'packages[1].prices[0].price: "-1" is no decimal price'],
    [CN_2019, 'addOns[0].openTo.pro[0].price', '1e3', 'addOns[0].openTo.pro[0].price: "1e3" is no decimal price'],
    [CN_2019, 'meters[0].price', '1,000', 'meters[0].price: "1,000" is no decimal price'],
    [CN_2019, 'history[0].price', '', 'history[0].price: "" is no decimal price'],
    [CN_2023, 'packages[1].prices[1].from', '2024-13-01', 'packages[1].prices[1].from: "2024-13-01" is no day'],
    [
      CN_2023,
      'packages[1].prices[1].from',
      '2023-01-01',
      'packages[1].prices[1].from: "2023-01-01" is not after "2023-01-01"',
    ],
    [
      INTL_2024,
      'addOns[4].openTo.premium[1].from',
      '2023-12-31',
      'addOns[4].openTo.premium[1].from: "2023-12-31" is not after "2024-01-01"',
    ],
    [
      CN_2019,
      'packages[1].prices[0].from',
      '2019-01-02',
      'packages[1].prices[0].from: "2019-01-02" is after the book\'s default day "2019-01-01"',
    ],
    [CN_2019, 'packages[0].prices', [row], 'packages[0].prices: trial has no price'],
    [INTL_2022, 'packages[2].prices', [], 'packages[2].prices: is empty'],
    [CN_2019, 'addOns[0].openTo.pro', [], 'addOns[0].openTo.pro: is empty'],
  ]);
});

describe('P-1.2 Trial is the first package and the only one of its name', () => {
  finds([
    [CN_2019, 'packages', [], 'packages: is empty', ...withoutPro],
    [CN_2019, 'packages[0].id', 'free', 'packages[0].id: "free": the first, and only it, is trial'],
    [
      CN_2019,
      'packages[2]',
      { ...pro, id: 'trial' },
      'packages[2].id: "trial": the first, and only it, is trial',
      'packages[2].id: "trial" is there twice',
    ],
    [CN_2019, 'trialMonths.value', 0, 'trialMonths.value: 0 is no number of months'],
  ]);
});

describe('P-9.1 every package has every limit', () => {
  finds([
    [CN_2019, 'packages[0].limits.users', undefined, 'packages[0].limits.users: is missing'],
    [CN_2019, 'packages[1].limits.dauQuota', undefined, 'packages[1].limits.dauQuota: is missing'],
    [CN_2019, 'packages[1].limits.users.value', -1, 'packages[1].limits.users.value: -1 is no limit'],
    [CN_2019, 'packages[1].limits.users.value', 1.5, 'packages[1].limits.users.value: 1.5 is no limit'],
    [CN_2019, 'packages[1].limits.users.value', 'infinite', 'packages[1].limits.users.value: "infinite" is no limit'],
    [
      CN_2019,
      'packages[0].limits.a-b',
      { value: 1, source: 'D' },
      'packages[0].limits: "a-b" is no key of a limit',
      'packages[1].limits.a-b: is missing',
    ],
  ]);
});

describe('P-2.8 add-ons name what exists', () => {
  finds([
    [CN_2019, 'addOns[0].openTo', {}, 'addOns[0].openTo: is empty'],
    [CN_2019, 'addOns[0].openTo.flagship', [row], 'addOns[0].openTo: "flagship" is no package of the book'],
    [INTL_2024, 'addOns[1].needs', 'desks', 'addOns[1].needs: "desks" is no other add-on of the book'],
    [INTL_2024, 'addOns[1].needs', 'desk-seat', 'addOns[1].needs: "desk-seat" is no other add-on of the book'],
    [CN_2019, 'addOns[0].family', 'Live', 'addOns[0].family: "Live" is no id'],
    [
      INTL_2024,
      'addOns[7].family',
      'calls',
      'addOns[5].family: "call" raises what "call-group" of another family raises',
      'addOns[6].family: "call" raises what "call-group" of another family raises',
      'addOns[7].family: "calls" raises what "call-trial" of another family raises',
    ],
    [CN_2019, 'addOns[0].raises', {}, 'addOns[0].raises: raises nothing'],
    [CN_2019, 'addOns[0].raises.limits', { 'a-b': 1 }, 'addOns[0].raises.limits: "a-b" is no key of a limit'],
    [CN_2019, 'addOns[0].raises.limits.liveGroups', -1, 'addOns[0].raises.limits.liveGroups: -1 is no limit'],
    [INTL_2024, 'addOns[2].raises.plus', { 'a-b': 1 }, 'addOns[2].raises.plus: "a-b" is no key of a limit'],
    [INTL_2024, 'addOns[2].raises.plus.bots', 0, 'addOns[2].raises.plus.bots: 0 adds nothing'],
    [INTL_2024, 'addOns[8].raises.features[0]', 'Push', 'addOns[8].raises.features[0]: "Push" is no id'],
    [CN_2019, 'addOns[0].byQuantity', true, 'addOns[0].raises.plus: is missing: a quantity would raise nothing'],
    [INTL_2024, 'addOns[5].trial.days', 0, 'addOns[5].trial.days: 0 is no positive number'],
    [INTL_2024, 'addOns[5].trial.perApp', 1.5, 'addOns[5].trial.perApp: 1.5 is no positive number'],
    [INTL_2024, 'addOns[5].openTo.trial[0].price', '1', 'addOns[5].trial: a trial with a price'],
  ]);
});

describe('P-7 meters can be counted and charged', () => {
  finds([
    [CN_2023, 'meters[3].region', null, 'meters[3].region: is missing: another row of the meter has one'],
    [CN_2019, 'meters[2].region', 'Mainland China', 'meters[2].region: "Mainland China" is no id'],
    [CN_2019, 'meters[1].fromDay', 29, 'meters[1].fromDay: 29 is no first day'],
    [CN_2019, 'meters[0].free', -1, 'meters[0].free: -1 is no free quota'],
    [CN_2019, 'meters[0].unit', 0, 'meters[0].unit: 0 is no billing unit'],
    [CN_2019, 'meters[0].price', '0', 'meters[0].price: charges nothing'],
    [INTL_2024, 'meters[1].plugIn', 'pushes', 'meters[1].plugIn: "pushes" is no add-on of the book'],
  ]);
});

describe('P-7.5 history storage is sold in its tiers', () => {
  finds([
    [CN_2019, 'history[0].package', 'flagship', 'history[0].package: "flagship" is no paid package of the book'],
    [CN_2019, 'history[0].package', 'trial', 'history[0].package: "trial" is no paid package of the book'],
    [CN_2019, 'history[0].days', 60, 'history[0].days: 60 is no tier'],
    [CN_2023, 'history[4].days', 30, 'history[4].days: 30 is no more than flagship has'],
    [CN_2019, 'history[0].perDau', 0, 'history[0].perDau: 0 is no unit'],
  ]);
});

describe('P-1.7 defaults and migrations', () => {
  finds([
    [CN_2019, 'defaultFrom.value', '2019-02-29', 'defaultFrom.value: "2019-02-29" is no day'],
    [CN_2019, 'migratesTo.value', 'cn-2019', 'migratesTo.value: is the book itself'],
    [CN_2019, 'migratesTo.value', 'CN', 'migratesTo.value: "CN" is no id'],
  ]);

  const among = (book: PriceBook, path: string, value: unknown, ...others: PriceBook[]): string[] => {
    const one = spoilt(book, path, value);
    return problemsAmong(one, [one, ...others]);
  };

  it('P-1.7 good books go together', () => {
    const books = [CN_2019, CN_2023, OVERSEAS_2023, INTL_2022, INTL_2024];
    expect(books.flatMap((book) => problemsAmong(book, books))).toEqual([]);
  });

  it.each([
    ['id: "cn-2023" is there twice', among(CN_2019, 'id', 'cn-2023', CN_2023)],
    [
      'defaultFrom.value: "cn-2023" is the default from the same day',
      among(CN_2019, 'defaultFrom.value', '2023-01-01', CN_2023),
    ],
    ['migratesTo.value: "cn-2023" is no other book', among(CN_2019, 'revision', 1)],
    [
      'migratesTo.value: "cn-2023" has another currency',
      among(CN_2019, 'revision', 1, { ...CN_2023, currency: 'USD' }),
    ],
    ['migratesTo.value: "cn-2023" lacks the data centre "moon"', among(CN_2019, 'dataCentres[1]', 'moon', CN_2023)],
    [
      'migratesTo.value: "cn-2023" lacks the package "lite"',
      among(CN_2019, 'packages[2]', { ...pro, id: 'lite' }, CN_2023),
    ],
  ])('%s', (problem, found) => expect(found).toContain(problem));
});
