import type { Command, CommandName } from '@ledger/domain';
import { COMMAND_DTOS } from './catalogue.js';
import type { JsonSchema } from './kinds.js';
import { readBody, schemaOf, shapeOf, type FieldProblem, type Shape } from './shape.js';

const SHAPES: ReadonlyMap<string, { readonly name: CommandName; readonly shape: Shape }> = new Map(
  Object.entries(COMMAND_DTOS).map(([name, dto]) => [name, { name: name as CommandName, shape: shapeOf(dto) }]),
);

export type ParsedCommand =
  { readonly command: Command } | { readonly problems: readonly FieldProblem[] } | { readonly unknownCommand: true };

/**
 * The domain's command from the body that came with `name`: money with two decimals, instants in UTC with whole seconds,
 * what is optional and missing (or null) absent. Anything else answers every bad field, named by its path. Never throws.
 */
export const parseCommand = (name: string, body: unknown): ParsedCommand => {
  const found = SHAPES.get(name);
  if (!found) return { unknownCommand: true };
  const problems: FieldProblem[] = [];
  const command: { do: CommandName; [field: string]: unknown } = { do: found.name };
  readBody(found.shape, body, '', command, problems);
  return problems.length > 0 ? { problems } : { command: command as Command };
};

/** The JSON Schema of each command's body, by name. */
export const commandSchemas = (): ReadonlyMap<string, JsonSchema> =>
  new Map([...SHAPES].map(([name, { shape }]) => [name, schemaOf(shape)]));
