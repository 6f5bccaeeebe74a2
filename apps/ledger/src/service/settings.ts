/** What the environment says about how to run. Everything has a default that works on a laptop. */
import { readAccessSettings, type AccessSettings } from '../access/access-settings.js';

export type Settings = {
  readonly port: number;
  readonly host: string;
  /** The folder of the token and, where the URLs name no others, of the event store and the read database. */
  readonly dataDir: string;
  /** The event store to use; null for the embedded node. */
  readonly eventStoreUrl: string | null;
  /** The PostgreSQL database of the read models; null for SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly access: AccessSettings;
};

type Environment = { readonly [name: string]: string | undefined };

/** The settings, or one sentence for each variable that cannot be used. An empty variable counts as unset. */
export const readSettings = (
  environment: Environment,
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
  const access = readAccessSettings(environment, problems);
  if (problems.length > 0) return { problems };
  return {
    settings: {
      port: port === '' ? 3000 : Number(port),
      host: host || '127.0.0.1',
      dataDir: dataDir || './data',
      eventStoreUrl: url || null,
      databaseUrl: databaseUrl || null,
      access,
    },
  };
};
