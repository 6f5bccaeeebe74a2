/** The parameters of a read: which text is one, what it means, and what to say to whoever sent something else. */
import { isId, type FieldProblem } from '@ledger/contract';
import { iso, parseInstant } from '@ledger/domain';

export type Parameter<T> = {
  /** The rule's name in a problem. */
  readonly rule: string;
  /** What to do, an instruction. */
  readonly message: string;
  /** `undefined` when the text is none. */
  readonly read: (text: string) => T | undefined;
  /** The value of one that was not sent. */
  readonly missing: T;
  /** One that works with the examples of the commands. */
  readonly example?: string;
  readonly schema: {
    readonly type: 'string' | 'integer';
    readonly enum?: string[];
    readonly format?: string;
    readonly pattern?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly default?: string | number;
  };
  readonly description: string;
};

export type Parameters = { readonly [name: string]: Parameter<unknown> };

/** What the parameters of a read say, one value for each. */
export type Asked<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

const ID_PATTERN = '^[A-Za-z0-9_-]{1,64}$';

export const id = (description: string): Parameter<string | null> => ({
  rule: 'id',
  message: 'give 1 to 64 of the characters A–Z, a–z, 0–9, _ and -',
  read: (text) => (isId(text) ? text : undefined),
  missing: null,
  schema: { type: 'string', pattern: ID_PATTERN },
  description,
});

/** In UTC with whole seconds, as rows and events have it. */
export const instant = (description: string): Parameter<string | null> => ({
  rule: 'instant',
  message: 'give an ISO 8601 instant with an offset, such as 2024-08-01T02:00:00Z; a + in it is sent as %2B',
  read: (text) => {
    const at = parseInstant(text);
    return at === null ? undefined : iso(at);
  },
  missing: null,
  schema: { type: 'string', format: 'date-time' },
  description,
});

export const month = (description: string): Parameter<string | null> => ({
  rule: 'month',
  message: 'give a calendar month of UTC+08:00, such as 2024-08',
  read: (text) => (/^\d{4}-\d\d$/.test(text) && parseInstant(`${text}-01T00:00:00Z`) !== null ? text : undefined),
  missing: null,
  schema: { type: 'string', pattern: String.raw`^\d{4}-\d\d$` },
  description,
});

export const oneOf = <T extends string>(values: readonly T[], description: string): Parameter<T | null> => ({
  rule: 'one-of',
  message: `give one of ${values.join(', ')}`,
  read: (text) => values.find((value) => value === text),
  missing: null,
  schema: { type: 'string', enum: [...values] },
  description,
});

export const flag = (description: string): Parameter<boolean | null> => ({
  rule: 'flag',
  message: 'give true or false',
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  missing: null,
  schema: { type: 'string', enum: ['true', 'false'] },
  description,
});

const PAGE = 100;
const LONGEST_PAGE = 200;

/** How many on a page. */
export const limit: Parameter<number> = {
  rule: 'count',
  message: `give a whole number from 1 to ${LONGEST_PAGE}`,
  read: (text) => {
    const wanted = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return wanted >= 1 && wanted <= LONGEST_PAGE ? wanted : undefined;
  },
  missing: PAGE,
  schema: { type: 'integer', minimum: 1, maximum: LONGEST_PAGE, default: PAGE },
  description: 'how many on a page at most',
};

/**
 * The values, or every bad parameter by its name. A parameter that the read does not have is one of them: a misspelt
 * filter would otherwise show everything.
 */
export const readQuery = <P extends Parameters>(
  parameters: P,
  query: unknown,
): { readonly asked: Asked<P> } | { readonly problems: readonly FieldProblem[] } => {
  const sent = new Map<string, unknown>(Object.entries(Object(query)));
  const problems: FieldProblem[] = [];
  const asked: { [name: string]: unknown } = {};
  for (const [name, { rule, message, read, missing }] of Object.entries(parameters)) {
    const text = sent.get(name);
    const value = text === undefined ? missing : typeof text === 'string' ? read(text) : undefined;
    if (value === undefined) problems.push({ field: name, rule, message });
    asked[name] = value;
  }
  const names = Object.keys(parameters);
  for (const name of sent.keys())
    if (!names.includes(name))
      problems.push({
        field: name.slice(0, 100),
        rule: 'unknown-parameter',
        message: `leave it out: the parameters are ${names.join(', ')}`,
      });
  return problems.length > 0 ? { problems } : { asked: asked as Asked<P> };
};
