/** The bill of a calendar month: when it is drawn up, for which months, from what. P-7.6, P-1.7 */
import { describe, expect, it } from '@jest/globals';
import {
  banAccount,
  createApp,
  migrate,
  openAccount,
  purchase,
  recordUsage,
  refund,
  renew,
  topUp,
  upgrade,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const JUNE = '2024-06-01T00:00:00+08:00';
const SECOND_BEFORE = '2024-07-02T23:59:59+08:00';
const SETTLED = '2024-07-03T00:00:00+08:00';
const dau = (day: string, value: number, appId = 'p1') =>
  recordUsage([{ meter: 'dau', day: `2024-${day}`, value }], { appId });

const account = given(JUNE, openAccount('CNY'), topUp('20000.00'), createApp('cn-2023'));
const pro = account.and(JUNE, purchase('pro', { months: 2 }));
const periods = (scenario: Scenario): readonly string[] => scenario.account().bills.map(({ period }) => period);

describe('P-7.6 the bill of a month is drawn up on the 3rd of the next, 00:00 local', () => {
  it('to the second, with its evidence and the streams it was drawn from', () => {
    const used = pro.and('2024-06-20T00:00:00+08:00', dau('06-19', 20_001), dau('06-18', 30_000));
    used
      .and('2024-07-01T12:00:00+08:00', dau('07-01', 20_000))
      .until(SECOND_BEFORE)
      .whenTimeIs(SETTLED)
      .then({
        type: 'BillIssued',
        effectiveAt: '2024-07-02T16:00:00Z',
        billId: 'a1-2024-06',
        period: '2024-06',
        lines: [
          {
            appId: 'p1',
            meter: 'dau',
            figure: 30_000,
            peakDay: '2024-06-18',
            free: 10_000,
            units: 2,
            unitPrice: '1000',
            book: 'cn-2023',
            package: 'pro',
            share: { served: 2_592_000, of: 2_592_000 },
            amount: '2000.00',
          },
        ],
        total: '2000.00',
        gift: '0.00',
        cash: '2000.00',
        sources: [{ stream: 'usage-p1-2024-06', revision: '1' }],
      });
    used.whenTimeIs(SECOND_BEFORE).thenNothing();
  });

  it('is armed as a timer for each month not yet settled, up to the current one', () => {
    const armed = (time: string): readonly unknown[] =>
      pro
        .until(time)
        .result.timers.filter(({ kind }) => kind === 'settle-month')
        .map(({ period, dueAt, appId }) => [period, dueAt, appId]);
    expect(armed(JUNE)).toEqual([['2024-06', '2024-07-02T16:00:00Z', null]]);
    expect(armed(SECOND_BEFORE)).toEqual([
      ['2024-06', '2024-07-02T16:00:00Z', null],
      ['2024-07', '2024-08-02T16:00:00Z', null],
    ]);
    expect(armed(SETTLED)).toEqual([['2024-07', '2024-08-02T16:00:00Z', null]]);
    // August was the last month with a package, November the third after it.
    expect(armed('2024-12-02T23:59:59+08:00')).toEqual([['2024-11', '2024-12-02T16:00:00Z', null]]);
    expect(armed('2024-12-03T00:00:00+08:00')).toEqual([]);
  });

  it('is the same bill however late anybody looks', () => {
    pro
      .whenTimeIs('2024-07-20T00:00:00+08:00')
      .then({ type: 'BillIssued', effectiveAt: '2024-07-02T16:00:00Z', sources: [] });
  });

  it('counts usage that came in one second before', () => {
    expect(pro.and(SECOND_BEFORE, dau('06-30', 20_000)).until(SETTLED).bill('2024-06').total).toBe('1000.00');
  });

  it('does not count usage that came in at that second', () => {
    expect(pro.and(SETTLED, dau('06-30', 20_000)).bill('2024-06')).toMatchObject({ total: '0.00', lines: [] });
  });

  it('leaves out lines without units', () => {
    expect(pro.and(SECOND_BEFORE, dau('06-30', 10_000)).until(SETTLED).bill('2024-06').lines).toEqual([]);
  });
});

describe('P-7.6 one bill an account and month', () => {
  const two = pro
    .and(JUNE, createApp('cn-2023', { appId: 'p0' }), purchase('flagship', { appId: 'p0' }))
    .and(JUNE, createApp('cn-2023', { appId: 'p2' }))
    .and('2024-06-30T00:00:00+08:00', dau('06-09', 20_000), dau('06-09', 40_000, 'p0'), dau('06-09', 90_000, 'p2'));

  it('with the lines of all its apps that had a package, by app', () => {
    expect(two.until(SETTLED).account().bills).toMatchObject([
      {
        billId: 'a1-2024-06',
        total: '4000.00',
        lines: [
          { appId: 'p0', package: 'flagship', amount: '3000.00' },
          { appId: 'p1', package: 'pro', amount: '1000.00' },
        ],
      },
    ]);
  });

  it('and each account its own', () => {
    const other = two.and(
      '2024-06-30T00:00:00+08:00',
      openAccount('CNY', { accountId: 'a2' }),
      topUp('5000.00', { accountId: 'a2' }),
      createApp('cn-2023', { accountId: 'a2', appId: 'q1' }),
      purchase('pro', { accountId: 'a2', appId: 'q1' }),
    );
    expect(other.until(SETTLED).bill('2024-06', 'a2')).toMatchObject({
      billId: 'a2-2024-06',
      total: '0.00',
      lines: [],
    });
  });
});

describe('P-7.6 for every month with a package and the three after each', () => {
  it('an app has its package to the lapse, E + 24 h; then no more bills come', () => {
    // Two months to 1 August, lapsed on the 2nd: August is the last month with a package.
    expect(periods(pro.until('2025-12-31T00:00:00+08:00'))).toEqual([
      '2024-06',
      '2024-07',
      '2024-08',
      '2024-09',
      '2024-10',
      '2024-11',
    ]);
  });

  it('a lapse at the first second of a month is no time in it', () => {
    // Bought on 30 May: valid through 29 June, lapsed on 1 July, 00:00.
    const lapsed = given('2024-05-30T10:00:00+08:00', openAccount('CNY'), topUp('5000.00'), createApp('cn-2023')).and(
      '2024-05-30T10:00:00+08:00',
      purchase('pro'),
    );
    expect(periods(lapsed.until('2025-12-31T00:00:00+08:00')).at(-1)).toBe('2024-09');
  });

  it('a month that a purchase only ends is one without', () => {
    // The first package was refunded in May, the next begins with July.
    const between = given('2024-05-10T00:00:00+08:00', openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'))
      .and('2024-05-10T00:00:00+08:00', purchase('pro'))
      .and('2024-05-20T00:00:00+08:00', refund('pro'))
      .and('2024-06-30T00:00:00+08:00', dau('06-20', 900_000))
      .and('2024-07-01T00:00:00+08:00', purchase('pro'));
    expect(between.until(SETTLED).bill('2024-06').lines).toEqual([]);
  });

  it('to a refund', () => {
    const refunded = pro.and('2024-06-30T23:59:59+08:00', refund('pro'));
    expect(periods(refunded.until('2025-12-31T00:00:00+08:00'))).toEqual(['2024-06', '2024-07', '2024-08', '2024-09']);
  });

  it('and again from the next purchase on', () => {
    const [at, appId] = ['2025-02-28T23:59:59+08:00', 'p2'];
    const again = pro.and(at, createApp('cn-2023', { appId }), purchase('pro', { appId }));
    expect(periods(again.until('2025-04-03T00:00:00+08:00')).slice(-3)).toEqual(['2024-11', '2025-02', '2025-03']);
  });

  it('but none for a package of no length, and none on Trial', () => {
    const brief = account.and(JUNE, purchase('pro'), refund('pro'));
    expect(periods(brief.until('2025-12-31T00:00:00+08:00'))).toEqual([]);
    expect(periods(account.until('2025-12-31T00:00:00+08:00'))).toEqual([]);
  });

  it('a month is settled though the app is gone, or its account banned', () => {
    const banned = pro.and('2024-06-11T00:00:00+08:00', dau('06-10', 30_000), banAccount());
    expect(banned.until(SETTLED).bill('2024-06').lines).toMatchObject([
      { share: { served: 864_000 }, amount: '666.67' },
    ]);
  });
});

describe('P-7.6 the package that counts is the one at the end of the month, or the last', () => {
  it('after an upgrade the higher one, for the whole month', () => {
    const lines = pro
      .and('2024-06-30T23:59:59+08:00', dau('06-02', 20_001), upgrade('flagship'))
      .until(SETTLED)
      .bill('2024-06').lines;
    expect(lines).toMatchObject([{ package: 'flagship', units: 2, share: { served: 2_592_000 } }]);
  });

  it('an upgrade in the first second of the next month does not count', () => {
    const lines = pro
      .and('2024-06-30T23:59:59+08:00', dau('06-02', 20_001))
      .and('2024-07-01T00:00:00+08:00', upgrade('flagship'))
      .until(SETTLED)
      .bill('2024-06').lines;
    expect(lines).toMatchObject([{ package: 'pro' }]);
  });

  it('the one that it had last, though it has lapsed since', () => {
    const lapsed = given('2024-05-10T10:00:00+08:00', openAccount('CNY'), topUp('5000.00'), createApp('cn-2023')).and(
      '2024-05-10T10:00:00+08:00',
      purchase('pro'),
    );
    // The term ends on 10 June, 00:00, the grace with the 10th.
    const { lines } = lapsed.and('2024-06-30T00:00:00+08:00', dau('06-10', 20_000)).until(SETTLED).bill('2024-06');
    expect(lines).toMatchObject([{ package: 'pro', share: { served: 864_000, of: 2_592_000 }, amount: '333.33' }]);
  });
});

describe('P-1.7 the month of a migration is billed by the book at its end', () => {
  const old = given(JUNE, openAccount('CNY'), topUp('90000.00'), createApp('cn-2019'))
    .and(JUNE, purchase('pro'))
    .and('2024-06-20T00:00:00+08:00', migrate('cn-2023'), dau('06-05', 110_001))
    .and('2024-06-20T00:00:00+08:00', renew('pro', 1), dau('06-06', 120_000));
  const march = given('2024-06-10T00:00:00+08:00', openAccount('CNY'), topUp('90000.00'), createApp('cn-2019'))
    .and('2024-06-10T00:00:00+08:00', purchase('pro'), migrate('cn-2023'), renew('pro', 1))
    .and('2024-07-31T12:00:00+08:00', dau('07-02', 110_001));

  it('by the old one while its order runs', () => {
    expect(old.until(SETTLED).bill('2024-06').lines).toMatchObject([
      { book: 'cn-2019', free: 100_000, units: 1, amount: '10000.00' },
    ]);
  });

  it('by the new one, whole, where the first order under it has begun', () => {
    // From 10 July on: the 2nd counts by cn-2023 too.
    expect(march.until('2024-08-03T00:00:00+08:00').bill('2024-07').lines).toMatchObject([
      { book: 'cn-2023', free: 10_000, units: 11, amount: '11000.00' },
    ]);
  });
});
