/**
 * Money: an exact decimal string with two decimals, `"399.00"`, in the one currency of its account (P-0.3).
 *
 * In state and events money is a string, so that both are plain JSON; arithmetic is decimal.js at precision 40. What is not
 * yet rounded is a `Decimal`; it becomes money once, half up, where it is charged, refunded or billed.
 */
import { Decimal } from 'decimal.js';
import { share, times, type Share } from './share.js';

export type Money = string;
export type Currency = 'CNY' | 'USD';

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 });

export const ZERO: Money = '0.00';

export const decimal = (text: string | number): Decimal => new Exact(text);

/** P-0.3 Half up, to two decimals, never "-0.00". */
export const round = (unrounded: Decimal): Money => {
  const text = unrounded.toFixed(2, Decimal.ROUND_HALF_UP);
  return text === '-0.00' ? ZERO : text;
};

/** Most movements leave one of the two balances alone, so nothing is added for nothing. */
export const add = (...amounts: readonly Money[]): Money => {
  const [first = ZERO, ...rest] = amounts.filter((amount) => amount !== ZERO);
  return rest.length === 0 ? first : round(rest.reduce((sum, amount) => sum.plus(amount), decimal(first)));
};
export const subtract = (a: Money, b: Money): Money => (b === ZERO ? a : round(decimal(a).minus(b)));
export const negate = (a: Money): Money => subtract(ZERO, a);
export const compare = (a: Money, b: Money): number => decimal(a).comparedTo(b);
/** Compares figures of meters, exactly: integers, or decimal strings. */
export const compareExact = (a: string | number, b: string | number): number => decimal(a).comparedTo(b);
export const isNegative = (a: Money): boolean => a.startsWith('-');
export const isZero = (a: Money): boolean => a === ZERO;
export const least = (a: Money, b: Money): Money => (compare(a, b) <= 0 ? a : b);
export const greatest = (a: Money, b: Money): Money => (compare(a, b) >= 0 ? a : b);
export const atLeastZero = (a: Money): Money => greatest(a, ZERO);

/** The element of the greatest figure; the first of equals. */
export const greatestOf = <T extends { readonly figure: Decimal }>(elements: readonly T[]): T | undefined =>
  elements.reduce<T | undefined>((best, next) => (best && best.figure.gte(next.figure) ? best : next), undefined);

/** A figure as it goes out: a number where it is a safe integer, else a decimal string. */
export const wire = (figure: Decimal): number | string =>
  figure.isInteger() && figure.abs().lte(Number.MAX_SAFE_INTEGER) ? figure.toNumber() : figure.toFixed();

/** A decimal text as an exact fraction: `"0.015"` is 3/200. */
export const exact = (text: string): Share => {
  const [whole = '', fraction = ''] = text.split('.');
  return share(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
};

/** P-0.3 An exact fraction, half up to two decimals; integers throughout, so that a half cent is seen as one. */
export const roundShare = ({ n, d }: Share): Money => {
  const doubled = 200n * n + d;
  const floor = doubled / (2n * d) - (doubled < 0n && doubled % (2n * d) !== 0n ? 1n : 0n);
  return round(decimal(floor.toString()).dividedBy(100));
};

/** The part of `whole` that `part` is of `total`, rounded once (P-5.4); nothing of nothing. */
export const proportion = (whole: Money, part: Share, total: Share): Money =>
  total.n === 0n ? ZERO : roundShare(times(exact(whole), { n: part.n * total.d, d: part.d * total.n }));
