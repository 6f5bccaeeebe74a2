import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { startEmbeddedNodeInWorker } from '@ledger/embedded-node';
import { ensureStoreId, EventStoreAdapter, Ledger } from '@ledger/event-store';
import { openPostgres, openSqlite, Projector, storedState } from '@ledger/read-models';
import { createApp } from '../http/create-app.js';
import { measureLag } from '../metrics/lag-metrics.js';
import { Metrics } from '../metrics/metrics.js';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { createLog, type Log } from '../observe/log.js';
import { observedStore, projectedStore } from '../observe/observed-store.js';
import { logProjector } from '../observe/projector-log.js';
import { noticeChannels } from '../notices/channels.js';
import { NoticeDeliverer } from '../notices/notice-deliverer.js';
import { Clock } from './clock.js';
import { openDataFolder } from './data-folder.js';
import { Lifecycle } from './lifecycle.js';
import type { Settings } from './settings.js';

export type Service = {
  /** Where it listens. */
  readonly url: string;
  readonly tokenPath: string;
  readonly token: string;
  readonly log: Log;
  /** Is not ready from now on, answers what is in flight, then closes everything. */
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
    const metrics = new Metrics();
    const serviceMetrics = new ServiceMetrics(metrics.registry);
    const store = observedStore(new EventStoreAdapter({ connectionString }), serviceMetrics);
    open.defer(() => store.close());
    const { databaseUrl } = settings;
    const database = await (databaseUrl === null ? openSqlite(folder.readDatabasePath) : openPostgres(databaseUrl));
    open.defer(() => database.close());
    const now = (): number => clock.now();
    const ledger = new Ledger({ store, clock: now, storedStates: (accountId) => storedState(database, accountId) });
    open.defer(() => ledger.settled());
    const storeId = (): Promise<string> => ensureStoreId(store, now);
    const projector = new Projector(database, projectedStore(store, serviceMetrics), storeId);
    open.defer(() => projector.stop());
    measureLag(metrics.registry, { projector, store, now });
    const { token, tokenPath } = folder;
    const log = createLog(settings);
    const lifecycle = new Lifecycle();
    const observing = { log, lifecycle, metrics, serviceMetrics };
    const app = await createApp({ clock, token, store, ledger, database, projector, ...observing });
    open.defer(() => app.close());
    projector.start();
    open.defer(logProjector(projector, log));
    const channels = noticeChannels(settings, (line) => log.info(line));
    const notices = new NoticeDeliverer({
      database,
      store,
      ledger,
      clock,
      storeId,
      channels,
      warn: (message) => log.warn(message),
    });
    open.defer(() => notices.stop());
    await notices.start();
    await app.listen({ port: settings.port, host: settings.host });
    const running = open.move();
    const stop = async (): Promise<void> => {
      lifecycle.drain();
      await setTimeout(settings.drainSeconds * 1000);
      lifecycle.close();
      await running.disposeAsync();
    };
    return { url: await app.getUrl(), tokenPath, token, log, stop };
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
