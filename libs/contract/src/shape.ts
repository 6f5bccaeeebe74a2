/**
 * The checker of a DTO class, compiled once from what class-validator's decorators have stored.
 *
 * class-validator's own `validateSync` collects and groups the metadata again for every object (7 µs for a flat command, and
 * as much again for each sample of a list); a simulation sends some 20,000 commands a second through here.
 */
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { Dto, PartContext } from './decorators.js';
import { isBody, type Body, type JsonSchema, type Kind } from './kinds.js';

/** One bad field: where it is (`samples[3].day`), which rule it breaks and what to do. */
export type FieldProblem = { readonly field: string; readonly rule: string; readonly message: string };

type Part = Omit<PartContext, 'dto'> & { readonly shape: Shape };
type Field = { readonly name: string; optional: boolean; kind?: Kind; part?: Part };

export type Shape = { readonly name: string; readonly fields: ReadonlyMap<string, Field> };

/** The fields in their normal form, under construction. */
export type Written = { [name: string]: unknown };

/** A body with more bad fields than this is answered with the first ones: nobody reads more. */
const MOST_PROBLEMS = 5000;

export const shapeOf = (dto: Dto): Shape => {
  const fields = new Map<string, Field>();
  const stored = getMetadataStorage()
    .getTargetValidationMetadatas(dto, '', false, false)
    .toSorted((a, b) => Number(a.target === dto) - Number(b.target === dto)); // what is inherited is named first
  for (const { propertyName: name, type, context } of stored) {
    const field: Field = fields.get(name) ?? { name, optional: false };
    fields.set(name, field);
    if (type === ValidationTypes.CONDITIONAL_VALIDATION) field.optional = true;
    else if (type === ValidationTypes.NESTED_VALIDATION) field.part = partOf(context as PartContext);
    else field.kind = context as Kind;
  }
  return { name: dto.name.replace(/Dto$/, ''), fields };
};

const partOf = ({ dto, ...bounds }: PartContext): Part => ({ ...bounds, shape: shapeOf(dto) });

/**
 * Checks `body` against the shape and writes its fields in their normal form `into`; every bad field is added to
 * `problems`, named by its path under `at`.
 */
export const readBody = (shape: Shape, body: unknown, at: string, into: Written, problems: FieldProblem[]): void => {
  if (!isBody(body)) {
    problems.push({ field: at, rule: 'object', message: `give an object with the fields ${named(shape)}` });
    return;
  }
  let present = 0;
  for (const field of shape.fields.values()) {
    const value = body[field.name];
    if (value !== undefined) present++;
    if (value !== undefined && value !== null) readField(field, value, body, at, into, problems);
    else if (!field.optional) add(problems, at, field.name, 'required', instructionOf(field));
    else if (field.kind?.missing !== undefined) into[field.name] = field.kind.missing;
  }
  if (present === Object.keys(body).length) return;
  for (const name of Object.keys(body)) {
    if (!shape.fields.has(name))
      add(problems, at, name.slice(0, 100), 'unknown-field', `leave it out: the fields are ${named(shape)}`);
  }
};

const readField = (
  { name, kind, part }: Field,
  value: unknown,
  body: Body,
  at: string,
  into: Written,
  problems: FieldProblem[],
): void => {
  if (part) {
    const path = pathTo(at, name);
    into[name] = part.many ? readList(part, value, path, problems) : readOne(part.shape, value, path, problems);
  } else if (kind) {
    const written = kind.read(value, body);
    if (written === undefined) add(problems, at, name, kind.rule, kind.message);
    else into[name] = written;
  }
};

const readOne = (shape: Shape, value: unknown, path: string, problems: FieldProblem[]): Written => {
  const written: Written = {};
  readBody(shape, value, path, written, problems);
  return written;
};

const readList = (part: Part, value: unknown, path: string, problems: FieldProblem[]): readonly Written[] => {
  const { shape, many, together } = part;
  if (!Array.isArray(value) || !many || value.length < many.minimum || value.length > many.maximum) {
    add(problems, '', path, 'list', instructionOf({ part }));
    return [];
  }
  const before = problems.length;
  const items = value.map((item: unknown, i) => readOne(shape, item, `${path}[${i}]`, problems));
  if (together && problems.length === before && !together.holds(items))
    add(problems, '', path, together.rule, together.message);
  return items;
};

const add = (problems: FieldProblem[], at: string, name: string, rule: string, message: string): void => {
  if (problems.length < MOST_PROBLEMS) problems.push({ field: pathTo(at, name), rule, message });
};

const pathTo = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

const named = ({ fields }: Shape): string => [...fields.keys()].join(', ');

const instructionOf = ({ kind, part }: Pick<Field, 'kind' | 'part'>): string => {
  if (kind) return kind.message;
  const of = part ? named(part.shape) : '';
  return part?.many
    ? `give a list of ${part.many.minimum} to ${part.many.maximum} objects with the fields ${of}`
    : `give an object with the fields ${of}`;
};

/** The shape as JSON Schema, for the published OpenAPI document. */
export const schemaOf = (shape: Shape): JsonSchema => {
  const fields = [...shape.fields.values()];
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
    additionalProperties: false,
  };
};

const fieldSchema = ({ kind, part, optional }: Field): JsonSchema => {
  const schema = part ? partSchema(part) : (kind?.schema ?? {});
  return optional ? orNull(schema) : schema;
};

const partSchema = ({ shape, many }: Part): JsonSchema => {
  const items = schemaOf(shape);
  return many ? { type: 'array', items, minItems: many.minimum, maxItems: many.maximum } : items;
};

const orNull = ({ type = [], ...schema }: JsonSchema): JsonSchema => ({
  ...schema,
  type: [type, 'null'].flat(),
  ...(schema.enum && { enum: [...schema.enum, null] }),
});
