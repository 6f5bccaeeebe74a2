/** Requests made from the OpenAPI document: as it says, and in every way not as it says. Everything comes from one seed. */
import fc from 'fast-check';
import type { Json } from './api.js';
import type { Operation, Parameter } from './contract.js';
import { hostileJson, hostileText } from './hostile-values.js';

export type HostileRequest = {
  readonly operation: Operation;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** Ids and positions that the ledger knows, so that requests get past the first check. */
export type Known = { readonly ids: readonly string[]; readonly position: string };

/** JSON that a schema allows, or at least nearly. */
const fitting = (schema: Json, known: Known, name = ''): fc.Arbitrary<string> => {
  const { type, enum: values, properties, items, oneOf } = schema;
  if (Array.isArray(values)) return fc.constantFrom(...values.map((value) => JSON.stringify(value)));
  if (Array.isArray(oneOf)) return fc.oneof(...oneOf.map((one) => fitting(one as Json, known, name)));
  if (properties !== undefined) return object(schema, known);
  if (items !== undefined)
    return fc
      .array(fitting(items as Json, known, name), { minLength: Number(schema['minItems'] ?? 0), maxLength: 4 })
      .map((all) => `[${all.join(',')}]`);
  switch ([type].flat()[0]) {
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'number':
    case 'integer':
      return fc.integer({ min: Number(schema['minimum'] ?? 0), max: Number(schema['maximum'] ?? 100_000) }).map(String);
    default:
      return text(schema, known, name).map((value) => JSON.stringify(value));
  }
};

const PRODUCTS = ['standard', 'premium', 'flagship', 'pro', 'desk', 'intl-2024', 'cn-2023', 'singapore', 'mau', 'dau'];

const text = ({ format, pattern, maxLength }: Json, known: Known, name: string): fc.Arbitrary<string> => {
  if (format === 'date-time') return fc.constantFrom('2024-08-01T10:00:00+08:00', '2030-01-01T00:00:00Z');
  if (format === 'date') return fc.constantFrom('2024-08-05', '2024-08-04', '2030-01-01');
  if (name === 'minPosition') return fc.constant(known.position);
  if (/Id$|^id$/.test(name)) return fc.constantFrom(...known.ids);
  if (typeof pattern === 'string' && /d\{1,13\}/.test(pattern)) return fc.constantFrom('1', '12.5', '0.01', '999.99');
  if (typeof pattern === 'string' && pattern.includes('A-Za-z0-9_-')) return fc.constantFrom(...PRODUCTS, ...known.ids);
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength: 1, maxLength: Math.min(Number(maxLength ?? 30), 30) });
};

/** The fields of an object with, now and then, one left out, one twice, one that is not known, or one that is anything. */
const object = ({ properties, required = [] }: Json, known: Known): fc.Arbitrary<string> => {
  const needed = new Set(required as readonly string[]);
  const fields = Object.entries(properties as Json).map(([name, schema]) => {
    const value = fitting(schema as Json, known, name).map((json) => [`${JSON.stringify(name)}:${json}`]);
    const wrong = hostileJson.map((json) => [`${JSON.stringify(name)}:${json}`]);
    const twice = fc.tuple(value, value).map(([one, other]) => [...one, ...other]);
    const nothing = fc.constant<string[]>([]);
    return fc.oneof(
      { weight: needed.has(name) ? 100 : 30, arbitrary: value },
      { weight: needed.has(name) ? 1 : 70, arbitrary: nothing },
      { weight: 1, arbitrary: twice },
      { weight: 2, arbitrary: wrong },
    );
  });
  const stray = fc.oneof(
    { weight: 15, arbitrary: fc.constant<string[]>([]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.string({ unit: 'binary' }), hostileJson)
        .map(([name, json]) => [`${JSON.stringify(name)}:${json}`]),
    },
  );
  return fc.tuple(stray, ...fields).map((parts) => `{${parts.flat().join(',')}}`);
};

