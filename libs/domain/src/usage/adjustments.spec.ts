/** Late and corrected usage: never a changed bill, but a line on the next. P-7.9 */
import { describe, expect, it } from '@jest/globals';
import {
  chargeAccount,
  correctUsage,
  createApp,
  disableApp,
  enableApp,
  grantGift,
  openAccount,
  purchase,
  recordUsage,
  refund,
  setHistoryTier,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const JUNE = '2024-06-01T00:00:00+08:00';
const dau = (day: string, value: number) => recordUsage([{ meter: 'dau', day: `2024-${day}`, value }]);
const corrected = (day: string, value: number) => correctUsage({ meter: 'dau', day: `2024-${day}`, value });
const settled = (day: string): string => `2024-${day}T00:00:00+08:00`;
const late = (day: string): string => `2024-${day}T12:00:00+08:00`;

const flagship = given(JUNE, openAccount('CNY'), topUp('100000.00'), createApp('cn-2023')).and(
  JUNE,
  purchase('flagship', { months: 6 }),
);
/** Two units of 1,000 are billed for June. */
const two = flagship.and(late('06-20'), dau('06-15', 30_000)).until(settled('07-03'));
const linesOf = (scenario: Scenario, period: string): readonly object[] => scenario.bill(period).lines;

describe('P-7.9 late usage is a line of the next bill', () => {
  it('with what the line would be now, less what was billed, in units and amount', () => {
    const after = two.and(late('07-10'), dau('06-16', 50_001)).until(settled('08-03'));
    expect(linesOf(after, '2024-07')).toEqual([
      {
        appId: 'p1',
        meter: 'dau',
        figure: 50_001,
        peakDay: '2024-06-16',
        free: 10_000,
        units: 3,
        unitPrice: '1000',
        book: 'cn-2023',
        package: 'flagship',
        share: { served: 2_592_000, of: 2_592_000 },
        amount: '3000.00',
        adjusts: '2024-06',
      },
    ]);
    expect(after.bill('2024-07').total).toBe('3000.00');
  });

  it('and the bill that was issued stays as it is', () => {
    const after = two.and(late('07-10'), dau('06-16', 50_001)).until(settled('08-03'));
    expect(after.bill('2024-06')).toEqual(two.bill('2024-06'));
  });

  it('beside the month’s own, which comes first, the oldest month first', () => {
    const after = two
      .and(late('08-10'), dau('08-01', 20_000), dau('07-20', 40_000), dau('06-20', 40_000))
      .until(settled('09-03'));
    expect(linesOf(after, '2024-08')).toMatchObject([
      { units: 1, amount: '1000.00' },
      { units: 1, amount: '1000.00', adjusts: '2024-06' },
      { units: 3, amount: '3000.00', adjusts: '2024-07' },
    ]);
    expect(linesOf(after, '2024-08')[0]).not.toHaveProperty('adjusts');
  });

  it('when it came in at the second of the settlement', () => {
    const after = flagship.and(settled('07-03'), dau('06-15', 30_000)).until(settled('08-03'));
    expect(after.bill('2024-06').total).toBe('0.00');
    expect(linesOf(after, '2024-07')).toMatchObject([{ units: 2, amount: '2000.00', adjusts: '2024-06' }]);
  });

  it('though the app has no package any more', () => {
    const gone = flagship.and(late('06-30'), refund('flagship')).and(late('07-10'), dau('06-16', 20_000));
    expect(linesOf(gone.until(settled('08-03')), '2024-07')).toMatchObject([
      { units: 1, share: { served: 2_548_800, of: 2_592_000 }, amount: '983.33', adjusts: '2024-06' },
    ]);
  });
});

describe('P-7.9 a difference of 0 is no line', () => {
  it('where late usage raises no figure', () => {
    expect(linesOf(two.and(late('07-10'), dau('06-16', 30_000)).until(settled('08-03')), '2024-07')).toEqual([]);
  });

  it('where it raises the figure within the same unit', () => {
    const three = flagship.and(late('06-20'), dau('06-15', 30_001)).until(settled('07-03'));
    expect(linesOf(three.and(late('07-10'), dau('06-16', 40_000)).until(settled('08-03')), '2024-07')).toEqual([]);
  });

  it('where the app served no second of the month, whatever the units', () => {
    const stopped = given('2024-05-31T00:00:00+08:00', openAccount('CNY'), topUp('20000.00'), createApp('cn-2023'))
      .and('2024-05-31T00:00:00+08:00', purchase('flagship', { months: 3 }), disableApp())
      .and(late('07-10'), dau('06-16', 20_000));
    expect(linesOf(stopped.until(settled('08-03')), '2024-07')).toEqual([]);
  });

  it('where a correction takes back what came late', () => {
    const back = two.and(late('07-10'), dau('06-16', 50_001)).and(late('07-11'), corrected('06-16', 30_000));
    expect(linesOf(back.until(settled('08-03')), '2024-07')).toEqual([]);
  });
});

describe('P-7.9 an adjustment counts all that was billed for the month so far', () => {
  const up = two.and(late('07-10'), dau('06-16', 50_001)).until(settled('08-03'));

  it('up and further up', () => {
    const further = up.and(late('08-10'), dau('06-16', 70_000)).until(settled('09-03'));
    expect(linesOf(further, '2024-08')).toMatchObject([{ units: 1, amount: '1000.00', adjusts: '2024-06' }]);
  });

  it('up and down again', () => {
    const down = up.and(late('08-10'), corrected('06-16', 20_000)).until(settled('09-03'));
    // 30,000 of the 15th is the peak again: 2 units, of which 5 were billed.
    expect(linesOf(down, '2024-08')).toMatchObject([
      { figure: 30_000, peakDay: '2024-06-15', units: -3, amount: '-3000.00', adjusts: '2024-06' },
    ]);
  });

  it('for three bills after it, and no longer', () => {
    const third = up.and('2024-10-02T23:59:59+08:00', dau('06-16', 60_001)).until(settled('10-03'));
    expect(linesOf(third, '2024-09')).toMatchObject([{ units: 1, adjusts: '2024-06' }]);
    up.when(settled('10-03'), dau('06-16', 60_001)).thenRefused('MonthClosed', 'P-7.9', { month: '2024-06' });
    up.when(settled('10-03'), corrected('06-16', 0)).thenRefused('MonthClosed', 'P-7.9');
  });

  it('history included, each region on its own', () => {
    const pro = given(JUNE, openAccount('CNY'), topUp('100000.00'), createApp('cn-2019'))
      .and(JUNE, purchase('pro', { months: 3 }), setHistoryTier(30))
      .until(settled('07-03'));
    const after = pro.and(late('07-10'), dau('06-02', 100_001)).until(settled('08-03'));
    expect(pro.bill('2024-06')).toMatchObject({ total: '500.00' });
    expect(linesOf(after, '2024-07')).toMatchObject([
      { meter: 'history', units: 1, amount: '500.00' },
      { meter: 'dau', units: 1, amount: '10000.00', adjusts: '2024-06' },
      { meter: 'history', figure: 100_001, units: 1, amount: '500.00', adjusts: '2024-06' },
    ]);
    const mbps = (value: string, region: string) =>
      recordUsage([{ meter: 'bandwidth', day: '2024-06-10', value, region }]);
    const regions = flagship
      .and(late('06-20'), mbps('3', 'mainland'), mbps('1', 'abroad'))
      .and(late('07-10'), mbps('2.5', 'abroad'), mbps('2.5', 'mainland'));
    expect(linesOf(regions.until(settled('08-03')), '2024-07')).toMatchObject([
      { meter: 'bandwidth', region: 'abroad', units: 2, amount: '8.00', adjusts: '2024-06' },
    ]);
  });
});

describe('P-7.9 the state keeps what the adjustments of three months need, and no more', () => {
  const stop = (scenario: Scenario, month: string): Scenario =>
    scenario
      .and(late(`${month}-01`), disableApp(), enableApp())
      .and(settled(`${month}-02`), disableApp())
      .and(late(`${month}-02`), enableApp());
  const stops = ['06', '07', '08', '09', '10'].reduce(stop, flagship);

  it('to the last second: the share of the first month is still known', () => {
    const adjusted = stops.and('2024-10-02T23:59:59+08:00', dau('06-16', 20_000)).until(settled('10-03'));
    expect(linesOf(adjusted, '2024-09')).toMatchObject([
      { units: 1, share: { served: 2_548_800, of: 2_592_000 }, amount: '983.33', adjusts: '2024-06' },
    ]);
  });

  it('and what can be billed no more is forgotten', () => {
    const months = ['06', '07', '08', '09'].reduce(
      (scenario, month) => scenario.and(late(`${month}-20`), dau(`${month}-15`, 20_000)),
      flagship,
    );
    const { billing } = months.until(settled('10-03')).state();
    expect([...billing.billed.keys()].map((key) => key.slice(0, 7))).toEqual(['2024-07', '2024-08', '2024-09']);
    const { facts } = stop(stops, '11').state().apps.get('p1') ?? {};
    expect(facts?.stops).toHaveLength(5);
  });
});

describe('P-7.9 a bill below 0 is paid into cash', () => {
  /** June's two units turn out to be none. */
  const mistaken = two.and(late('07-10'), corrected('06-15', 9_000));

  it('and gift stays what it was', () => {
    mistaken
      .and(late('07-11'), grantGift('7.00'))
      .until('2024-08-02T23:59:59+08:00')
      .whenTimeIs(settled('08-03'))
      .then({
        type: 'BillIssued',
        total: '-2000.00',
        gift: '0.00',
        cash: '-2000.00',
        lines: [{ figure: 9_000, units: -2, amount: '-2000.00' }],
      });
    // 100,000.00 − 6 × 2,999.00 − 2,000.00 for June, and back.
    expect(mistaken.until(settled('08-03')).account()).toMatchObject({ cash: '82006.00', gift: '0.00' });
  });

  it('with the month’s own lines set against it', () => {
    const both = mistaken.and(late('07-20'), dau('07-19', 20_000)).until(settled('08-03'));
    expect(both.bill('2024-07')).toMatchObject({ total: '-1000.00', lines: [{ units: 1 }, { units: -2 }] });
  });

  it('which ends the arrears, and what stopped for them serves again', () => {
    // 80,006.00 are left on 3 July.
    mistaken
      .and(late('07-20'), chargeAccount('82006.00'))
      .until('2024-08-02T23:59:59+08:00')
      .whenTimeIs(settled('08-03'))
      .then(
        { type: 'BillIssued', cash: '-2000.00' },
        { type: 'ArrearsCleared', effectiveAt: '2024-08-02T16:00:00Z' },
        { type: 'Resumed', appId: 'p1' },
      );
  });

  it('or leaves them where a cent is missing', () => {
    mistaken
      .and(late('07-20'), chargeAccount('82006.01'))
      .until('2024-08-02T23:59:59+08:00')
      .whenTimeIs(settled('08-03'))
      .then({ type: 'BillIssued', cash: '-2000.00' });
  });
});

describe('P-3.4 a bill below 0 is no top-up', () => {
  it('so a package in grace waits for the end of its 24 hours', () => {
    // 10,000 MAU above the quota of 10,000: 150.00.
    const [bought, mau] = ['2024-06-02T12:00:00+08:00', { meter: 'mau', day: '2024-06-05' }];
    const standard = given(bought, openAccount('USD'), topUp('1347.00'), createApp('intl-2024'))
      .and(bought, purchase('standard', { months: 2, renewal: 'automatic' }))
      .and(late('06-20'), recordUsage([{ ...mau, value: 20_000 }]))
      .and(late('07-10'), chargeAccount('1.00'), correctUsage({ ...mau, value: 10_000 }));
    // 1,347.00 − 798.00 − 150.00 − 1.00 = 398.00, and 399.00 is needed.
    standard
      .until('2024-08-02T23:59:59+08:00')
      .whenTimeIs(settled('08-03'))
      .then({ type: 'BillIssued', total: '-150.00' })
      .whenTimeIs('2024-08-03T12:00:00+08:00')
      .thenAmong({ type: 'Renewed', automatic: true });
  });
});
