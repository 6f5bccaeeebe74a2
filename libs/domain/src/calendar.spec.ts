import { describe, expect, it } from '@jest/globals';
import {
  addMonths,
  boundary,
  DAY,
  dayOfMonth,
  endOfDay,
  endOfMonth,
  instant,
  isDay,
  iso,
  localDay,
  localMonth,
  monthOf,
  nextDay,
  parseInstant,
  startOfDay,
  startOfMonth,
  type TermKind,
} from './calendar.js';

const utc = (at: number): string => iso(at);

describe('P-0.1 every business date and month boundary is UTC+08:00', () => {
  it.each([
    ['1970-01-01T00:00:00Z', '1970-01-01'],
    ['2024-01-31T15:59:59Z', '2024-01-31'],
    ['2024-01-31T16:00:00Z', '2024-02-01'],
    ['2023-02-28T16:00:00Z', '2023-03-01'],
    ['2024-02-28T16:00:00Z', '2024-02-29'],
    ['2000-02-28T16:00:00Z', '2000-02-29'],
    ['2100-02-28T16:00:00Z', '2100-03-01'],
    ['2023-12-31T16:00:00Z', '2024-01-01'],
    ['2024-08-01T00:00:00-05:00', '2024-08-01'],
    ['2024-08-01T12:00:00-05:00', '2024-08-02'],
  ])('P-0.1 %s is on the day %s', (text, day) => {
    expect(localDay(instant(text))).toBe(day);
    expect(localMonth(instant(text))).toBe(day.slice(0, 7));
  });

  it('P-0.1 a day and a month begin at 00:00 local, 16:00 UTC of the day before', () => {
    expect(utc(startOfDay('2024-03-01'))).toBe('2024-02-29T16:00:00Z');
    expect(utc(endOfDay('2024-02-29'))).toBe('2024-02-29T16:00:00Z');
    expect(utc(startOfMonth('2024-02'))).toBe('2024-01-31T16:00:00Z');
    expect(utc(endOfMonth('2024-02'))).toBe('2024-02-29T16:00:00Z');
    expect(utc(endOfMonth('2023-12'))).toBe('2023-12-31T16:00:00Z');
  });

  it('P-0.1 days and months follow one another over leap days and years', () => {
    expect(['2023-02-28', '2024-02-28', '2024-02-29', '2024-12-31'].map(nextDay)).toEqual([
      '2023-03-01',
      '2024-02-29',
      '2024-03-01',
      '2025-01-01',
    ]);
    expect([addMonths('2023-12', 1), addMonths('2024-01', -1), addMonths('2024-11', 14)]).toEqual([
      '2024-01',
      '2023-12',
      '2026-01',
    ]);
    expect([monthOf('2024-08-05'), dayOfMonth('2024-08-05')]).toEqual(['2024-08', 5]);
  });

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2100-02-29', false],
    ['2024-04-31', false],
    ['2024-13-01', false],
    ['2024-00-10', false],
    ['2024-8-05', false],
    ['2024-08-05T00:00:00Z', false],
  ])('P-0.1 whether the calendar has the day %s: %s', (text, has) => expect(isDay(text)).toBe(has));
});

