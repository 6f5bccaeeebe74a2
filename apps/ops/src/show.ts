/** What is printed: tables for people; with `--json` one object, or one object a line, for programs. */
import Table from 'cli-table3';
import { write } from './lines.js';

/** A JSON value's field by field, nested ones named by their path: `share.served`. Lists stay as they are. */
export const flat = (thing: object, under = ''): readonly (readonly [name: string, value: unknown])[] =>
  Object.entries(thing).flatMap(([name, value]: [string, unknown]) =>
    isObject(value) ? flat(value, `${under}${name}.`) : [[`${under}${name}`, value] as const],
  );

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value on one line, as a person reads it. */
export const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((item) => textOf(item)).join(', ');
  if (isObject(value))
    return flat(value)
      .map(([name, held]) => `${name} ${textOf(held)}`)
      .join(' ');
  return JSON.stringify(value);
};

/** Whose account it is, and when, is said beside them. */
const SAID = new Set(['accountId', 'effectiveAt']);

/** What an event says, a field each; empty lists say nothing. */
export const factsOf = (data: object): readonly string[] =>
  flat(data)
    .filter(([name, value]) => !SAID.has(name) && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${textOf(value)}`);

/** Columns two blanks apart, without lines: what a terminal shows and `awk` reads. */
const LINES =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid'.split(
    ' ',
  );
const PLAIN = {
  chars: { ...Object.fromEntries(LINES.map((name) => [name, ''])), middle: '  ' },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
};

export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const table = new Table({ ...PLAIN, head: [...head] });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};

/** Rows as a table with these columns; a column may be the path of a nested field. */
export const tableOfRows = (rows: readonly object[], columns: readonly string[]): string =>
  tableOf(
    columns,
    rows.map((row) => {
      const fields = new Map<string, unknown>([...Object.entries(row), ...flat(row)]);
      return columns.map((column) => textOf(fields.get(column)));
    }),
  );

/** With a column for every field that any of them has. */
export const tableOfAll = (rows: readonly object[]): string =>
  tableOfRows(rows, [...new Set(rows.flatMap((row) => flat(row).map(([column]) => column)))]);

/** One thing: its fields one a line, then its lists of objects as tables of their own. */
export const textOfThing = (thing: object): string => {
  const fields = flat(thing);
  const isRows = (value: unknown): value is readonly object[] =>
    Array.isArray(value) && value.length > 0 && value.every(isObject);
  const single = fields.filter(([, value]) => !isRows(value));
  const lists = fields.flatMap(([name, value]) => (isRows(value) ? [{ name, rows: value }] : []));
  const tables = lists.map(({ name, rows }) => `\n${name}:\n${tableOfAll(rows)}`);
  return [
    tableOf(
      [],
      single.map(([name, value]) => [name, textOf(value)]),
    ),
    ...tables,
  ].join('\n');
};

export const print = (text: string): Promise<void> => write(process.stdout, `${text}\n`);

export const showThing = (thing: object, json: boolean): Promise<void> =>
  print(json ? JSON.stringify(thing) : textOfThing(thing));
