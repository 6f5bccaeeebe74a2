/** `intl-2022` charges the package itself by calendar month, afterwards. P-7.11 */
import { describe, expect, it } from '@jest/globals';
import {
  createApp,
  disableApp,
  enableApp,
  migrate,
  openAccount,
  purchase,
  recordUsage,
  refund,
  topUp,
  upgrade,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const at = (dayAndTime: string): string => `2024-${dayAndTime}+08:00`;
const postpaid = (product: string) => purchase(product, { months: undefined });
const mau = (day: string, value: number) => recordUsage([{ meter: 'mau', day: `2024-${day}`, value }]);

const trial = given(at('06-01T00:00:00'), openAccount('USD'), topUp('10000.00'), createApp('intl-2022'));
const standard = trial.and(at('06-01T00:00:00'), postpaid('standard'));
const linesOf = (scenario: Scenario, period: string): readonly object[] => scenario.bill(period).lines;
const june = (scenario: Scenario): readonly object[] => linesOf(scenario.until(at('07-03T00:00:00')), '2024-06');
const OF = 2_592_000;

describe('P-7.11 a postpaid package is charged by the month, by the share in which the app had it and served', () => {
  it.each([
    ['standard', '399'],
    ['premium', '699'],
  ])('a whole month of %s is %s', (product, unitPrice) => {
    expect(june(trial.and(at('06-01T00:00:00'), postpaid(product)))).toEqual([
      {
        appId: 'p1',
        meter: product,
        figure: 1,
        free: 0,
        units: 1,
        unitPrice,
        book: 'intl-2022',
        package: product,
        share: { served: OF, of: OF },
        amount: `${unitPrice}.00`,
      },
    ]);
  });

  it('nothing is paid when it is bought', () => {
    expect(standard.account().cash).toBe('10000.00');
    expect(standard.until(at('07-03T00:00:00')).account().cash).toBe('9601.00');
  });

  it('month after month, until it is given up', () => {
    const bills = standard.until(at('10-03T00:00:00')).account().bills;
    expect(bills.map(({ total }) => total)).toEqual(['399.00', '399.00', '399.00', '399.00']);
  });

  it('from the second of the purchase on', () => {
    // Ten days and a second of 30 days.
    expect(june(trial.and(at('06-20T23:59:59'), postpaid('standard')))).toMatchObject([
      { share: { served: 864_001, of: OF }, amount: '133.00' },
    ]);
  });

  it('without the time in which it was stopped, beside overage with the share of the app', () => {
    const stopped = trial
      .and(at('06-11T00:00:00'), postpaid('standard'), mau('06-11', 11_000))
      .and(at('06-21T00:00:00'), disableApp())
      .and(at('06-26T00:00:00'), enableApp());
    expect(june(stopped)).toMatchObject([
      { meter: 'standard', share: { served: 1_296_000, of: OF }, amount: '199.50' },
      { meter: 'mau', units: 1000, share: { served: 2_160_000, of: OF }, amount: '12.50' },
    ]);
  });

  it('with amount 0 where it was stopped all the month', () => {
    const bills = standard.and(at('06-30T23:59:59'), disableApp()).until(at('08-03T00:00:00'));
    expect(linesOf(bills, '2024-07')).toMatchObject([{ meter: 'standard', share: { served: 0 }, amount: '0.00' }]);
  });
});

describe('P-7.11 an upgrade within the month makes two lines', () => {
  const upgraded = standard.and(at('06-10T00:00:00'), upgrade('premium'));

  it('each package by its own share, without a fee', () => {
    expect(upgraded.account().cash).toBe('10000.00');
    expect(june(upgraded)).toMatchObject([
      { meter: 'standard', unitPrice: '399', share: { served: 777_600, of: OF }, amount: '119.70' },
      { meter: 'premium', unitPrice: '699', share: { served: 1_814_400, of: OF }, amount: '489.30' },
    ]);
  });

  it('overage is that of the package at the end of the month', () => {
    expect(june(upgraded.and(at('06-12T00:00:00'), mau('06-02', 10_100))).at(-1)).toMatchObject({
      meter: 'mau',
      package: 'premium',
      share: { served: OF, of: OF },
      amount: '1.50',
    });
  });

  it('and the month after one', () => {
    expect(linesOf(upgraded.until(at('08-03T00:00:00')), '2024-07')).toMatchObject([
      { meter: 'premium', amount: '699.00' },
    ]);
  });

  it('a package given up and bought again in the month is one line', () => {
    const again = upgraded
      .and(at('06-15T00:00:00'), refund('premium'))
      .and(at('06-20T00:00:00'), postpaid('standard'))
      .and(at('06-25T00:00:00'), refund('standard'));
    // 9 + 5 days of standard, 5 of premium.
    expect(june(again)).toMatchObject([
      { meter: 'standard', share: { served: 1_209_600, of: OF }, amount: '186.20' },
      { meter: 'premium', share: { served: 432_000, of: OF }, amount: '116.50' },
    ]);
  });

  it('a package had for no time is no line', () => {
    const brief = trial.and(at('06-16T00:00:00'), postpaid('standard'), upgrade('premium'));
    expect(june(brief)).toMatchObject([{ meter: 'premium', share: { served: 1_296_000 }, amount: '349.50' }]);
  });
});

describe('P-7.11 giving it up ends the fee', () => {
  const given1 = standard.and(at('06-16T00:00:00'), refund('standard'));

  it('nothing is paid back, and the part of the month is billed', () => {
    standard.when(at('06-16T00:00:00'), refund('standard')).thenAmong({ type: 'Refunded', amount: '0.00' });
    expect(june(given1)).toMatchObject([{ meter: 'standard', share: { served: 1_296_000, of: OF }, amount: '199.50' }]);
  });

  it('and the bills of the three months after are of 0', () => {
    const bills = given1.until(at('12-31T00:00:00')).account().bills;
    expect(bills.map(({ period, total }) => [period, total])).toEqual([
      ['2024-06', '199.50'],
      ['2024-07', '0.00'],
      ['2024-08', '0.00'],
      ['2024-09', '0.00'],
    ]);
  });
});

describe('P-7.11 a migration to intl-2024 ends the fee', () => {
  const migrated = standard.and(at('06-16T00:00:00'), migrate('intl-2024', { months: 1 }), mau('06-05', 10_100));

  it('with the prepaid order of the same package that it pays and starts', () => {
    standard
      .when(at('06-16T00:00:00'), migrate('intl-2024', { months: 1 }))
      .thenAmong(
        { type: 'PriceBookMigrated', from: 'intl-2022', to: 'intl-2024', takesEffect: 'now' },
        { type: 'Purchased', order: { product: 'standard', priceBook: 'intl-2024', amount: '399.00' } },
      );
  });

  it('the part of the month before is billed, and the month’s usage by the new book', () => {
    expect(june(migrated)).toMatchObject([
      { meter: 'standard', book: 'intl-2022', share: { served: 1_296_000, of: OF }, amount: '199.50' },
      { meter: 'mau', book: 'intl-2024', units: 100, amount: '1.50' },
    ]);
  });

  it('and no package from the next month on', () => {
    expect(linesOf(migrated.until(at('08-03T00:00:00')), '2024-07')).toEqual([]);
  });
});
