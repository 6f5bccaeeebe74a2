/** The built service, and the store alone, in processes of their own; killed when the test file is through. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresUrl, type DatabaseKind } from '../../libs/read-models/src/testing/databases.js';
import { apiOf, type Api } from './api.js';
import { run, type Running } from './process.js';
import { atTheEnd, temporaryFolder, until } from './service.js';

export const SERVICE = 'apps/ledger/src/main.js';

export type Serving = Api & { readonly token: string; readonly running: Running };

type Environment = Readonly<Record<string, string>>;

/** Once it listens; it need not be ready. */
export const startListening = async (
  dataDir: string,
  env: Environment = {},
  options: readonly string[] = [],
): Promise<Serving> => {
  const running = run(SERVICE, { PORT: '0', DATA_DIR: dataDir, ...env }, options);
  atTheEnd(async () => {
    await running.end('SIGKILL');
  });
  const [, url = ''] = await running.says(/(http:\/\/[\w.]+:\d+)/);
  const token = (await readFile(join(dataDir, 'token'), 'utf8')).trim();
  return { ...apiOf(url, token), token, running };
};

export const ready = (api: Api): Promise<void> => until(async () => (await api.raw('/readyz')).status === 200);

/** Once it is ready. */
export const startServing = async (...how: Parameters<typeof startListening>): Promise<Serving> => {
  const serving = await startListening(...how);
  await ready(serving);
  return serving;
};

/** Answers its connection string. */
export const startStoreAlone = async (): Promise<string> => {
  const store = run('libs/embedded-node/src/main.js', {}, ['--path', await temporaryFolder(), '--port', '0']);
  atTheEnd(() => void store.process.kill('SIGKILL'));
  const [, url = ''] = await store.says(/(esdb:\S+)/);
  return url;
};

/** What DATABASE_URL says: a new database, or nothing for SQLite in the data folder. */
export const databaseUrlOf = (kind: DatabaseKind, closing: AsyncDisposableStack): Promise<string> =>
  kind === 'PostgreSQL' ? postgresUrl(closing) : Promise.resolve('');
