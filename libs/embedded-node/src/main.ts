import { parseArgs } from 'node:util';
import { startEmbeddedNode } from './node.js';

/** `npm run store`: the node alone, so that several services can share one store. Options win over the environment. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      path: { type: 'string', default: process.env['STORE_PATH'] ?? './data/store' },
      port: { type: 'string', default: process.env['STORE_PORT'] ?? '2113' },
      host: { type: 'string', default: process.env['STORE_HOST'] ?? '127.0.0.1' },
    },
  });
  // From the environment only: a command line is everybody's to read.
  const secret = process.env['STORE_SECRET'];
  const { path, host } = values;
  const node = await startEmbeddedNode({ path, host, port: portNumber(values.port), ...(secret ? { secret } : {}) });
  const shown = secret ? node.connectionString.replace(/connectionName=.*/, 'connectionName=…') : node.connectionString;
  console.log(`The event store in ${path} listens on ${shown}`);
  const stop = (): void => {
    void node.stop().then(() => {
      console.log('The event store has stopped.');
      // A connection whose client does not read would keep the process.
      process.exit(0);
    });
  };
  // A second signal finds no listener and ends the process at once, which the log survives.
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

const portNumber = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`${JSON.stringify(text)} is no port number.`);
  return port;
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
