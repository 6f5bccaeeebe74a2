import { parentPort, workerData } from 'node:worker_threads';
import { startEmbeddedNode } from './node.js';
import { STOP, type WorkerOptions, type WorkerReport } from './worker-messages.js';

/** The thread of `startEmbeddedNodeInWorker`: a node, and an ear for the order to stop. */
const run = async (options: WorkerOptions): Promise<void> => {
  const report = (message: WorkerReport): void => parentPort?.postMessage(message);
  try {
    const node = await startEmbeddedNode({ ...options, onFatal: (error) => report({ is: 'fatal', error }) });
    parentPort?.on('message', (message: unknown) => {
      // Ends the thread only, and that is the answer.
      if (message === STOP) void node.stop().then(() => process.exit(0));
    });
    report({ is: 'listening', port: node.port, connectionString: node.connectionString });
  } catch (error) {
    report({ is: 'not-started', error: error instanceof Error ? error : new Error(String(error)) });
  }
};

await run(workerData as WorkerOptions);
