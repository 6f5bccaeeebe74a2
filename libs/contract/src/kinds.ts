/**
 * The kinds of values that a command's fields take (docs: the language's first paragraph): which JSON is one, how it is
 * written once taken, and what to say to whoever sent something else.
 */
import { iso, isDay, parseInstant } from '@ledger/domain';

/** The part of JSON Schema that the kinds need, for the published OpenAPI document. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly description?: string;
};

/** A JSON object whose fields nobody has looked at yet. */
export type Body = { readonly [name: string]: unknown };

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type Kind = {
  /** The rule's name in a problem. */
  readonly rule: string;
  /** What to do, an instruction. */
  readonly message: string;
  /** The value in its normal form; `undefined` when it is not of this kind. `body` is the object that holds it. */
  readonly read: (value: unknown, body: Body) => unknown;
  /** The value of an optional field that is missing or null, where it has one. */
  readonly missing?: boolean | null;
  readonly schema: JsonSchema;
};

const matching = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

const ID = /^[A-Za-z0-9_-]{1,64}$/;

export const isId = (text: string): boolean => ID.test(text);

export const id: Kind = {
  rule: 'id',
  message: 'give 1 to 64 of the characters A–Z, a–z, 0–9, _ and -',
  read: matching(ID),
  schema: { type: 'string', pattern: ID.source },
};

/** Code points, not UTF-16 units; `Cs` are the lone surrogates, `Cc` the control characters. */
const TEXT = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

export const text: Kind = {
  rule: 'text',
  message: 'give 1 to 200 characters of well-formed Unicode without control characters',
  read: matching(TEXT),
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const MONEY = /^(\d{1,13})(?:\.(\d{1,2}))?$/;

/** Money with two decimals: "1000" is written "1000.00". Thirteen digits are exact as a number. */
const money = (value: unknown): string | undefined => {
  const found = typeof value === 'string' ? MONEY.exec(value) : null;
  return found === null ? undefined : `${Number(found[1])}.${(found[2] ?? '').padEnd(2, '0')}`;
};

export const amount: Kind = {
  rule: 'amount',
  message: 'give a string of digits with at most two decimals, above 0 and below 10000000000000, such as "399.00"',
  read: (value) => {
    const written = money(value);
    return written === '0.00' ? undefined : written;
  },
  schema: { type: 'string', pattern: MONEY.source, description: 'money, above 0' },
};

export const amountOrNothing: Kind = {
  rule: 'amount',
  message: 'give a string of digits with at most two decimals, below 10000000000000, such as "399.00"',
  read: money,
  schema: { type: 'string', pattern: MONEY.source, description: 'money' },
};

/** UTC with `Z` and whole seconds; a fraction is cut off (P-0.5). */
export const instant: Kind = {
  rule: 'instant',
  message: 'give an ISO 8601 instant with an offset, such as "2024-08-01T10:00:00+08:00", of the years 1970 to 9899',
  read: (value) => {
    const at = typeof value === 'string' ? parseInstant(value) : null;
    return at === null ? undefined : iso(at);
  },
  schema: { type: 'string', format: 'date-time' },
};

export const day: Kind = {
  rule: 'day',
  message: 'give a day that the calendar has, such as "2024-08-05"',
  read: (value) => (typeof value === 'string' && isDay(value) ? value : undefined),
  schema: { type: 'string', format: 'date' },
};

export const oneOf = (...values: readonly string[]): Kind => ({
  rule: 'one-of',
  message: `give one of ${values.map((value) => `"${value}"`).join(', ')}`,
  read: (value) => (typeof value === 'string' && values.includes(value) ? value : undefined),
  schema: { type: 'string', enum: values },
});

/** `+ 0` writes the JSON number -0 as 0. */
const integer = (value: unknown, minimum: number, maximum: number): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum
    ? value + 0
    : undefined;

export const count = (minimum: number, maximum: number): Kind => ({
  rule: 'count',
  message: `give a whole number from ${minimum} to ${maximum}`,
  read: (value) => integer(value, minimum, maximum),
  schema: { type: 'integer', minimum, maximum },
});

/**
 * Any number: one that is not a whole one from 1 to 24 is refused by name (`MonthsOutOfRange`), it is not malformed. One
 * that events cannot hold (they have no fractions) is written 0, which is out of range as well.
 */
export const months: Kind = {
  rule: 'months',
  message: 'give a whole number from 1 to 24',
  read: (value) => (typeof value === 'number' ? (Number.isSafeInteger(value) ? value + 0 : 0) : undefined),
  schema: { type: 'integer', minimum: 1, maximum: 24 },
};

/** A missing one is null where the domain wants to see that it is missing. */
export const monthsOrNull: Kind = { ...months, missing: null };

export const flagOrTrue: Kind = {
  rule: 'flag',
  message: 'give true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  missing: true,
  schema: { type: 'boolean' },
};

const DECIMAL = /^0*(\d+?)(?:\.(\d*?)0*)?$/;

/** The shortest way to write a decimal that is known to be one: "012.50" is "12.5". */
const shortest = (decimal: string): string => {
  const [, whole = '0', fraction = ''] = DECIMAL.exec(decimal) ?? [];
  return fraction === '' ? whole : `${whole}.${fraction}`;
};

const PERCENT = /^(?:\d{1,2}(?:\.\d{1,20})?|100(?:\.0{1,20})?)$/;

export const percent: Kind = {
  rule: 'percent',
  message: 'give a number, or a string of digits with a decimal point, from 0 to 100',
  read: (value) => {
    const written = typeof value === 'number' ? String(value) : value;
    return typeof written === 'string' && PERCENT.test(written) ? shortest(written) : undefined;
  },
  schema: { type: ['number', 'string'], minimum: 0, maximum: 100, pattern: PERCENT.source },
};

/** At least one, so that a list that came out empty by mistake is not read as "no restriction". */
export const ids = (minimum: number, maximum: number): Kind => ({
  rule: 'ids',
  message: `give a list of ${minimum} to ${maximum} ids, each of 1 to 64 of the characters A–Z, a–z, 0–9, _ and -`,
  read: (value) =>
    Array.isArray(value) &&
    value.length >= minimum &&
    value.length <= maximum &&
    value.every((item) => typeof item === 'string' && ID.test(item))
      ? value
      : undefined,
  schema: { type: 'array', items: id.schema, minItems: minimum, maxItems: maximum },
});

const LARGEST = Number.MAX_SAFE_INTEGER;
const FIGURE = /^\d{1,16}(?:\.\d{1,9})?$/;

/** The meters of catalogue.md whose figures are integers; one that is not known is refused by name, it is not malformed. */
const INTEGER_METERS: ReadonlySet<unknown> = new Set([
  'dau',
  'groups',
  'mau',
  'push-calls',
  'push-messages',
  'search-messages',
  'search-requests',
]);

/** A day's figure: an integer, bandwidth also a decimal string. */
export const figure: Kind = {
  rule: 'figure',
  message: `give a whole number from 0 to ${LARGEST}; for bandwidth also a string such as "12.5"`,
  read: (value, { meter }) => {
    if (typeof value !== 'string') return integer(value, 0, LARGEST);
    if (INTEGER_METERS.has(meter) || !FIGURE.test(value)) return undefined;
    return Number(value) <= LARGEST ? shortest(value) : undefined;
  },
  schema: { type: ['integer', 'string'], minimum: 0, maximum: LARGEST, pattern: FIGURE.source },
};
