/** The plug-ins of `intl-2024` by the month: messages of push, messages and requests of search. P-7.10 */
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
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const JULY = '2024-07-01T00:00:00+08:00';
const at = (dayAndTime: string): string => `2024-${dayAndTime}+08:00`;

const standard = given(JULY, openAccount('USD'), topUp('50000.00'), createApp('intl-2024')).and(
  JULY,
  purchase('standard', { months: 12 }),
);
const sample = (meter: string, day: string, value: number): Sample => ({ meter, day: `2024-${day}`, value });
const record = (...samples: readonly Sample[]) => recordUsage(samples);

describe('P-7.10 messages of push and of search are billed by the month, above what is included', () => {
  const both = standard.and(JULY, purchase('push'), purchase('search'));
  const july = (...samples: readonly Sample[]): readonly object[] =>
    both
      .and(at('07-31T12:00:00'), record(...samples))
      .until(at('08-03T00:00:00'))
      .bill('2024-07').lines;

  it.each([
    ['push-messages', 30_000_000, '0.1', 10_000, '0.20'],
    ['search-messages', 1_500_000, '4', 30_000, '8.00'],
    ['search-requests', 300_000, '4', 10_000, '8.00'],
  ])('%s: the sum of the days above %i at %s each %i, rounded up', (meter, free, unitPrice, unit, amount) => {
    expect(july(sample(meter, '07-05', free), sample(meter, '07-06', unit), sample(meter, '07-07', 1))).toEqual([
      {
        appId: 'p1',
        meter,
        figure: free + unit + 1,
        free,
        units: 2,
        unitPrice,
        book: 'intl-2024',
        package: 'standard',
        share: { served: 2_678_400, of: 2_678_400 },
        amount,
      },
    ]);
    expect(july(sample(meter, '07-05', free))).toEqual([]);
  });

  it('with the share of P-7.8', () => {
    const half = both
      .and(at('07-01T00:00:00'), disableApp())
      .and(at('07-16T12:00:00'), enableApp(), record(sample('search-requests', '07-02', 310_000)))
      .until(at('08-03T00:00:00'));
    expect(half.bill('2024-07').lines).toMatchObject([{ units: 1, share: { served: 1_339_200 }, amount: '2.00' }]);
  });

  it('days of which the plug-in’s term covered no second do not count, though they are recorded', () => {
    const later = standard
      .and(at('07-10T23:59:59'), purchase('search'))
      .and(at('07-20T00:00:00'), refund('search'))
      .and(at('07-31T12:00:00'), record(sample('search-requests', '07-10', 300_001)))
      .and(at('07-31T12:00:00'), record(sample('search-requests', '07-09', 700_000)))
      .and(at('07-31T12:00:00'), record(sample('search-requests', '07-20', 700_000)));
    expect(later.until(at('08-03T00:00:00')).bill('2024-07').lines).toMatchObject([{ figure: 300_001, units: 1 }]);
    const never = standard.and(at('07-31T12:00:00'), record(sample('search-requests', '07-09', 700_000)));
    expect(never.until(at('08-03T00:00:00')).bill('2024-07').lines).toEqual([]);
  });
});
