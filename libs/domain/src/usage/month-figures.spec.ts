/** What a month's figure is, and what of it is above the quota: every meter of every book, by hand. P-7.1 to P-7.4, P-7.7 */
import { describe, expect, it } from '@jest/globals';
import type { Sample } from '../commands.js';
import { createApp, openAccount, purchase, recordUsage, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

/** The whole of June 2024 on the package: the term ends on 1 July, the grace with the 2nd. */
const JUNE = '2024-06-01T00:00:00+08:00';
const LAST = '2024-06-30T12:00:00+08:00';
const SETTLED = '2024-07-03T00:00:00+08:00';

const CURRENCY: Record<string, 'CNY' | 'USD'> = { 'intl-2022': 'USD', 'intl-2024': 'USD' };
const onTrial = (book: string, at: string): Scenario =>
  given(at, openAccount(CURRENCY[book] ?? 'CNY'), topUp('1000000.00'), createApp(book));
const inJune = (book: string, product: string, months: number | undefined = 1): Scenario =>
  onTrial(book, JUNE).and(JUNE, purchase(product, book === 'intl-2022' ? { months: undefined } : { months }));

const sample =
  (meter: string) =>
  (day: string, value: number | string, region?: string): Sample => ({
    meter,
    day: `2024-06-${day}`,
    value,
    ...(region !== undefined && { region }),
  });
const dau = sample('dau');
const mau = sample('mau');
const groups = sample('groups');
const bandwidth = sample('bandwidth');

/** The lines of June's bill after these samples, reported on the 30th. */
const linesOf = (scenario: Scenario, ...samples: readonly Sample[]): readonly object[] =>
  scenario.and(LAST, recordUsage(samples)).until(SETTLED).bill('2024-06').lines;

describe('P-7.1 the figure of DAU and MAU is the highest day of the month', () => {
  it.each([
    ['cn-2019', 'pro', 'dau', 100_000, 250_001, 2, '10000', '20000.00'],
    ['cn-2023', 'pro', 'dau', 10_000, 25_000, 2, '1000', '2000.00'],
    ['cn-2023', 'flagship', 'dau', 10_000, 30_001, 3, '1000', '3000.00'],
    ['overseas-2023', 'pro', 'dau', 10_000, 25_000, 2, '3000', '6000.00'],
    ['overseas-2023', 'flagship', 'dau', 10_000, 10_001, 1, '3000', '3000.00'],
    ['intl-2024', 'standard', 'mau', 10_000, 11_234, 1234, '0.015', '18.51'],
    ['intl-2024', 'premium', 'mau', 10_000, 11_233, 1233, '0.015', '18.50'],
  ])('in %s, %s: %s', (book, product, meter, free, value, units, unitPrice, amount) => {
    const report = sample(meter);
    expect(linesOf(inJune(book, product), report('07', value), report('05', 9), report('20', value - 1))).toEqual([
      {
        appId: 'p1',
        meter,
        figure: value,
        peakDay: '2024-06-07',
        free,
        units,
        unitPrice,
        book,
        package: product,
        share: { served: 2_592_000, of: 2_592_000 },
        amount,
      },
    ]);
  });

  it.each(['standard', 'premium'])('in intl-2022, %s: mau, beside the package itself', (product) => {
    expect(linesOf(inJune('intl-2022', product), mau('09', 10_100), mau('10', 10_000))).toMatchObject([
      { meter: product },
      { meter: 'mau', figure: 10_100, peakDay: '2024-06-09', free: 10_000, units: 100, amount: '1.50' },
    ]);
  });

  it('names the earliest of equal days as its witness, in whatever order they came', () => {
    const lines = linesOf(inJune('cn-2023', 'pro'), dau('21', 20_000), dau('08', 20_000), dau('30', 20_000));
    expect(lines).toMatchObject([{ figure: 20_000, peakDay: '2024-06-08' }]);
  });

  const trial = onTrial('cn-2023', JUNE).and('2024-06-10T23:59:59+08:00', purchase('pro'));

  it('does not count the days before the one on which the app left Trial', () => {
    expect(linesOf(trial, dau('09', 90_000), dau('12', 20_001))).toMatchObject([
      { figure: 20_001, peakDay: '2024-06-12', units: 2 },
    ]);
  });

  it('counts the day on which it left Trial whole', () => {
    expect(linesOf(trial, dau('10', 90_000), dau('12', 20_001))).toMatchObject([{ peakDay: '2024-06-10', units: 8 }]);
  });

  it('does not count days on Trial for any meter', () => {
    const lines = linesOf(trial, groups('09', 900_000), bandwidth('09', 7), bandwidth('11', '2.5'));
    expect(lines).toMatchObject([{ meter: 'bandwidth', figure: 3 }]);
  });
});

describe('P-7.2 the figure of groups is the highest number at once', () => {
  it.each([
    ['cn-2019', '1000', '2000.00'],
    ['cn-2023', '1000', '2000.00'],
    ['overseas-2023', '3000', '6000.00'],
  ])('in %s', (book, unitPrice, amount) => {
    expect(linesOf(inJune(book, 'pro'), groups('06', 300_000), groups('07', 299_999))).toMatchObject([
      { meter: 'groups', figure: 300_000, peakDay: '2024-06-06', free: 100_000, units: 2, unitPrice, amount },
    ]);
  });

  it('is counted from the 4th, 00:00, in cn-2019', () => {
    const pro = inJune('cn-2019', 'pro');
    expect(linesOf(pro, groups('03', 900_000), groups('05', 150_000))).toMatchObject([{ peakDay: '2024-06-05' }]);
    expect(linesOf(pro, groups('04', 900_000), groups('05', 150_000))).toMatchObject([{ peakDay: '2024-06-04' }]);
    expect(linesOf(pro, groups('03', 900_000))).toEqual([]);
  });

  it('is counted from the 1st in the other books, and DAU in every book', () => {
    expect(linesOf(inJune('cn-2023', 'pro'), groups('01', 900_000))).toMatchObject([{ peakDay: '2024-06-01' }]);
    expect(linesOf(inJune('cn-2019', 'pro'), dau('01', 900_000))).toMatchObject([{ peakDay: '2024-06-01' }]);
  });
});

describe('P-7.3 overage is what is above the quota, in whole units rounded up', () => {
  it.each([
    [9_999, []],
    [10_000, []],
    [10_001, [1]],
    [20_000, [1]],
    [20_001, [2]],
  ])('%i DAU of 10,000 free in units of 10,000', (value, units) => {
    expect(linesOf(inJune('cn-2023', 'pro'), dau('15', value))).toMatchObject(units.map((each) => ({ units: each })));
  });

  it.each([
    [10_000, []],
    [10_001, [{ units: 1, amount: '0.02' }]],
    [10_002, [{ units: 2, amount: '0.03' }]],
    [10_003, [{ units: 3, amount: '0.05' }]],
    [1_010_000, [{ units: 1_000_000, amount: '15000.00' }]],
  ])('%i MAU: each user above 10,000 at 0.015, rounded half up once', (value, lines) => {
    expect(linesOf(inJune('intl-2024', 'standard'), mau('15', value))).toMatchObject(lines);
  });
});

describe('P-7.4 bandwidth is the sum of the daily peaks, each rounded up to 1 Mbps', () => {
  it('in cn-2019, on the mainland', () => {
    expect(
      linesOf(inJune('cn-2019', 'pro'), bandwidth('01', '0.01'), bandwidth('02', 3), bandwidth('03', '4.5')),
    ).toEqual([
      {
        appId: 'p1',
        meter: 'bandwidth',
        region: 'mainland',
        figure: 9,
        free: 0,
        units: 9,
        unitPrice: '2',
        book: 'cn-2019',
        package: 'pro',
        share: { served: 2_592_000, of: 2_592_000 },
        amount: '18.00',
      },
    ]);
  });

  it('in cn-2023, each region on a line of its own, at its own price', () => {
    const lines = linesOf(
      inJune('cn-2023', 'flagship'),
      bandwidth('01', '1.2', 'abroad'),
      bandwidth('01', '1.2'),
      bandwidth('02', 5, 'mainland'),
      bandwidth('03', '0.4', 'abroad'),
    );
    expect(lines).toMatchObject([
      { region: 'mainland', figure: 7, units: 7, unitPrice: '2', amount: '14.00' },
      { region: 'abroad', figure: 3, units: 3, unitPrice: '4', amount: '12.00' },
    ]);
  });

  it('takes the highest of a day before it rounds, whether a region was named or not', () => {
    const lines = linesOf(inJune('cn-2023', 'pro'), bandwidth('01', '2.1'), bandwidth('01', '2.9', 'mainland'));
    expect(lines).toMatchObject([{ figure: 3 }]);
  });

  it('has nothing to charge where nothing ran', () => {
    expect(linesOf(inJune('cn-2023', 'pro'), bandwidth('01', 0))).toEqual([]);
  });
});

describe('P-7.7 an app on Trial has no overage', () => {
  it('is not billed for what it reports', () => {
    const trial = onTrial('cn-2023', JUNE).and(LAST, recordUsage([dau('20', 900_000), bandwidth('20', 50)]));
    expect(trial.until('2024-08-03T00:00:00+08:00').account().bills).toEqual([]);
  });

  it('leaves no overage behind for the month in which it leaves Trial', () => {
    const left = onTrial('cn-2023', JUNE).and(LAST, recordUsage([dau('20', 900_000)]), purchase('pro'));
    expect(left.until(SETTLED).bill('2024-06')).toMatchObject({ total: '0.00', lines: [] });
  });
});
