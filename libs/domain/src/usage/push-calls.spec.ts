/** The calls of push, settled daily; what comes late goes to the monthly bill. P-7.10, P-7.9 */
import { describe, expect, it } from '@jest/globals';
import type { Sample } from '../commands.js';
import type { BillIssued } from '../events.js';
import {
  correctUsage,
  createApp,
  disableApp,
  openAccount,
  purchase,
  recordUsage,
  refund,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const JULY = '2024-07-01T00:00:00+08:00';
const BOUGHT = '2024-08-05T10:00:00+08:00';
const at = (dayAndTime: string): string => `2024-${dayAndTime}+08:00`;

const standard = given(JULY, openAccount('USD'), topUp('50000.00'), createApp('intl-2024')).and(
  JULY,
  purchase('standard', { months: 12 }),
);
const push = standard.and(BOUGHT, purchase('push'));
const sample = (meter: string, day: string, value: number): Sample => ({ meter, day: `2024-${day}`, value });
const calls = (day: string, value: number, appId = 'p1') => recordUsage([sample('push-calls', day, value)], { appId });

/** The days that were settled, each with its bill's total, or none. */
const settledDays = (scenario: Scenario): readonly (readonly [string, string | undefined])[] =>
  scenario.result.events
    .filter(({ type }) => type === 'DaySettled' || type === 'BillIssued')
    .map(({ data }) => data as Partial<BillIssued>)
    .flatMap(({ period = '', total }) => (period.length === 10 ? [[period, total] as const] : []));

describe('P-7.10 push calls are settled daily, at 03:00 local of the next day', () => {
  const used = push.and(at('08-05T20:00:00'), calls('08-05', 103));

  it('with a bill, where there is something to charge', () => {
    used
      .until(at('08-06T02:59:59'))
      .whenTimeIs(at('08-06T03:00:00'))
      .then({
        type: 'BillIssued',
        effectiveAt: '2024-08-05T19:00:00Z',
        billId: 'a1-2024-08-05',
        period: '2024-08-05',
        lines: [
          {
            appId: 'p1',
            meter: 'push-calls',
            figure: 103,
            peakDay: '2024-08-05',
            free: 100,
            units: 3,
            unitPrice: '10',
            book: 'intl-2024',
            package: 'standard',
            share: { served: 86_400, of: 86_400 },
            amount: '30.00',
          },
        ],
        total: '30.00',
        gift: '0.00',
        cash: '30.00',
        sources: [{ stream: 'usage-p1-2024-08', revision: '0' }],
      });
    used.whenTimeIs(at('08-06T02:59:59')).thenNothing();
  });

  it.each([
    ['nothing was reported', push],
    ['the included calls were not passed', push.and(at('08-05T20:00:00'), calls('08-05', 100))],
  ])('else it is only settled: %s', (_, scenario) => {
    scenario.until(at('08-06T02:59:59')).whenTimeIs(at('08-06T03:00:00')).then({
      type: 'DaySettled',
      period: '2024-08-05',
      effectiveAt: '2024-08-05T19:00:00Z',
    });
  });

  it('counts what came in one second before, and not what came in at that second', () => {
    expect(
      push.and(at('08-06T02:59:59'), calls('08-05', 101)).until(at('08-06T03:00:00')).bill('2024-08-05'),
    ).toMatchObject({ total: '10.00' });
    expect(settledDays(push.and(at('08-06T03:00:00'), calls('08-05', 101)))).toEqual([['2024-08-05', undefined]]);
  });

  it('as one bill an account, by app', () => {
    const two = used
      .and(at('08-05T20:00:00'), createApp('intl-2024', { appId: 'p0' }), purchase('standard', { appId: 'p0' }))
      .and(at('08-05T20:00:00'), purchase('push', { appId: 'p0' }), calls('08-05', 101, 'p0'));
    expect(two.until(at('08-06T03:00:00')).bill('2024-08-05')).toMatchObject({
      total: '40.00',
      lines: [
        { appId: 'p0', units: 1 },
        { appId: 'p1', units: 3 },
      ],
    });
  });

  it('without a share: what was called is paid, though the app was stopped that day', () => {
    expect(used.and(at('08-05T20:00:01'), disableApp()).until(at('08-06T03:00:00')).bill('2024-08-05').total).toBe(
      '30.00',
    );
  });

  it('is armed as a timer for each day begun of which the term covered a second so far', () => {
    const timers = (scenario: Scenario): readonly object[] =>
      scenario.result.timers.filter(({ kind }) => kind === 'settle-day');
    expect(timers(push)).toEqual([
      { kind: 'settle-day', accountId: 'a1', appId: null, dueAt: '2024-08-05T19:00:00Z', period: '2024-08-05' },
    ]);
    expect(timers(push.until(at('08-06T00:00:00')))).toMatchObject([
      { period: '2024-08-05' },
      { period: '2024-08-06' },
    ]);
    expect(timers(push.until(at('08-06T03:00:00')))).toMatchObject([{ period: '2024-08-06' }]);
    const refunded = push.and(at('08-05T20:00:00'), refund('push')).until(at('08-06T01:00:00'));
    expect(timers(refunded)).toMatchObject([{ period: '2024-08-05' }]);
  });
});

describe('P-7.10 every day of which the term covered a second is settled', () => {
  it('from the day of the purchase to the last of the term', () => {
    // Valid through 4 September.
    const days = settledDays(push.until(at('10-01T00:00:00'))).map(([day]) => day);
    expect([days[0], days.at(-1), days.length]).toEqual(['2024-08-05', '2024-09-04', 31]);
  });

  it('the day of the purchase whole, and none before', () => {
    const late = standard.and(at('08-05T23:59:59'), purchase('push'), calls('08-05', 101), calls('08-04', 500));
    expect(settledDays(late.until(at('08-06T03:00:00')))).toEqual([['2024-08-05', '10.00']]);
    expect(late.until(at('09-03T00:00:00')).bill('2024-08').lines).toEqual([]);
  });

  it('the day of a refund, but not one that only begins with it', () => {
    const noon = push.and(at('08-07T12:00:00'), calls('08-07', 101), refund('push'));
    expect(settledDays(noon.until(at('09-01T00:00:00'))).slice(1)).toEqual([
      ['2024-08-06', undefined],
      ['2024-08-07', '10.00'],
    ]);
    const midnight = push.and(at('08-07T00:00:00'), refund('push'), calls('08-07', 500));
    expect(settledDays(midnight.until(at('09-01T00:00:00'))).map(([day]) => day)).toEqual(['2024-08-05', '2024-08-06']);
    const same = standard.and(BOUGHT, purchase('push'), refund('push'));
    expect(settledDays(same.until(at('09-01T00:00:00')))).toEqual([]);
  });

  it('while the app is stopped, for the term runs on', () => {
    const stopped = push.and(at('08-06T00:00:00'), disableApp()).until(at('08-09T00:00:00'));
    expect(settledDays(stopped)).toHaveLength(3);
  });
});

describe('P-7.10 push calls reported later go to the monthly bill', () => {
  const day = '2024-08-05';

  it('whole, where the day had no bill', () => {
    const late = push.and(at('08-06T03:00:00'), calls('08-05', 104)).until(at('09-03T00:00:00'));
    expect(late.bill('2024-08').lines).toMatchObject([
      { meter: 'push-calls', figure: 104, peakDay: day, units: 4, amount: '40.00', adjusts: day },
    ]);
  });

  it('less what the day’s bill had, and never twice', () => {
    const late = push
      .and(at('08-05T20:00:00'), calls('08-05', 103))
      .and(at('08-20T00:00:00'), calls('08-05', 110))
      .until(at('10-03T00:00:00'));
    expect(late.bill('2024-08').lines).toMatchObject([{ units: 7, amount: '70.00', adjusts: day }]);
    expect(late.bill('2024-09').lines).toEqual([]);
    expect(late.bill(day).total).toBe('30.00');
  });

  it('P-7.9 below 0 where a correction takes calls back', () => {
    const wrong = push
      .and(at('08-05T20:00:00'), calls('08-05', 103))
      .and(at('09-10T00:00:00'), correctUsage(sample('push-calls', '08-05', 101)))
      .until(at('10-03T00:00:00'));
    expect(wrong.bill('2024-09')).toMatchObject({ total: '-20.00', lines: [{ units: -2, adjusts: day }] });
  });

  it('of the next month’s first day too, when it had been settled before', () => {
    const late = push
      .and(at('09-02T10:00:00'), calls('09-01', 102), calls('09-02', 105))
      .and(at('09-02T10:00:00'), calls('08-31', 101))
      .until(at('09-02T23:59:59'))
      .whenTimeIs(at('09-03T00:00:00'))
      .then({
        type: 'BillIssued',
        period: '2024-08',
        lines: [
          { units: 1, adjusts: '2024-08-31' },
          { units: 2, adjusts: '2024-09-01' },
        ],
        sources: [
          { stream: 'usage-p1-2024-08', revision: '0' },
          { stream: 'usage-p1-2024-09', revision: '1' },
        ],
      })
      .until(at('09-03T03:00:00'));
    expect(late.bill('2024-09-02').total).toBe('50.00');
    expect(late.until(at('10-03T00:00:00')).bill('2024-09').lines).toEqual([]);
  });
});
