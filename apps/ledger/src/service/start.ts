import { randomBytes } from 'node:crypto';
import { startEmbeddedNodeInWorker } from '@ledger/embedded-node';
import { ensureStoreId, EventStoreAdapter, Ledger } from '@ledger/event-store';
import { openPostgres, openSqlite, Projector, storedState } from '@ledger/read-models';
import { SigningKeys } from '../audit/signing-keys.js';
import { createApp } from '../http/create-app.js';
import { noticeChannels } from '../notices/channels.js';
import { NoticeDeliverer } from '../notices/notice-deliverer.js';
import { Clock } from './clock.js';
import { openDataFolder } from './data-folder.js';
import type { Settings } from './settings.js';

export type Service = {
  /** Where it listens. */
  readonly url: string;
  readonly tokenPath: string;
  readonly token: string;
  /** Answers what is in flight, then closes everything. */
  stop(): Promise<void>;
};

/**
 * Starts the whole service in this process. It listens also while the event store cannot be reached, and is not ready
 * then. Throws `FolderInUse`, or what the system says.
 */
export const startService = async (settings: Settings, clock = new Clock()): Promise<Service> => {
  const open = new AsyncDisposableStack();
  try {
    const folder = openDataFolder(settings.dataDir);
    open.defer(() => folder.release());
    const connectionString = settings.eventStoreUrl ?? (await startStore(folder.storePath, open));
    const store = new EventStoreAdapter({ connectionString });
    open.defer(() => store.close());
    const { databaseUrl } = settings;
    const database = await (databaseUrl === null ? openSqlite(folder.readDatabasePath) : openPostgres(databaseUrl));
    open.defer(() => database.close());
    const now = (): number => clock.now();
    const ledger = new Ledger({ store, clock: now, storedStates: (accountId) => storedState(database, accountId) });
    open.defer(() => ledger.settled());
    const storeId = (): Promise<string> => ensureStoreId(store, now);
    const projector = new Projector(database, store, storeId);
    open.defer(() => projector.stop());
    const { token, tokenPath } = folder;
    const signingKeys = new SigningKeys(settings.dataDir, settings.signingKey ?? null);
    const app = await createApp({ clock, token, store, ledger, database, projector, signingKeys });
    open.defer(() => app.close());
    projector.start();
    const channels = noticeChannels(settings);
    const notices = new NoticeDeliverer({ database, store, ledger, clock, storeId, channels, warn: console.warn });
    open.defer(() => notices.stop());
    await notices.start();
    await app.listen({ port: settings.port, host: settings.host });
    const running = open.move();
    return { url: await app.getUrl(), tokenPath, token, stop: () => running.disposeAsync() };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
};

/** In a thread of its own, for this process only: nobody else learns its secret. */
const startStore = async (path: string, open: AsyncDisposableStack): Promise<string> => {
  const node = await startEmbeddedNodeInWorker({ path, secret: randomBytes(32).toString('base64url') });
  open.defer(() => node.stop());
  return node.connectionString;
};