describe('P-0.5 instants are whole seconds', () => {
  it.each([
    ['2024-08-01T10:00:00.999+08:00', '2024-08-01T02:00:00Z'],
    ['2024-08-01T02:00:00.000000001Z', '2024-08-01T02:00:00Z'],
    ['2024-08-01T10:00:01+08:00', '2024-08-01T02:00:01Z'],
    ['2024-07-31T20:30:00-05:30', '2024-08-01T02:00:00Z'],
    ['1970-01-01T08:00:00+08:00', '1970-01-01T00:00:00Z'],
    ['9899-12-31T23:59:59Z', '9899-12-31T23:59:59Z'],
  ])('P-0.5 %s is %s: a fraction is cut off, never rounded', (text, whole) =>
    expect(utc(parseInstant(text) ?? Number.NaN)).toBe(whole),
  );

  it.each([
    ['without an offset', '2024-08-01T10:00:00'],
    ['of a day that is not', '2023-02-29T10:00:00Z'],
    ['at 24:00', '2024-08-01T24:00:00Z'],
    ['at a leap second', '2016-12-31T23:59:60Z'],
    ['without seconds', '2024-08-01T10:00Z'],
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['after 9899', '9900-01-01T00:00:00Z'],
    ['in other words', 'tomorrow'],
  ])('P-0.5 no instant %s', (_why, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('P-0.5 what is stored as an instant and is none is a bug, not a date', () => {
    expect(() => instant('2024-08-01')).toThrow('is no instant');
  });
});

describe('P-0.2 a day is 86,400 seconds', () => {
  it('P-0.2 whatever the calendar does', () => {
    expect(DAY).toBe(86_400);
    expect(instant('2024-03-01T00:00:00+08:00') - instant('2024-02-28T00:00:00+08:00')).toBe(2 * 86_400);
  });
});

/** [anchor, n, boundary], local. */
type Row = readonly [anchor: string, n: number, expected: string];

const boundaries = (kind: TermKind, rows: readonly Row[]): void => {
  it.each(rows)(`P-2.4 ${kind}: %s, boundary %i is %s`, (anchor, n, expected) =>
    expect(utc(boundary(instant(`${anchor}+08:00`), n, kind))).toBe(utc(instant(`${expected}+08:00`))),
  );
};

describe('P-2.4 inclusive day: valid through day T - 1, up to 24:00 local', () => {
  boundaries('inclusive-day', [
    ['2019-02-12T15:30:00', 1, '2019-03-12T00:00:00'], // S2's example: through 2019-03-11
    ['2023-12-05T09:00:00', 1, '2024-01-05T00:00:00'],
    ['2024-05-05T00:00:00', 1, '2024-06-05T00:00:00'],
    ['2024-05-05T23:59:59', 1, '2024-06-05T00:00:00'],
    // T = 1: the last day of the month before
    ['2024-05-01T09:00:00', 1, '2024-06-01T00:00:00'],
    ['2023-12-01T09:00:00', 3, '2024-03-01T00:00:00'],
    // a day that the month lacks: its last day is valid
    ['2023-01-29T09:00:00', 1, '2023-03-01T00:00:00'],
    ['2023-01-31T09:00:00', 1, '2023-03-01T00:00:00'],
    ['2024-01-29T09:00:00', 1, '2024-02-29T00:00:00'],
    ['2024-01-30T09:00:00', 1, '2024-03-01T00:00:00'],
    ['2024-01-31T09:00:00', 1, '2024-03-01T00:00:00'],
    ['2024-03-31T09:00:00', 1, '2024-05-01T00:00:00'],
    ['2024-02-29T09:00:00', 1, '2024-03-29T00:00:00'],
    ['2024-02-29T09:00:00', 12, '2025-03-01T00:00:00'],
    // counted from the first anchor
    ['2023-01-31T09:00:00', 2, '2023-03-31T00:00:00'],
    ['2023-01-31T09:00:00', 3, '2023-05-01T00:00:00'],
    ['2024-12-31T09:00:00', 24, '2026-12-31T00:00:00'],
  ]);
});

describe('P-2.4 same instant: the same local time on day T, or on the last day', () => {
  boundaries('same-instant', [
    ['2023-03-01T14:15:16', 1, '2023-04-01T14:15:16'], // S4's example: to the same day
    ['2023-12-05T09:00:00', 1, '2024-01-05T09:00:00'],
    ['2024-02-01T07:00:00', 1, '2024-03-01T07:00:00'], // 31 January in UTC
    ['2023-01-31T10:00:00', 1, '2023-02-28T10:00:00'],
    ['2024-01-31T10:00:00', 1, '2024-02-29T10:00:00'],
    ['2024-08-31T23:59:59', 1, '2024-09-30T23:59:59'],
    ['2024-02-29T10:00:00', 12, '2025-02-28T10:00:00'],
    // counted from the first anchor
    ['2023-01-31T10:00:00', 2, '2023-03-31T10:00:00'],
    ['2023-01-31T10:00:00', 3, '2023-04-30T10:00:00'],
    ['2024-02-29T10:00:00', 48, '2028-02-29T10:00:00'],
    ['2024-12-31T10:00:00', 14, '2026-02-28T10:00:00'],
  ]);

  it.each<TermKind>(['inclusive-day', 'same-instant'])('P-2.4 the first month of %s begins at the purchase', (kind) => {
    const bought = instant('2024-01-31T10:00:00+08:00');
    expect(boundary(bought, 0, kind)).toBe(bought);
  });
});
