/** The OpenAPI document of the whole API: what the controllers declare, and what holds for all of them. */
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { COMMANDERS } from '../access/command-roles.js';
import type { DeclaredRoute } from '../access/declared-routes.js';
import { withCommands } from '../commands/openapi-commands.js';
import metadata from '../metadata.js';
import { ProblemDto } from './answers.dto.js';
import { DESCRIPTION, PARAMETERS, TAGS } from './openapi-texts.js';
import { ANYWHERE, GUARDED, NAMING, PROBLEM_SCHEMA, WITH_BODY, type Operation } from './openapi-problems.js';
import type { Allowed } from './roles.js';

/** `routes` say who may use them. */
export const openApiDocument = async (
  app: NestFastifyApplication,
  routes: readonly DeclaredRoute[],
): Promise<OpenAPIObject> => {
  await SwaggerModule.loadPluginMetadata(metadata);
  const config = new DocumentBuilder()
    .setTitle('Subscription ledger')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'a token of the ledger, or of its OIDC issuer' })
    .addSecurityRequirements('bearer')
    .addGlobalResponse({
      status: 'default',
      description: 'A problem',
      content: { 'application/problem+json': { schema: PROBLEM_SCHEMA } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
  const allowed = new Map(routes.map((route) => [`${route.method} ${templateOf(route.path)}`, route.allowed]));
  const completed = Object.entries(document.paths).map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => [
        method,
        completeOperation(method, path, operation, allowed.get(`${method.toUpperCase()} ${path}`)),
      ]),
    ),
  ]);
  const paths = withCommands(Object.fromEntries(completed) as OpenAPIObject['paths']);
  return { ...document, tags: [...TAGS].map(([name, description]) => ({ name, description })), paths };
};

/** Fastify's `:id` as the document has it. */
export const templateOf = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

const completeOperation = (
  method: string,
  path: string,
  operation: Operation,
  allowed: Allowed | undefined,
): Operation => {
  const isPublic = allowed === 'public';
  // Each command in the request is asked about again.
  const listed = allowed === 'per-command' ? COMMANDERS : allowed;
  const roles = Array.isArray(listed) ? { 'x-roles': listed } : {};
  const said = Array.isArray(listed) ? [operation.description, `Roles: ${listed.join(', ')}.`] : [];
  return {
    ...operation,
    operationId: operationIdOf(method, path),
    summary: operation.summary?.replaceAll('\n', ' ') ?? '',
    ...(said.length > 0 && { description: said.filter((text) => text).join('\n\n') }),
    ...(operation.parameters && { parameters: operation.parameters.map(completeParameter) }),
    ...(isPublic && { security: [] }),
    ...roles,
    responses: {
      ...ANYWHERE,
      ...(isPublic ? {} : GUARDED),
      ...(operation.requestBody || path.startsWith('/v1/commands/') ? WITH_BODY : {}),
      ...(path.includes('{') ? NAMING : {}),
      ...describedAll(operation.responses),
    },
  };
};

/** Unique because the path is: `getAccountsByIdOrders`. */
const operationIdOf = (method: string, path: string): string => {
  const words = path
    .split('/')
    .filter((part) => part !== '' && part !== 'v1')
    .flatMap((part) => (part.startsWith('{') ? ['by', part.slice(1, -1)] : part.split(/[^A-Za-z0-9]+/)));
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
};

type Parameter = NonNullable<Operation['parameters']>[number];

/** What the parameter of a name means wherever it stands, unless the route says more. */
const completeParameter = (parameter: Parameter): Parameter => {
  if (!('name' in parameter)) return parameter;
  const known = parameter.in === 'path' ? PARAMETERS.get(parameter.name) : undefined;
  return known ? { ...known, ...parameter } : parameter;
};

const describedAll = (responses: Operation['responses']): Operation['responses'] =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      response && !('$ref' in response) && response.description === ''
        ? { ...response, description: 'As the schema says.' }
        : response,
    ]),
  );
