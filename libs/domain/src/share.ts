/**
 * Shares of months and terms: fractions of whole seconds, exact until the money they multiply is rounded (P-0.5).
 *
 * BigInt over BigInt, reduced: a decimal quotient of 20 digits misrounds half cents.
 */
export type Share = { readonly n: bigint; readonly d: bigint };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** `part` of `whole`, both integers, `whole` positive. */
export const share = (part: number | bigint, whole: number | bigint): Share => {
  const [n, d] = [BigInt(part), BigInt(whole)];
  const divisor = gcd(n < 0n ? -n : n, d);
  return divisor === 0n ? { n, d } : { n: n / divisor, d: d / divisor };
};

export const NOTHING: Share = { n: 0n, d: 1n };

export const plus = (a: Share, b: Share): Share => share(a.n * b.d + b.n * a.d, a.d * b.d);

export const minus = (a: Share, b: Share): Share => plus(a, { n: -b.n, d: b.d });

export const times = (a: Share, b: Share): Share => share(a.n * b.n, a.d * b.d);

/** As evidence in events: `"n/d"`. */
export const text = ({ n, d }: Share): string => `${n}/${d}`;
