/** The flags of a command, from the schema of its body: a field's name in kebab-case, a list by repetition, an object as JSON. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { messageOf, UsageError } from './failure.js';

/** The part of JSON Schema that the schemas of commands use. */
export type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | null)[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
};

export type Flag = {
  readonly field: string;
  /** As the help shows it: `--app-id <id>`. */
  readonly flags: string;
  readonly about: string;
  readonly isRequired: boolean;
  /** The value of the field from what was typed; throws a `UsageError`. */
  readonly read: (typed: string | readonly string[]) => unknown;
};

export const kebab = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`);

/** Those that must be given come first. */
export const flagsOf = ({ properties = {}, required = [] }: Schema): readonly Flag[] =>
  Object.entries(properties)
    .map(([field, schema]) => ({
      field,
      flags: `--${kebab(field)} <${placeholder(schema)}>`,
      about: about(schema),
      isRequired: required.includes(field),
      read: reader(schema, `--${kebab(field)}`),
    }))
    .toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));

const has = ({ type = [] }: Schema, name: string): boolean => [type].flat().includes(name);

const isJson = (schema: Schema): boolean =>
  has(schema, 'object') || (has(schema, 'array') && schema.items !== undefined && has(schema.items, 'object'));

const placeholder = (schema: Schema): string => {
  if (isJson(schema)) return 'json';
  if (has(schema, 'array')) return 'id...';
  if (schema.enum) return schema.enum.filter((value) => value !== null).join('|');
  if (has(schema, 'integer')) return 'n';
  if (schema.description?.startsWith('money')) return 'amount';
  if (schema.format !== undefined) return schema.format === 'date' ? 'day' : 'instant';
  return schema.pattern === undefined ? 'text' : 'id';
};

const about = (schema: Schema): string => {
  const of = schema.items?.properties ?? schema.properties;
  if (isJson(schema)) {
    const fields = Object.keys(of ?? {}).join(', ');
    return `${has(schema, 'array') ? 'a list of objects' : 'an object'} with ${fields}; or @FILE, or @- for standard input`;
  }
  const isCount = has(schema, 'integer') && schema.minimum !== undefined && schema.maximum !== undefined;
  if (isCount && schema.maximum < Number.MAX_SAFE_INTEGER) return `${schema.minimum} to ${schema.maximum}`;
  return schema.description ?? (schema.format === 'date-time' ? 'such as 2024-08-01T10:00:00+08:00' : '');
};

const reader = (schema: Schema, flag: string): Flag['read'] => {
  if (isJson(schema)) return (typed) => jsonFrom(String(typed), flag);
  // A number that is none stays as it was typed: the service says what is wrong with it.
  if (has(schema, 'integer')) return (typed) => (/^\d{1,16}$/.test(String(typed)) ? Number(typed) : typed);
  return (typed) => typed;
};

/** The body that the flags say. Throws a `UsageError` that names the flag. */
export const bodyFrom = async (
  flags: readonly Flag[],
  options: { readonly [field: string]: unknown },
): Promise<{ readonly [field: string]: unknown }> => {
  const body: { [field: string]: unknown } = {};
  for (const { field, read } of flags) {
    const typed = options[field];
    if (typeof typed === 'string' || Array.isArray(typed)) body[field] = await read(typed);
  }
  return body;
};

/** JSON as it was typed, from `@FILE`, or from standard input for `@-`. */
export const jsonFrom = async (typed: string, what: string): Promise<unknown> => {
  const from = typed.startsWith('@') ? typed.slice(1) : null;
  const json = from === null ? typed : await (from === '-' ? text(process.stdin) : fileAt(from, what));
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UsageError(`${what} is not JSON: ${messageOf(error)}`);
  }
};

const fileAt = (path: string, what: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${what}: ${messageOf(error)}`);
  });
