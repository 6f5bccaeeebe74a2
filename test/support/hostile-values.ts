/** Values that have broken somebody's service before. */
import fc from 'fast-check';

/** JSON as text, because not all of it can be made by JSON.stringify, nor parsed. */
const NUMBERS = 'null true false 0 -1 -0 1.5 1e400 -1e400 9007199254740993 1e-400 00 NaN'.split(' ');
const UNICODE = String.raw`"" "\u0000" "\ud800" "\udfff\ud800" "\u202e\u2066" "é" "e\u0301" "😀" "ﷺ" "İ"`.split(' ');
const AMOUNTS = String.raw`"0" "-1" "1e3" "1.005" "0.001" "９９" "10000000000000" "١٢٣" "1_000" "+1" "1\n"`.split(' ');
const NAMES = '"__proto__" "constructor" "toString" "../../etc/passwd" "%00" "\'--" "<script>" "${7*7}"'.split(' ');
const TIMES =
  '"2024-02-30" "0000-00-00" "2024-08-01T24:00:01Z" "9999-12-31T23:59:59Z" "now" "-271821-04-20T00:00:00Z"'.split(' ');
const OBJECTS =
  '[] {} [[]] [null] {"__proto__":{}} {"constructor":{"prototype":{}}} {"toString":1} {"length":1e9}'.split(' ');
const LARGE = [`"${'x'.repeat(70_000)}"`, `${'['.repeat(3000)}${']'.repeat(3000)}`, `[${'{},'.repeat(2000)}{}]`];

export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NUMBERS, ...UNICODE, ...AMOUNTS, ...NAMES, ...TIMES, ...OBJECTS, ...LARGE),
  fc.json({ maxDepth: 2 }),
);

/** For paths, queries and headers. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' ', '0', '-1', '1e9', '../..', '%', '\u0000', '😀', '\ud83d', "' or 1=1 --", '*', 'a,b'),
  fc.constantFrom('x'.repeat(5000), '__proto__', 'null'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
