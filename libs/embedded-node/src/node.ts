import { setImmediate, setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { endProcess } from './fatal.js';
import { EventLog } from './log/event-log.js';
import { GroupCommit } from './log/group-commit.js';
import { Pages } from './log/pages.js';
import { seed } from './log/seed.js';
import { guard } from './serve/access.js';
import { OpenCalls } from './serve/open-calls.js';
import { addServices } from './serve/service.js';

export type EmbeddedNodeOptions = {
  /** The folder of the log, made if need be; `:memory:` for a log that lives as long as the node. */
  readonly path: string;
  /** 0, the default: any free port. */
  readonly port?: number;
  /** 127.0.0.1, the default, or ::1. The node speaks without encryption and listens to no other address. */
  readonly host?: string;
  /** What callers must give as their connection name; the connection string has it. */
  readonly secret?: string;
  /** Told when the log can no longer be written. The default ends the process: only a new start knows what is on disk. */
  readonly onFatal?: (error: Error) => void;
};

export type EmbeddedNode = {
  readonly port: number;
  readonly connectionString: string;
  /** Ends open subscriptions, commits what is in flight, and frees the folder. */
  stop(): Promise<void>;
};

const LOOPBACK = ['127.0.0.1', '::1'];

/** The real server's limits. Messages above the append limit must get in, to be refused in the proper form. */
const LIMITS = {
  'grpc.max_concurrent_streams': 100,
  'grpc.max_receive_message_length': 17 * 1024 * 1024,
  'grpc.enable_channelz': 0,
};

/** How long a stopping node waits for its clients to take what it has sent. */
const GRACE_MS = 500;

/** Starts a node on the caller's own event loop: a matter of milliseconds, made for tests. */
export const startEmbeddedNode = async (options: EmbeddedNodeOptions): Promise<EmbeddedNode> => {
  const { path, host = '127.0.0.1', port = 0, secret, onFatal = endProcess } = options;
  if (!LOOPBACK.includes(host)) {
    throw new Error(`The embedded node listens on ${LOOPBACK.join(' or ')} only, not on ${host}.`);
  }
  const log = new EventLog(path);
  const openCalls = new OpenCalls();
  const commits = new GroupCommit(log, onFatal);
  const server = new Server(LIMITS);
  try {
    seed(log);
    const address = { host, port };
    addServices(server, { log, commits, pages: new Pages(log.db), guard: guard(secret), openCalls }, () => address);
    address.port = await bind(server, host, port);
    const stop = once(() => stopNode(server, commits, openCalls, log));
    return { port: address.port, connectionString: connectionString(host, address.port, secret), stop };
  } catch (error) {
    server.forceShutdown();
    log.close();
    throw error;
  }
};

const stopNode = async (server: Server, commits: GroupCommit, openCalls: OpenCalls, log: EventLog): Promise<void> => {
  commits.close();
  // The answers to what was just committed go out before their calls are ended.
  await setImmediate();
  openCalls.stop();
  const allGone = promisify(server.tryShutdown.bind(server))();
  await Promise.race([allGone, setTimeout(GRACE_MS, undefined, { ref: false })]);
  server.forceShutdown();
  log.close();
};

const bind = (server: Server, host: string, port: number): Promise<number> => {
  const authority = `${host === '::1' ? '[::1]' : host}:${port}`;
  return promisify(server.bindAsync.bind(server))(authority, ServerCredentials.createInsecure()).catch(
    (cause: unknown) => {
      throw new Error(`The embedded node cannot listen on ${authority}.`, { cause });
    },
  );
};

/** The client's connection strings have no way to write ::1. */
const connectionString = (host: string, port: number, secret: string | undefined): string => {
  const name = secret === undefined ? '' : `&connectionName=${encodeURIComponent(secret)}`;
  return `esdb://${host === '::1' ? 'localhost' : host}:${port}?tls=false${name}`;
};

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
};
