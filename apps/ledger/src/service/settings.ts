/** What the environment and the command line say about how to run. Everything has a default that works on a laptop. */
import { parseArgs } from 'node:util';

/** What a process does; `start.ts` says what each starts. */
export const PROCESS_ROLES = ['api', 'projector', 'clock', 'notices'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

export type Settings = {
  readonly port: number;
  readonly host: string;
  /** The folder of the token and, where the URLs name no others, of the event store and the read database. */
  readonly dataDir: string;
  /** The event store to use; null for the embedded node. */
  readonly eventStoreUrl: string | null;
  /** The PostgreSQL database of the read models; null for SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly roles: ReadonlySet<ProcessRole>;
  /** Whether the clock can be set. */
  readonly sandbox: boolean;
};

type Environment = { readonly [name: string]: string | undefined };

/**
 * The settings, or one sentence for each variable and option that cannot be used. An empty variable counts as unset;
 * `options` is the command line after the program's name.
 */
export const readSettings = (
  environment: Environment,
  options: readonly string[] = [],
): { readonly settings: Settings } | { readonly problems: readonly string[] } => {
  const { PORT: port = '', HOST: host = '', DATA_DIR: dataDir = '' } = environment;
  const { EVENTSTORE_URL: url = '', DATABASE_URL: databaseUrl = '' } = environment;
  const problems: string[] = [];
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    problems.push(`PORT is "${port}": give a port number from 0 (any free one) to 65535.`);
  if (url !== '' && !/^esdb(\+discover)?:\/\/./.test(url))
    problems.push('EVENTSTORE_URL is no connection string: give one such as "esdb://admin:changeit@localhost:2113".');
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\/./.test(databaseUrl))
    problems.push(
      'DATABASE_URL is no connection string: give one such as "postgres://ledger:secret@localhost/ledger".',
    );
  const { roles, sandbox, unknown } = readOptions(options);
  problems.push(...unknown);
  if (unknown.length === 0) {
    if (!roles.has('projector') && (url === '' || databaseUrl === ''))
      problems.push(
        '--roles leaves the projector to another process: set EVENTSTORE_URL and DATABASE_URL to what you share with it.',
      );
    if (sandbox) problems.push(...sandboxProblems(environment, roles));
  }
  if (problems.length > 0) return { problems };
  return {
    settings: {
      port: port === '' ? 3000 : Number(port),
      host: host || '127.0.0.1',
      dataDir: dataDir || './data',
      eventStoreUrl: url || null,
      databaseUrl: databaseUrl || null,
      roles,
      sandbox,
    },
  };
};

type Options = {
  readonly roles: ReadonlySet<ProcessRole>;
  readonly sandbox: boolean;
  readonly unknown: readonly string[];
};

const readOptions = (options: readonly string[]): Options => {
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
  return { roles, sandbox, unknown };
};

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
