/** History storage: a setting of the app, billed by calendar month. P-7.5 */
import { describe, expect, it } from '@jest/globals';
import type { Sample } from '../commands.js';
import {
  createApp,
  disableApp,
  enableApp,
  openAccount,
  purchase,
  recordUsage,
  refund,
  setHistoryTier,
  topUp,
  upgrade,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const JUNE = '2024-06-01T00:00:00+08:00';
const JUNE_SETTLED = '2024-07-03T00:00:00+08:00';
const JULY_SETTLED = '2024-08-03T00:00:00+08:00';
const MID = '2024-06-16T00:00:00+08:00';

const inJune = (book: string, product: string, months = 1): Scenario =>
  given(
    JUNE,
    openAccount(book.startsWith('intl') ? 'USD' : 'CNY'),
    topUp('100000.00'),
    createApp(book),
    purchase(product, book === 'intl-2022' ? { months: undefined } : { months }),
  );
const tierFrom = (product: string, days: number, months = 1): Scenario =>
  inJune('cn-2023', product, months).and(JUNE, setHistoryTier(days));
const dau = (day: string, value: number): Sample => ({ meter: 'dau', day, value });

describe('P-7.5 history storage costs what the tier costs with the package', () => {
  it.each(
    ['cn-2023', 'overseas-2023'].flatMap((book) => [
      [book, 'pro', 30, '500'],
      [book, 'pro', 90, '1000'],
      [book, 'pro', 180, '1500'],
      [book, 'pro', 360, '2500'],
      [book, 'flagship', 90, '500'],
      [book, 'flagship', 180, '1000'],
      [book, 'flagship', 360, '2000'],
    ]) as [string, string, number, string][],
  )('in %s, %s: %i days at %s', (book, product, days, unitPrice) => {
    const scenario = inJune(book, product).and(JUNE, setHistoryTier(days)).until(JUNE_SETTLED);
    expect(scenario.bill('2024-06').lines).toEqual([
      {
        appId: 'p1',
        meter: 'history',
        figure: days,
        free: 0,
        units: 1,
        unitPrice,
        book,
        package: product,
        share: { served: 2_592_000, of: 2_592_000 },
        amount: `${unitPrice}.00`,
      },
    ]);
  });

  it.each([
    [30, [], 1, '500.00'],
    [90, [dau('2024-06-07', 100_000)], 1, '500.00'],
    [180, [dau('2024-06-07', 100_001)], 2, '1000.00'],
    [360, [dau('2024-06-08', 250_000), dau('2024-06-07', 250_000)], 3, '1500.00'],
  ] as [number, Sample[], number, string][])(
    'in cn-2019: %i days for each 100,000 DAU begun, at least one, none of them free: %j',
    (days, samples, units, amount) => {
      const pro = inJune('cn-2019', 'pro').and(JUNE, setHistoryTier(days));
      const reported = samples.length === 0 ? pro : pro.and('2024-06-30T00:00:00+08:00', recordUsage(samples));
      const { lines } = reported.until(JUNE_SETTLED).bill('2024-06');
      expect(lines.filter(({ meter }) => meter === 'history')).toMatchObject([
        {
          ...(samples.length === 0 ? { figure: 0 } : { figure: samples[0]?.value, peakDay: '2024-06-07' }),
          free: 0,
          units,
          unitPrice: '500',
          amount,
        },
      ]);
    },
  );
});

describe('P-7.5 the month in which a tier is set counts whole, at the dearest one', () => {
  const historyIn = (scenario: Scenario, period = '2024-06'): readonly object[] => scenario.bill(period).lines;

  it('when it is set in the last second of the month', () => {
    const late = inJune('cn-2023', 'pro').and('2024-06-30T23:59:59+08:00', setHistoryTier(90));
    expect(historyIn(late.until(JUNE_SETTLED))).toMatchObject([{ figure: 90, amount: '1000.00' }]);
  });

  it('when a cheaper one follows, or none', () => {
    const lowered = tierFrom('pro', 360, 2).and(MID, setHistoryTier(30)).until(JULY_SETTLED);
    expect(historyIn(lowered)).toMatchObject([{ figure: 360, amount: '2500.00' }]);
    expect(historyIn(lowered, '2024-07')).toMatchObject([{ figure: 30, amount: '500.00' }]);
    const none = tierFrom('pro', 360, 2).and(MID, setHistoryTier(7)).until(JULY_SETTLED);
    expect(historyIn(none)).toMatchObject([{ figure: 360 }]);
    expect(historyIn(none, '2024-07')).toEqual([]);
  });

  it('but a tier set and unset within a second was not there for any time', () => {
    const brief = inJune('cn-2023', 'pro').and(MID, setHistoryTier(360), setHistoryTier(30)).until(JUNE_SETTLED);
    expect(historyIn(brief)).toMatchObject([{ figure: 30 }]);
  });

  it('and not a tier that only stood while the app had no package', () => {
    // The package lapses on 2 June; the tier stays, and is lowered in the second of the next purchase.
    const gap = given('2024-05-01T00:00:00+08:00', openAccount('CNY'), topUp('100000.00'), createApp('cn-2023'))
      .and('2024-05-01T00:00:00+08:00', purchase('pro'), setHistoryTier(360))
      .and('2024-07-10T00:00:00+08:00', purchase('pro'), setHistoryTier(30));
    const bills = gap.until(JULY_SETTLED);
    expect(historyIn(bills)).toMatchObject([{ figure: 360, share: { served: 86_400 }, amount: '83.33' }]);
    expect(historyIn(bills, '2024-07')).toMatchObject([{ figure: 30, share: { served: 1_900_800, of: 2_678_400 } }]);
  });
});

describe('P-7.5 the prices are those of the package that counts', () => {
  const upgraded = (days: number): Scenario => tierFrom('pro', days).and(MID, upgrade('flagship')).until(JUNE_SETTLED);

  it('after an upgrade those of the higher one', () => {
    expect(upgraded(90).bill('2024-06').lines).toMatchObject([
      { figure: 90, package: 'flagship', unitPrice: '500', amount: '500.00' },
    ]);
  });

  it('and a tier that it has without charge is no line', () => {
    expect(upgraded(30).bill('2024-06').lines).toEqual([]);
  });
});

describe('P-7.5 history storage has the share of P-7.8', () => {
  it('in cn-2023', () => {
    // Stopped on 15 of 30 days.
    const half = tierFrom('pro', 30).and(JUNE, disableApp()).and(MID, enableApp()).until(JUNE_SETTLED);
    expect(half.bill('2024-06').lines).toMatchObject([
      { share: { served: 1_296_000, of: 2_592_000 }, amount: '250.00' },
    ]);
  });

  it('in cn-2019, after the rounding to units', () => {
    const third = inJune('cn-2019', 'pro')
      .and(JUNE, setHistoryTier(30))
      .and('2024-06-11T00:00:00+08:00', recordUsage([dau('2024-06-01', 100_001)]), refund('pro'));
    expect(third.until(JUNE_SETTLED).bill('2024-06').lines.at(-1)).toMatchObject({
      meter: 'history',
      units: 2,
      share: { served: 864_000, of: 2_592_000 },
      amount: '333.33',
    });
  });
});

describe('P-7.5 a tier stays with the app until set anew', () => {
  it('from month to month', () => {
    const bills = tierFrom('pro', 180, 3).until('2024-09-03T00:00:00+08:00');
    expect(['2024-06', '2024-07', '2024-08'].map((period) => bills.bill(period).total)).toEqual([
      '1500.00',
      '1500.00',
      '1500.00',
    ]);
  });

  it('over a lapse, but no month without a package is charged', () => {
    const bills = tierFrom('pro', 180)
      .and('2024-09-01T00:00:00+08:00', purchase('pro'))
      .until('2024-10-03T00:00:00+08:00');
    expect(['2024-06', '2024-08', '2024-09'].map((period) => bills.bill(period).total)).toEqual([
      '1500.00',
      '0.00',
      '1500.00',
    ]);
    expect(bills.app().historyTier).toBe(180);
  });

  it('raises the days of history, and lowers none', () => {
    expect(tierFrom('pro', 90).app().entitlements.limits['historyDays']).toBe(90);
    expect(inJune('cn-2023', 'flagship').app()).toMatchObject({
      historyTier: 7,
      entitlements: { limits: { historyDays: 30 } },
    });
  });
});

describe('P-7.5 a tier is set while a package runs or is in grace', () => {
  it('one that is offered to the package', () => {
    inJune('cn-2023', 'pro').when(MID, setHistoryTier(30)).then({ type: 'HistoryTierSet', appId: 'p1', days: 30 });
  });

  it('and the one already set changes nothing', () => {
    tierFrom('pro', 30).when(MID, setHistoryTier(30)).thenNothing();
    inJune('cn-2023', 'pro').when(MID, setHistoryTier(7)).thenNothing();
  });

  it('in grace, back to none too', () => {
    const grace = '2024-07-01T12:00:00+08:00';
    tierFrom('pro', 30).when(grace, setHistoryTier(7)).then({ type: 'HistoryTierSet', days: 7 });
    tierFrom('pro', 30).when(grace, setHistoryTier(90)).then({ type: 'HistoryTierSet', days: 90 });
  });

  it('while the app is disabled, for its package runs', () => {
    inJune('cn-2023', 'pro').and(MID, disableApp()).when(MID, setHistoryTier(30)).thenAmong({ type: 'HistoryTierSet' });
  });

  it.each([7, 30])('not on Trial, after a lapse or after a refund: %i', (days) => {
    const trial = given(JUNE, openAccount('CNY'), topUp('10000.00'), createApp('cn-2023'));
    trial.when(MID, setHistoryTier(days)).thenRefused('TierNotOffered', 'P-7.5');
    tierFrom('pro', 90).when('2024-07-02T00:00:00+08:00', setHistoryTier(days)).thenRefused('TierNotOffered', 'P-7.5');
    tierFrom('pro', 90).and(MID, refund('pro')).when(MID, setHistoryTier(days)).thenRefused('TierNotOffered', 'P-7.5');
  });

  it.each([
    ['cn-2023', 'flagship', 30],
    ['overseas-2023', 'flagship', 30],
    ['cn-2023', 'pro', 60],
    ['cn-2019', 'pro', 45],
    ['intl-2022', 'standard', 30],
    ['intl-2024', 'premium', 30],
    ['intl-2024', 'premium', 7],
  ])('not where it is not offered: %s, %s, %i', (book, product, days) => {
    inJune(book, product).when(MID, setHistoryTier(days)).thenRefused('TierNotOffered', 'P-7.5', { days });
  });
});
