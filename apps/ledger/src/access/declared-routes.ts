/** Every route of the application with who may use it, as the controllers declare it. */
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ALLOWED_ROLES, FILTERED_BY_ACCOUNT, type Allowed } from '../http/roles.js';

export type DeclaredRoute = {
  readonly method: string;
  /** As Fastify has it: `/v1/accounts/:id`. */
  readonly path: string;
  /** Undefined where nobody has said. */
  readonly allowed: Allowed | undefined;
  /** Whether `accountId=` keeps it to one account. */
  readonly isFilteredByAccount: boolean;
};

export const declaredRoutes = (controllers: readonly Type[]): readonly DeclaredRoute[] =>
  controllers.flatMap((controller) => {
    const base = pathsOf(controller);
    const ofAll = allowedOf(controller);
    return handlersOf(controller).flatMap((handler) =>
      base.flatMap((start) =>
        pathsOf(handler).map((end) => ({
          method: methodOf(handler),
          path: `/${[start, end]
            .flatMap((part) => part.split('/'))
            .filter((part) => part !== '')
            .join('/')}`,
          allowed: allowedOf(handler) ?? ofAll,
          isFilteredByAccount: Reflect.hasMetadata(FILTERED_BY_ACCOUNT, handler),
        })),
      ),
    );
  });

/** Throws, naming each route without a role, and each that is registered past the controllers, where no guard sees it. */
export const assertDeclared = (
  declared: readonly DeclaredRoute[],
  registered: readonly { readonly method: string; readonly path: string }[],
): void => {
  const open = declared.filter(({ allowed }) => allowed === undefined);
  const known = new Set(declared.map(({ method, path }) => `${method} ${path}`));
  const strays = registered.filter(({ method, path }) => !known.has(`${method} ${path}`));
  const problems = [
    ...open.map(({ method, path }) => `${method} ${path} says nothing of who may use it: give it @AllowedFor(…).`),
    ...strays.map(({ method, path }) => `${method} ${path} is no route of a controller, and so nobody guards it.`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
};

const handlersOf = ({ prototype }: Type): readonly object[] =>
  Object.getOwnPropertyNames(prototype)
    .map((name): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value)
    .filter((value) => typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value))
    .map((handler) => handler as object);

const methodOf = (handler: object): string =>
  RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];

const pathsOf = (target: object): readonly string[] =>
  [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();

const allowedOf = (target: object): Allowed | undefined =>
  Reflect.getMetadata(ALLOWED_ROLES, target) as Allowed | undefined;
