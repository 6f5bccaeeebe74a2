/**
 * Instants, local days and months, and the boundaries of terms.
 *
 * An instant is a whole number of seconds since 1970-01-01T00:00:00Z (P-0.5). Every business date is UTC+08:00, which has
 * no daylight saving (P-0.1), so local time is a shift by 28,800 seconds. Pure arithmetic on the proleptic Gregorian
 * calendar; the algorithm from days to dates is Howard Hinnant's `civil_from_days`.
 */

/** Seconds since the epoch, whole. */
export type Instant = number;
/** A local calendar day, `2024-08-05`. */
export type Day = string;
/** A local calendar month, `2024-08`. */
export type Month = string;
/** What a bill is for: a month, or a day of push. */
export type Period = string;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

const LOCAL_OFFSET = 8 * HOUR;

type Civil = { readonly year: number; readonly month: number; readonly day: number };

const daysFromCivil = ({ year, month, day }: Civil): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

const civilFromDays = (days: number): Civil => {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
};

const pad = (n: number): string => (n < 10 ? `0${n}` : String(n));
const pad4 = (n: number): string => String(n).padStart(4, '0');

const daysIn = (year: number, month: number): number =>
  month === 2
    ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

const isDate = ({ year, month, day }: Civil): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

/** UTC with `Z` and whole seconds, as everything goes out. */
export const iso = (at: Instant): string => {
  const days = Math.floor(at / DAY);
  const { year, month, day } = civilFromDays(days);
  const s = at - days * DAY;
  return `${pad4(year)}-${pad(month)}-${pad(day)}T${pad(Math.floor(s / HOUR))}:${pad(Math.floor(s / MINUTE) % 60)}:${pad(s % 60)}Z`;
};

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Years 1970 to 9899 only, so that no deadline (24 months and 90 days later) leaves the four-digit years. */
const EARLIEST = 0;
const LATEST = daysFromCivil({ year: 9900, month: 1, day: 1 }) * DAY - 1;

/** An instant from ISO 8601 with an offset; a fraction of a second is cut off (P-0.5). `null` when it is none. */
export const parseInstant = (text: string): Instant | null => {
  const found = ISO.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = found[7] as string;
  const [zoneHours, zoneMinutes] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (!isDate({ year, month, day }) || hour > 23 || minute > 59 || second > 59 || zoneHours > 23 || zoneMinutes > 59)
    return null;
  const offset = (zone.startsWith('-') ? -1 : 1) * (zoneHours * HOUR + zoneMinutes * MINUTE);
  const at = daysFromCivil({ year, month, day }) * DAY + hour * HOUR + minute * MINUTE + second - offset;
  return at >= EARLIEST && at <= LATEST ? at : null;
};

const digits = (text: string, from: number, to: number): number => {
  let n = 0;
  for (let i = from; i < to; i++) n = n * 10 + text.charCodeAt(i) - 48;
  return n;
};

/** An instant that is known to be one. What `iso` wrote, as all stored events have it, is read by position. */
export const instant = (text: string): Instant => {
  if (text.length === 20) {
    const days = daysFromCivil({ year: digits(text, 0, 4), month: digits(text, 5, 7), day: digits(text, 8, 10) });
    return days * DAY + digits(text, 11, 13) * HOUR + digits(text, 14, 16) * MINUTE + digits(text, 17, 19);
  }
  const at = parseInstant(text);
  if (at === null) throw new Error(`${text} is no instant: ISO 8601 with an offset`);
  return at;
};

const localDays = (at: Instant): number => Math.floor((at + LOCAL_OFFSET) / DAY);

/** Remembers the last answers: a history asks for the same few hundred days over and over. */
const remembered = <K, V>(answer: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = answer(key);
    if (known.size >= 10_000) known.clear();
    known.set(key, value);
    return value;
  };
};

const dayText = remembered((days: number): Day => {
  const { year, month, day } = civilFromDays(days);
  return `${pad4(year)}-${pad(month)}-${pad(day)}`;
});

export const localDay = (at: Instant): Day => dayText(localDays(at));

export const localMonth = (at: Instant): Month => localDay(at).slice(0, 7);

const civil = (day: Day): Civil => ({
  year: digits(day, 0, 4),
  month: digits(day, 5, 7),
  day: digits(day, 8, 10),
});

/** Whether a text is a day that the calendar has. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && isDate(civil(text));

/** 00:00 local of the day. */
export const startOfDay = remembered((day: Day): Instant => daysFromCivil(civil(day)) * DAY - LOCAL_OFFSET);

export const endOfDay = (day: Day): Instant => startOfDay(day) + DAY;

export const nextDay = (day: Day): Day => localDay(endOfDay(day));

export const monthOf = (day: Day): Month => day.slice(0, 7);

export const dayOfMonth = (day: Day): number => Number(day.slice(8, 10));

const monthText = remembered((index: number): Month => `${pad4(Math.floor(index / 12))}-${pad((index % 12) + 1)}`);

export const addMonths = (month: Month, n: number): Month =>
  monthText(digits(month, 0, 4) * 12 + digits(month, 5, 7) - 1 + n);

/** 00:00 local of the first day. */
export const startOfMonth = (month: Month): Instant => startOfDay(`${month}-01`);

export const endOfMonth = (month: Month): Instant => startOfMonth(addMonths(month, 1));

/** How a book counts the months of a term (P-2.4). */
export type TermKind = 'inclusive-day' | 'same-instant';

/**
 * P-2.4 The n-th boundary of a term, always counted from the first anchor.
 *
 * inclusive-day: the term runs through day T − 1, so the boundary is 00:00 local of day T; where the month ends before
 * that, the last day of the month is the last valid one. same-instant: the same local time on day T, or on the month's
 * last day.
 */
export const boundary = (anchor: Instant, n: number, kind: TermKind): Instant => {
  if (n === 0) return anchor;
  const day = localDay(anchor);
  const month = addMonths(monthOf(day), n);
  const { year, month: m } = civil(`${month}-01`);
  const length = daysIn(year, m);
  const first = startOfMonth(month);
  if (kind === 'inclusive-day') return first + (Math.min(dayOfMonth(day), length + 1) - 1) * DAY;
  return first + (Math.min(dayOfMonth(day), length) - 1) * DAY + (anchor - startOfDay(day));
};
