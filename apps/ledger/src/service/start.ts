import { randomBytes } from 'node:crypto';
import { startEmbeddedNodeInWorker } from '@ledger/embedded-node';
import { ensureStoreId, EventStoreAdapter, Ledger, type EventStore } from '@ledger/event-store';
import { openPostgres, openSqlite, Projector, storedState, type ReadDatabase } from '@ledger/read-models';
import { ClockWorker } from '../clock/clock-worker.js';
import { createApp } from '../http/create-app.js';
import { loggedOnly, noticeChannels } from '../notices/channels.js';
import { NoticeDeliverer } from '../notices/notice-deliverer.js';
import { Metrics } from '../metrics/metrics.js';
import { clockOf, notBeforeTheLastEvent } from '../sandbox/open-sandbox.js';
import { SandboxClock } from '../sandbox/sandbox-clock.js';
import { Clock } from './clock.js';
import { openDataFolder } from './data-folder.js';
import type { ProcessRole } from './command-line.js';
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
export const startService = async (settings: Settings, worldClock = new Clock()): Promise<Service> => {
  const open = new AsyncDisposableStack();
  try {
    const folder = openDataFolder(settings.dataDir);
    open.defer(() => folder.release());
    const clock = clockOf(settings, folder, worldClock);
    const connectionString = settings.eventStoreUrl ?? (await startStore(folder.storePath, open));
    const store = new EventStoreAdapter({ connectionString });
    open.defer(() => store.close());
    const { databaseUrl } = settings;
    const database = await (databaseUrl === null ? openSqlite(folder.readDatabasePath) : openPostgres(databaseUrl));
    open.defer(() => database.close());
    await notBeforeTheLastEvent(clock, database);
    const now = (): number => clock.now();
    const ledger = new Ledger({ store, clock: now, storedStates: (accountId) => storedState(database, accountId) });
    open.defer(() => ledger.settled());
    const { roles } = settings;
    const storeId = (): Promise<string> => ensureStoreId(store, now);
    const projector = new Projector(database, store, storeId, roles.has('projector'));
    open.defer(() => projector.stop());
    const metrics = new Metrics(database, clock);
    const { token, tokenPath } = folder;
    const hasApi = roles.has('api');
    const app = await createApp({ clock, token, store, ledger, database, projector, metrics, hasApi });
    open.defer(() => app.close());
    // Without its role it follows what another process projects: reads, readiness and the clock go by how far that is.
    projector.start();
    const parts: Running = { settings, clock, store, storeId, database, ledger, projector, metrics, open };
    for (const role of roles) await startRole(role, parts);
    await app.listen({ port: settings.port, host: settings.host });
    const running = open.move();
    return { url: await app.getUrl(), tokenPath, token, stop: () => running.disposeAsync() };
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
  readonly open: AsyncDisposableStack;
};

/** What a role does in this process beyond answering; whatever it starts, it also stops. */
const startRole = async (role: ProcessRole, running: Running): Promise<void> => {
  const { settings, clock, store, storeId, database, ledger, projector, metrics, open } = running;
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
      if (clock instanceof SandboxClock) clock.onSet(() => worker.wake());
      worker.start();
      return;
    }
    case 'notices': {
      const channels = settings.sandbox ? loggedOnly() : noticeChannels(settings);
      const notices = new NoticeDeliverer({ database, store, ledger, clock, storeId, channels, warn: console.warn });
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
