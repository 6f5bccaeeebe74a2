/** What the environment and the command line say about how to run. Everything has a default that works on a laptop. */
import { isSmtpUrl, parseSender, type Sender } from '../notices/sender.js';
import { readOptions, type Options } from './command-line.js';

export type Settings = Options & {
  readonly port: number;
  readonly host: string;
  /** The folder of the token and, where the URLs name no others, of the event store and the read database. */
  readonly dataDir: string;
  /** The event store to use; null for the embedded node. */
  readonly eventStoreUrl: string | null;
  /** The PostgreSQL database of the read models; null for SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Where mails go; null, and notices are only logged. */
  readonly smtpUrl: string | null;
  /** Whom they are from; null only without `smtpUrl`. */
  readonly noticesFrom: Sender | null;
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
  const { SMTP_URL: smtpUrl = '', NOTICES_FROM: from = '' } = environment;
  const noticesFrom = from === '' ? null : parseSender(from);
  const problems: string[] = [];
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    problems.push(`PORT is "${port}": give a port number from 0 (any free one) to 65535.`);
  if (url !== '' && !/^esdb(\+discover)?:\/\/./.test(url))
    problems.push('EVENTSTORE_URL is no connection string: give one such as "esdb://admin:changeit@localhost:2113".');
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\/./.test(databaseUrl))
    problems.push(
      'DATABASE_URL is no connection string: give one such as "postgres://ledger:secret@localhost/ledger".',
    );
  if (smtpUrl !== '' && !isSmtpUrl(smtpUrl))
    problems.push('SMTP_URL is no mail server: give one such as "smtps://user:secret@mail.example.com".');
  if (noticesFrom === null && (from !== '' || smtpUrl !== ''))
    problems.push(
      `NOTICES_FROM ${from === '' ? 'is missing, and SMTP_URL needs it' : 'is no address'}: ` +
        'give one such as "Subscription ledger <notices@example.com>".',
    );
  const read = readOptions(options, environment);
  if ('problems' in read) problems.push(...read.problems);
  if ('problems' in read || problems.length > 0) return { problems };
  return {
    settings: {
      port: port === '' ? 3000 : Number(port),
      host: host || '127.0.0.1',
      dataDir: dataDir || './data',
      eventStoreUrl: url || null,
      databaseUrl: databaseUrl || null,
      smtpUrl: smtpUrl || null,
      noticesFrom,
      ...read.options,
    },
  };
};
