import { isDeepStrictEqual } from 'node:util';

export type Difference = { readonly path: string; readonly expected: unknown; readonly actual: unknown };

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

/** The first place where two JSON values differ, as a path of names and indices; null where they are equal. */
export const firstDifference = (expected: unknown, actual: unknown, path = ''): Difference | null => {
  if (isDeepStrictEqual(expected, actual)) return null;
  if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual))
    return { path, expected, actual };
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const found = firstDifference(expected[name], actual[name], path === '' ? name : `${path}.${name}`);
    if (found) return found;
  }
  return { path, expected, actual };
};
