/** Starts what a test needs, and stops it when the test file is through. Everything listens on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedNode } from '@ledger/embedded-node';
import type { AccessSettings } from '../../apps/ledger/src/access/access-settings.js';
import { parseSender } from '../../apps/ledger/src/notices/sender.js';
import { Clock } from '../../apps/ledger/src/service/clock.js';
import type { ProcessRole } from '../../apps/ledger/src/service/command-line.js';
import { readSettings, type Settings } from '../../apps/ledger/src/service/settings.js';
import { startService } from '../../apps/ledger/src/service/start.js';
import { apiOf, type Api } from './api.js';

const open = new AsyncDisposableStack();
afterAll(() => open.disposeAsync(), 90_000);

/** Runs at the end, the latest first. */
export const atTheEnd = (close: () => Promise<void> | void): void => {
  open.defer(close);
};

export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-test-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** The connection string of the store that TEST_EVENTSTORE_URL names, or else of one of our own. */
export const startStore = async (): Promise<string> => {
  const { TEST_EVENTSTORE_URL: given } = process.env;
  if (given) return given;
  const node = await startEmbeddedNode({ path: ':memory:' });
  atTheEnd(() => node.stop());
  return node.connectionString;
};

export type TestService = Api & { readonly token: string; readonly dataDir: string; stop(): Promise<void> };

export type TestServiceOptions = {
  readonly eventStoreUrl: string;
  /** A new one by default. */
  readonly dataDir?: string;
  readonly clock?: Clock;
  /** SQLite in the data folder by default. */
  readonly databaseUrl?: string;
  /** What differs from the default. */
  readonly access?: Partial<AccessSettings>;
  /** Notices are only logged by default. */
  readonly smtpUrl?: string;
  /** Without the clock by default: time then passes when a command comes, as a test says. */
  readonly roles?: readonly ProcessRole[];
};

/** What an empty environment gives. */
export const defaultSettings = (): Settings => {
  const read = readSettings({});
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.settings;
};

/** The real service in this process. */
export const startTestService = async (options: TestServiceOptions): Promise<TestService> => {
  const { eventStoreUrl, dataDir = await temporaryFolder(), clock = new Clock(), databaseUrl = null } = options;
  const { smtpUrl = null, roles = ['api', 'projector', 'notices'] } = options;
  const noticesFrom = parseSender('ledger@ledger.example');
  const access = { ...defaultSettings().access, ...options.access };
  const own = { port: 0, dataDir, eventStoreUrl, databaseUrl, smtpUrl, noticesFrom, access, roles: new Set(roles) };
  const service = await startService({ ...defaultSettings(), logLevel: 'silent', ...own }, clock);
  const { url, token } = service;
  let stopped: Promise<void> | undefined;
  const stopOnce = (): Promise<void> => (stopped ??= service.stop());
  atTheEnd(stopOnce);
  const api = apiOf(url, token);
  await until(async () => (await api.raw('/readyz')).status === 200);
  return { ...api, token, dataDir, stop: stopOnce };
};

/** Asks again until it is so; a test that waits in vain fails by its own time limit. */
export const until = async (isSo: () => Promise<boolean>, everyMs = 50): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, everyMs));
};

/** A clock that a test sets. */
export class TestClock extends Clock {
  #instantNow: string;

  constructor(instantNow: string) {
    super();
    this.#instantNow = instantNow;
  }

  get instantNow(): string {
    return this.#instantNow;
  }

  set instantNow(instantNow: string) {
    this.#instantNow = instantNow;
    this.wasSet();
  }

  override now(): number {
    return Date.parse(this.#instantNow);
  }
}
