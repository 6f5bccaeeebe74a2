/**
 * What events and metadata may hold: strings, booleans, integers and nulls, so that every reader sees the same bytes.
 */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Of what came out of JSON.parse, where every value is one of JSON. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fault = (value: unknown, path: string): string | null => {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? null : `${path} is not well-formed Unicode`;
    case 'boolean':
      return null;
    case 'number':
      return Number.isSafeInteger(value) ? null : `${path} is ${value}, no safe integer`;
    case 'object':
      if (value === null) return null;
      for (const [name, held] of Object.entries(value)) {
        const found = fault(held, `${path}.${name}`);
        if (found !== null) return found;
      }
      return null;
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      return `${path} is a ${typeof value}`;
  }
};

/**
 * An `undefined` in an event never settles its append (C5), a float differs from reader to reader: both are bugs of
 * ours.
 */
export function assertPlain(value: object, name: string): asserts value is JsonObject {
  const found = fault(value, name);
  if (found !== null) throw new TypeError(`not storable: ${found}`);
}
