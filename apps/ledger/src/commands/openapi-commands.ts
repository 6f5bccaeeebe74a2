/** Each command as a path of the OpenAPI document, with the body that `libs/contract` checks and every way it can end. */
import { commandSchemas } from '@ledger/contract';
import { COMMAND_REFUSALS, type CommandName, type RefusalName } from '@ledger/domain';
import type { OpenAPIObject } from '@nestjs/swagger';
import { COMMAND_ROLES } from '../access/command-roles.js';
import { PROBLEM_SCHEMA, problemResponse, type Operation, type Response } from '../http/openapi-problems.js';
import { problemType } from '../http/problem.js';
import { refusalStatus } from '../problems/problem-pages.js';
import { EXAMPLES } from './examples.js';
import { COMMAND_SUMMARIES } from './summaries.js';

export const COMMAND_PATH = '/v1/commands/{name}';

const NAMES = Object.keys(COMMAND_SUMMARIES) as CommandName[];

type Paths = OpenAPIObject['paths'];

/** The one generic path becomes a path for each command. */
export const withCommands = (paths: Paths): Paths => {
  const { [COMMAND_PATH]: generic, ...others } = paths;
  const { post } = generic ?? {};
  if (!post) throw new Error(`the document has no ${COMMAND_PATH}`);
  const schemas = commandSchemas();
  const commands = NAMES.map((name) => {
    const schema = schemas.get(name);
    if (!schema) throw new Error(`${name} has no schema`);
    return [COMMAND_PATH.replace('{name}', name), { post: operationOf(name, schema, post) }];
  });
  return { ...(Object.fromEntries(commands) as Paths), ...others };
};

const operationOf = (name: CommandName, schema: object, { parameters = [], ...generic }: Operation): Operation => {
  const operation = {
    ...generic,
    operationId: name,
    summary: COMMAND_SUMMARIES[name],
    description: `${generic.summary ?? ''}\n\nRoles: ${COMMAND_ROLES[name].join(', ')}.`,
    parameters: parameters.filter((parameter) => !('name' in parameter && parameter.name === 'name')),
    requestBody: { required: true, content: { 'application/json': { schema, examples: examplesOf(name) } } },
    responses: { ...generic.responses, ...responsesOf(name) },
    'x-roles': COMMAND_ROLES[name],
  };
  return operation;
};

const examplesOf = (name: CommandName): Record<string, { summary: string; value: object }> =>
  Object.fromEntries(
    EXAMPLES.filter(({ command }) => command === name).map(({ title, body }, i) => [
      `${name}-${i + 1}`,
      { summary: title, value: body },
    ]),
  );

const responsesOf = (name: CommandName): Record<string, Response> => {
  const refusals = COMMAND_REFUSALS[name];
  const unknown = refusals.filter((refusal) => refusalStatus(refusal) === 404);
  const others = refusals.filter((refusal) => refusalStatus(refusal) === 422);
  return {
    ...(unknown.length > 0 && { 404: refused('Who or what is not there', unknown) }),
    409: problemResponse('key-reused'),
    412: problemResponse('preview-stale', 'preview-unknown'),
    ...(others.length > 0 && { 422: refused('Refused by the rules; nothing was written', others) }),
  };
};

const refused = (what: string, names: readonly RefusalName[]): Response => ({
  description: `${what}: ${names.map((name) => `[${name}](${problemType(name)})`).join(', ')}.`,
  content: {
    'application/problem+json': {
      schema: {
        allOf: [PROBLEM_SCHEMA],
        type: 'object',
        properties: {
          type: { type: 'string', enum: names.map(problemType) },
          refusal: { type: 'string', enum: [...names] },
        },
        required: ['refusal', 'clause', 'details'],
      },
    },
  },
});
