/** The OpenAPI document of a running service as a contract: which operations there are, and whether an answer is as it says. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer, Json } from './api.js';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: string;
  readonly schema: Json;
};

export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly isPublic: boolean;
  /** Who may use it; null for one that is public. */
  readonly roles: readonly string[] | null;
  /** The type of its body and the schema; null without one. */
  readonly body: { readonly type: string; readonly schema: Json; readonly examples: readonly object[] } | null;
  readonly responses: { readonly [status: string]: { readonly description: string; readonly content?: Json } };
};

const BASE = 'https://ledger.test/openapi.json';

export class Contract {
  readonly operations: readonly Operation[];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(readonly document: Json) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ ...(closed(document) as object), $id: BASE });
    this.operations = Object.entries(document['paths'] as Json).flatMap(([path, item]) =>
      Object.entries(item as Json).map(([method, operation]) => operationOf(method, path, operation as Json)),
    );
  }

  operation(operationId: string): Operation {
    const found = this.operations.find((one) => one.operationId === operationId);
    if (!found) throw new Error(`the document has no operation ${operationId}`);
    return found;
  }

  /** What is not as the document says: an undocumented status, a body that its schema does not allow, fields it does not name. */
  problemsOf({ method, path, responses }: Operation, { status, headers, body }: Answer): readonly string[] {
    const response = responses[String(status)];
    if (!response) return [`${method} ${path} answers ${status}, which is not documented`];
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    if (response.content === undefined) return [];
    if (!Object.hasOwn(response.content, type)) return [`${method} ${path} answers ${status} as ${type}`];
    if (!type.endsWith('json') || type.includes('ndjson')) return [];
    const validate = this.validator('paths', path, method, 'responses', String(status), 'content', type, 'schema');
    return this.#errors(`${method} ${path} ${status}`, validate, body);
  }

  /** What the body's schema says of an example. */
  problemsOfExample({ method, path }: Operation, type: string, example: object): readonly string[] {
    const validate = this.validator('paths', path, method, 'requestBody', 'content', type, 'schema');
    return this.#errors(`the example of ${path}`, validate, example);
  }

  /** Of the schema at a place in the document; throws when it is none. */
  validator(...place: readonly string[]): ValidateFunction {
    const pointer = place
      .map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      .join('');
    const known = this.#validators.get(pointer);
    if (known) return known;
    const validate = this.#ajv.compile({ $ref: `${BASE}#${pointer}` });
    this.#validators.set(pointer, validate);
    return validate;
  }

  #errors(where: string, validate: ValidateFunction, value: unknown): readonly string[] {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${where}: ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
}

const operationOf = (method: string, path: string, operation: Json): Operation => {
  const { requestBody, security } = operation;
  const content = Object.entries(((requestBody as Json | undefined)?.['content'] ?? {}) as Json);
  const [type, media] = content[0] ?? [];
  const roles = operation['x-roles'] as readonly string[] | undefined;
  return {
    method,
    path,
    operationId: operation['operationId'] as string,
    summary: (operation['summary'] ?? '') as string,
    tags: (operation['tags'] ?? []) as readonly string[],
    parameters: (operation['parameters'] ?? []) as readonly Parameter[],
    isPublic: Array.isArray(security) && security.length === 0,
    roles: roles ?? null,
    body:
      type === undefined
        ? null
        : {
            type,
            schema: ((media as Json)['schema'] ?? {}) as Json,
            examples: Object.values(((media as Json)['examples'] ?? {}) as Json).map(
              (example) => (example as Json)['value'] as object,
            ),
          },
    responses: operation['responses'] as Operation['responses'],
  };
};

/**
 * The same schemas, but an object has no field that its schema does not name. Problems have: each kind has its own. What is
 * composed with `allOf` is left as it is.
 */
const closed = (value: unknown, name = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => closed(item));
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part, key)]));
  const isObject = parts['type'] === 'object' && parts['properties'] !== undefined && parts['allOf'] === undefined;
  return isObject && name !== 'ProblemDto' ? { additionalProperties: false, ...parts } : parts;
};
