import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { startEmbeddedNodeInWorker } from '@ledger/embedded-node';
import { ensureStoreId, EventStoreAdapter, Ledger, type EventStore } from '@ledger/event-store';
import { openPostgres, openSqlite, Projector, storedState, type ReadDatabase } from '@ledger/read-models';
import { SigningKeys } from '../audit/signing-keys.js';
import { ClockWorker } from '../clock/clock-worker.js';
import { createApp } from '../http/create-app.js';
import { measureLag } from '../metrics/lag-metrics.js';
import { Metrics } from '../metrics/metrics.js';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { loggedOnly, noticeChannels } from '../notices/channels.js';
import { NoticeDeliverer } from '../notices/notice-deliverer.js';
import { createLog, type Log } from '../observe/log.js';
import { observedStore, projectedStore } from '../observe/observed-store.js';
import { logProjector } from '../observe/projector-log.js';
import { clockOf, notBeforeTheLastEvent } from '../sandbox/open-sandbox.js';
import { Clock } from './clock.js';
import { openDataFolder } from './data-folder.js';
import type { ProcessRole } from './command-line.js';
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
export const startService = async (settings: Settings, worldClock = new Clock()): Promise<Service> => {
  const open = new AsyncDisposableStack();
  try {
    const folder = openDataFolder(settings.dataDir);
    open.defer(() => folder.release());
    const clock = clockOf(settings, folder, worldClock);
    const connectionString = settings.eventStoreUrl ?? (await startStore(folder.storePath, open));
    const { databaseUrl } = settings;
    const database = await (databaseUrl === null ? openSqlite(folder.readDatabasePath) : openPostgres(databaseUrl));
    open.defer(() => database.close());
    await notBeforeTheLastEvent(clock, database);
    const metrics = new Metrics(database, clock);
    const serviceMetrics = new ServiceMetrics(metrics.registry);
    const store = observedStore(new EventStoreAdapter({ connectionString }), serviceMetrics);
    open.defer(() => store.close());
    const now = (): number => clock.now();
    const ledger = new Ledger({ store, clock: now, storedStates: (accountId) => storedState(database, accountId) });
    open.defer(() => ledger.settled());
    const { roles } = settings;
    const storeId = (): Promise<string> => ensureStoreId(store, now);
    const projected = projectedStore(store, serviceMetrics);
    const projector = new Projector(database, projected, storeId, roles.has('projector'));
    open.defer(() => projector.stop());
    measureLag(metrics.registry, { projector, store, now });
    const { token, tokenPath } = folder;
    const { access } = settings;
    const previewKey = access.previewKey ?? folder.previewKey;
    const log = createLog(settings);
    const lifecycle = new Lifecycle();
    const observing = { log, lifecycle, metrics, serviceMetrics };
    const signingKeys = new SigningKeys(settings.dataDir, settings.signingKey);
    const asking = { token, access, previewKey, signingKeys, hasApi: roles.has('api') };
    const app = await createApp({ clock, store, ledger, database, projector, ...asking, ...observing });
    open.defer(() => app.close());
    // Without its role it follows what another process projects: reads, readiness and the clock go by how far that is.
    projector.start();
    open.defer(logProjector(projector, log));
    const parts: Running = { settings, clock, store, storeId, database, ledger, projector, metrics, log, open };
    for (const role of roles) await startRole(role, parts);
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

type Running = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly store: EventStore;
  readonly storeId: () => Promise<string>;
  readonly database: ReadDatabase;
  readonly ledger: Ledger;
  readonly projector: Projector;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly open: AsyncDisposableStack;
};

/** What a role does in this process beyond answering; whatever it starts, it also stops. */
const startRole = async (role: ProcessRole, running: Running): Promise<void> => {
  const { settings, clock, store, storeId, database, ledger, projector, metrics, log, open } = running;
  switch (role) {
    case 'api': // in the application, which has its routes
    case 'projector': // in the projector, which may then write
      return;
    case 'clock': {
      const worker = new ClockWorker({
        clock,
        database,
        projector,
        advance: (accountId, until) => ledger.advanceTo(accountId, until),
        onFired: (timer, late) => metrics.fired(timer, late),
      });
      open.defer(() => worker.stop());
      clock.onSet(() => worker.wake());
      worker.start();
      return;
    }
    case 'notices': {
      const say = (line: string): void => log.info(line);
      const warn = (line: string): void => log.warn(line);
      const channels = settings.sandbox ? loggedOnly(say) : noticeChannels(settings, say);
      const notices = new NoticeDeliverer({ database, store, ledger, clock, storeId, channels, warn });
      open.defer(() => notices.stop());
      return notices.start();
    }
  }
};

/** In a thread of its own, for this process only: nobody else learns its secret. */
const startStore = async (path: string, open: AsyncDisposableStack): Promise<string> => {
  const node = await startEmbeddedNodeInWorker({ path, secret: randomBytes(32).toString('base64url') });
  open.defer(() => node.stop());
  return node.connectionString;
};
