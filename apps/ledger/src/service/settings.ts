/**
 * What the environment and the command line say about how to run: one entry a variable, and everything has a default that
 * works on a laptop. docs/generated/settings.md is made from here (`npm run settings`).
 */
import { BadKey, parsePrivateKey } from '@ledger/audit';
import { ACCESS_SETTINGS, accessOf, oidcProblems, type AccessSettings } from '../access/access-settings.js';
import { isSmtpUrl, parseSender } from '../notices/sender.js';
import { LOG_FORMATS, LOG_LEVELS } from '../observe/log.js';
import { readOptions, type Options } from './command-line.js';
import { connectionString, oneOf, optional, text, wholeNumber, type Setting, type SettingsOf } from './setting.js';

export const SETTINGS = {
  port: wholeNumber({
    variable: 'PORT',
    byDefault: '3000',
    from: 0,
    to: 65_535,
    what: 'where the service listens; 0 takes any free port',
  }),
  host: text({ variable: 'HOST', byDefault: '127.0.0.1', what: 'the address that it listens on' }),
  dataDir: text({
    variable: 'DATA_DIR',
    byDefault: './data',
    what: 'the folder of the token and, where the URLs name no others, of the event store and the read database',
  }),
  /** The event store to use; null for the embedded node. */
  eventStoreUrl: connectionString({
    variable: 'EVENTSTORE_URL',
    accepts: (given) => /^esdb(\+discover)?:\/\/./.test(given),
    example: 'esdb://admin:changeit@localhost:2113',
    what: 'the event store; without it an embedded node runs in `DATA_DIR`',
  }),
  /** The PostgreSQL database of the read models; null for SQLite in `dataDir`. */
  databaseUrl: connectionString({
    variable: 'DATABASE_URL',
    accepts: (given) => /^postgres(ql)?:\/\/./.test(given),
    example: 'postgres://ledger:secret@localhost:5432/ledger',
    what: 'PostgreSQL for the read models; without it SQLite in `DATA_DIR`',
  }),
  /** Where mails go; null, and notices are only logged. */
  smtpUrl: connectionString({
    variable: 'SMTP_URL',
    accepts: isSmtpUrl,
    example: 'smtps://user:secret@mail.example.com',
    what: 'the mail server of the notices; without it they are only logged',
  }),
  /** Whom they are from; null only without `smtpUrl`. */
  noticesFrom: optional({
    variable: 'NOTICES_FROM',
    what: 'whom notices are from; needed with `SMTP_URL`',
    give: 'an address such as "Subscription ledger <notices@example.com>"',
    read: (given) => parseSender(given) ?? undefined,
  }),
  ...ACCESS_SETTINGS,
  /** The private key that evidence is signed with; null: the one in `dataDir`. */
  signingKey: optional({
    variable: 'LEDGER_SIGNING_KEY',
    what: 'signs evidence bundles and lists of heads; without it the key in `DATA_DIR`, if one was made',
    give: 'what "ledger keys make --print" prints, or an Ed25519 key as PEM',
    read: (given) => (isSigningKey(given) ? given : undefined),
    isSecret: true,
  }),
  logFormat: oneOf({
    variable: 'LOG_FORMAT',
    byDefault: 'human',
    values: LOG_FORMATS,
    what: 'how the log is written to standard output: lines for people, or JSON for machines (the image sets that)',
  }),
  logLevel: oneOf({
    variable: 'LOG_LEVEL',
    byDefault: 'info',
    values: LOG_LEVELS,
    what: 'from which level on: `debug` has every request, `info` commands and what failed',
  }),
  /** Whole seconds. */
  drainSeconds: wholeNumber({
    variable: 'DRAIN_SECONDS',
    byDefault: '0',
    from: 0,
    to: 5,
    what: 'how long a service that is told to stop still takes requests while `/readyz` says 503: as long as a load balancer needs to notice',
  }),
};

export type Settings = Omit<Given, keyof typeof ACCESS_SETTINGS> & Options & { readonly access: AccessSettings };

type Given = SettingsOf<typeof SETTINGS>;

type Environment = { readonly [name: string]: string | undefined };
type Problems = { readonly problems: readonly string[] };

/**
 * The settings, or one sentence for each variable and option that cannot be used. `options` is the command line after the
 * program's name.
 */
export const readSettings = (
  environment: Environment,
  options: readonly string[] = [],
): { readonly settings: Settings } | Problems => {
  const read = readOptions(options, environment);
  const problems = Object.values<Setting<unknown>>(SETTINGS).flatMap((setting) => problemsOf(setting, environment));
  if ('problems' in read) return { problems: [...problems, ...read.problems] };
  if (problems.length > 0) return { problems };
  const given = allOf(SETTINGS, environment);
  const together = [...problemsTogether(given), ...oidcProblems(given)];
  return together.length > 0
    ? { problems: together }
    : { settings: { ...given, ...read.options, access: accessOf(given) } };
};

/** What each may be by itself, but not beside the others. */
const problemsTogether = ({ smtpUrl, noticesFrom }: Given): readonly string[] => {
  const { variable, give } = SETTINGS.noticesFrom;
  return smtpUrl !== null && noticesFrom === null
    ? [`${variable} is missing, and ${SETTINGS.smtpUrl.variable} needs it: give ${give}.`]
    : [];
};

const givenFor = ({ variable, byDefault }: Setting<unknown>, environment: Environment): string =>
  environment[variable] || byDefault;

const problemsOf = (setting: Setting<unknown>, environment: Environment): readonly string[] => {
  const given = givenFor(setting, environment);
  if (setting.parse(given) !== undefined) return [];
  const said = setting.isSecret ? 'cannot be used' : `is "${given}"`;
  return [`${setting.variable} ${said}: give ${setting.give}.`];
};

const allOf = <T extends { readonly [name: string]: Setting<unknown> }>(
  table: T,
  environment: Environment,
): SettingsOf<T> =>
  Object.fromEntries(
    Object.entries(table).map(([name, setting]) => [name, setting.parse(givenFor(setting, environment))]),
  ) as SettingsOf<T>;

const isSigningKey = (given: string): boolean => {
  try {
    parsePrivateKey(given);
    return true;
  } catch (error) {
    if (error instanceof BadKey) return false;
    throw error;
  }
};
