/** What the command line says about how to run: what this process does, and whether its clock can be set. */
import { parseArgs } from 'node:util';

/** What a process does; `start.ts` says what each starts. */
export const PROCESS_ROLES = ['api', 'projector', 'clock', 'notices'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

type Environment = { readonly [name: string]: string | undefined };

export type Options = {
  readonly roles: ReadonlySet<ProcessRole>;
  /** Whether the clock can be set. */
  readonly sandbox: boolean;
};

/** The options, or one sentence for each that cannot be used, be it by itself or in this environment. */
export const readOptions = (
  options: readonly string[],
  environment: Environment,
): { readonly options: Options } | { readonly problems: readonly string[] } => {
  const { tokens } = parseArgs({
    args: [...options],
    options: { roles: { type: 'string' }, sandbox: { type: 'boolean' } },
    strict: false,
    tokens: true,
  });
  let roles: ReadonlySet<ProcessRole> = new Set(PROCESS_ROLES);
  let sandbox = false;
  const unknown: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'sandbox' && token.value === undefined) sandbox = true;
    else if (token.kind === 'option' && token.name === 'roles') {
      const named = (token.value ?? '').split(',').filter((name) => name !== '');
      const known = PROCESS_ROLES.filter((role) => named.includes(role));
      roles = new Set(known);
      const others = named.filter((name) => !PROCESS_ROLES.some((role) => role === name));
      if (named.length === 0 || others.length > 0)
        unknown.push(
          `--roles is "${token.value ?? ''}": give one or more of ${PROCESS_ROLES.join(',')}, or leave it out.`,
        );
    } else if (token.kind !== 'option-terminator')
      unknown.push(
        `${token.kind === 'option' ? token.rawName : token.value} is no option: there are --roles and --sandbox.`,
      );
  }
  if (unknown.length > 0) return { problems: unknown };
  const problems = [...rolesProblems(environment, roles), ...(sandbox ? sandboxProblems(environment, roles) : [])];
  return problems.length > 0 ? { problems } : { options: { roles, sandbox } };
};

const rolesProblems = (
  { EVENTSTORE_URL: url = '', DATABASE_URL: databaseUrl = '' }: Environment,
  roles: ReadonlySet<ProcessRole>,
): readonly string[] =>
  roles.has('projector') || (url !== '' && databaseUrl !== '')
    ? []
    : [
        '--roles leaves the projector to another process: set EVENTSTORE_URL and DATABASE_URL to what you share with it.',
      ];

/** Its time runs ahead, so nobody else may share its store, and what time brings must happen in this process. */
const sandboxProblems = (
  { NODE_ENV: mode, EVENTSTORE_URL: url = '' }: Environment,
  roles: ReadonlySet<ProcessRole>,
): readonly string[] => {
  const problems: string[] = [];
  if (mode === 'production')
    problems.push('--sandbox has a clock that can be set: it does not start with NODE_ENV=production.');
  if (url !== '') problems.push('--sandbox has an event store of its own in DATA_DIR: leave EVENTSTORE_URL out.');
  if (!(['api', 'projector', 'clock'] as const).every((role) => roles.has(role)))
    problems.push('--sandbox needs the roles api, projector and clock in one process: leave --roles out.');
  return problems;
};