const body = ({ body: wanted }: Operation, known: Known): fc.Arbitrary<string | null> => {
  if (wanted === null) return fc.constant(null);
  const good = fitting(wanted.schema, known);
  return fc.oneof(
    { weight: 30, arbitrary: good },
    { weight: 1, arbitrary: good.map((json) => json.slice(0, Math.floor(json.length / 2))) },
    { weight: 1, arbitrary: fc.tuple(good, good).map(([one, other]) => `${one}\n${other}`) },
    { weight: 2, arbitrary: hostileJson },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.constant('') },
  );
};

const sent = (
  { name, schema, required }: Parameter,
  known: Known,
): fc.Arbitrary<readonly (readonly [string, string])[]> => {
  const good = fitting(schema, known, name).map((json) => [[name, textOf(json)] as const]);
  const wrong = hostileText.map((value) => [[name, value] as const]);
  const twice = fc.tuple(good, wrong).map(([one, other]) => [...one, ...other]);
  return fc.oneof(
    { weight: required === true ? 50 : 15, arbitrary: good },
    { weight: required === true ? 1 : 60, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: wrong },
    { weight: 1, arbitrary: twice },
  );
};

const textOf = (json: string): string => {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
};

const HEADER_TEXT = /[^\t\x20-\x7e\x80-\xff]/g;

const headers = ({ parameters, body: wanted }: Operation, known: Known): fc.Arbitrary<Record<string, string>> => {
  const named = parameters.filter(({ in: where }) => where === 'header');
  // Nobody else can take a key that was used before, and nobody has a fingerprint by chance.
  const all = named.map((one) =>
    one.name === 'Idempotency-Key'
      ? fc.oneof(
          { weight: 30, arbitrary: fc.uuid().map((key) => [[one.name, key] as const]) },
          { weight: 1, arbitrary: sent(one, known) },
        )
      : sent({ ...one, required: false }, known),
  );
  const type = wanted?.type ?? 'application/json';
  const types = fc.oneof(
    { weight: 30, arbitrary: fc.constant(type) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'text/plain',
        'application/xml',
        '',
        'application/json; charset=utf-16',
        'multipart/form-data',
      ),
    },
  );
  return fc.tuple(types, ...all).map(([contentType, ...pairs]) => ({
    ...Object.fromEntries(pairs.flat().map(([name, value]) => [name, value.replace(HEADER_TEXT, '').trim()])),
    ...(wanted && { 'content-type': contentType }),
  }));
};

const address = ({ path, parameters }: Operation, known: Known): fc.Arbitrary<string> => {
  const inPath = parameters.filter(({ in: where }) => where === 'path');
  const values = inPath.map(({ name, schema }) =>
    fc.oneof(
      { weight: 12, arbitrary: fitting(schema, known, name).map(textOf) },
      { weight: 1, arbitrary: hostileText },
    ),
  );
  const query = parameters.filter(({ in: where }) => where === 'query').map((one) => sent(one, known));
  const stray = fc.oneof(
    { weight: 20, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(hostileText, hostileText).map((pair) => [pair]) },
  );
  return fc.tuple(fc.tuple(...values), fc.tuple(stray, ...query)).map(([parts, pairs]) => {
    const filled = inPath.reduce((at, { name }, i) => at.replace(`{${name}}`, () => encoded(parts[i] ?? '')), path);
    const search = pairs.flat().map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
    return search.length === 0 ? filled : `${filled}?${search.join('&')}`;
  });
};

/** Half a character cannot be encoded; a caller would send its bytes. An empty part would be another address. */
const encoded = (value: string): string => {
  try {
    return encodeURIComponent(value) || '%20';
  } catch {
    return '%ED%A0%80';
  }
};

export const hostileRequests = (operations: readonly Operation[], known: Known): fc.Arbitrary<HostileRequest> => {
  const commands = operations.filter(({ tags }) => tags.includes('commands'));
  const others = operations.filter(({ tags }) => !tags.includes('commands'));
  const anyOf = (some: readonly Operation[]): fc.Arbitrary<HostileRequest> =>
    fc
      .constantFrom(...some)
      .chain((operation) =>
        fc
          .tuple(address(operation, known), headers(operation, known), body(operation, known))
          .map(([where, what, json]) => ({ operation, address: where, headers: what, body: json })),
      );
  return fc.oneof({ weight: 3, arbitrary: anyOf(commands) }, { weight: 2, arbitrary: anyOf(others) });
};
