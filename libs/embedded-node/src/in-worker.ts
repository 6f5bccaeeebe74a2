import { Worker } from 'node:worker_threads';
import { endProcess } from './fatal.js';
import type { EmbeddedNode, EmbeddedNodeOptions } from './node.js';
import { STOP, type WorkerReport } from './worker-messages.js';

/**
 * Starts a node in a thread of its own: its waits for the disk do not hold up the caller's event loop. `entry` is the
 * thread's module. A thread that dies is fatal, as a log that cannot be written is.
 */
export const startEmbeddedNodeInWorker = async (
  { onFatal = endProcess, ...options }: EmbeddedNodeOptions,
  entry: URL = new URL('./worker-entry.js', import.meta.url),
): Promise<EmbeddedNode> => {
  const worker = new Worker(entry, { workerData: options, name: 'embedded-node' });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const { port, connectionString } = await listening(worker);
  let ended = false;
  const die = (error: Error): void => {
    if (!ended) onFatal(error);
    ended = true;
  };
  worker.on('error', die);
  worker.on('message', (report: WorkerReport) => {
    if (report.is === 'fatal') die(report.error);
  });
  worker.on('exit', (code) => die(new Error(`The thread of the embedded node ended by itself, with code ${code}.`)));
  return {
    port,
    connectionString,
    stop: async () => {
      ended = true;
      worker.postMessage(STOP);
      await exited;
    },
  };
};

/** The first report; whatever else comes first means that the node has not started. */
const listening = (worker: Worker): Promise<Extract<WorkerReport, { is: 'listening' }>> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread of the embedded node ended before it listened.')));
    worker.once('message', (report: WorkerReport) => {
      if (report.is === 'listening') resolve(report);
      else reject(report.error);
    });
  });
