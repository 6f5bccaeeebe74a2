/**
 * Shares of months and terms: fractions of whole seconds, exact until the money they multiply is rounded (P-0.5).
 *
 * BigInt over BigInt: a decimal quotient of 20 digits misrounds half cents.
 */
export type Share = { readonly n: bigint; readonly d: bigint };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** `part` of `whole`, both integers, `whole` positive. */
export const share = (part: number | bigint, whole: number | bigint): Share => ({ n: BigInt(part), d: BigInt(whole) });

export const NOTHING: Share = { n: 0n, d: 1n };

export const plus = (a: Share, b: Share): Share =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };

export const minus = (a: Share, b: Share): Share => plus(a, { n: -b.n, d: b.d });

export const times = (a: Share, b: Share): Share => ({ n: a.n * b.n, d: a.d * b.d });

/** As evidence in events: `"n/d"`, reduced. Until then nothing is: products of a few months stay small, and reducing costs more. */
export const text = ({ n, d }: Share): string => {
  const divisor = gcd(n < 0n ? -n : n, d);
  return `${n / divisor}/${d / divisor}`;
};
