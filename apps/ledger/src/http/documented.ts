import type { OpenAPIObject } from '@nestjs/swagger';
import type { DeclaredRoute } from '../access/declared-routes.js';
import { COMMAND_PATH } from '../commands/openapi-commands.js';
import { templateOf } from './openapi.js';

/** The document itself, and the page that shows it. */
const ITSELF = /^\/(openapi\.json|docs(\/.*)?)$/;

/** Throws, naming each route that is not in the document and each operation of the document that no route answers. */
export const assertDocumented = ({ paths }: OpenAPIObject, routes: readonly DeclaredRoute[]): void => {
  const documented = new Set(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${genericOf(path)}`),
    ),
  );
  const answered = new Set(
    routes.filter(({ path }) => !ITSELF.test(path)).map(({ method, path }) => `${method} ${templateOf(path)}`),
  );
  const problems = [
    ...[...answered]
      .filter((route) => !documented.has(route))
      .map((route) => `${route} is not in the OpenAPI document.`),
    ...[...documented]
      .filter((route) => !answered.has(route))
      .map((route) => `${route} of the OpenAPI document is no route.`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
};

const COMMANDS = COMMAND_PATH.replace('{name}', '');

/** Each command has a path of its own in the document, and all have one route. */
const genericOf = (path: string): string => (path.startsWith(COMMANDS) ? COMMAND_PATH : path);
