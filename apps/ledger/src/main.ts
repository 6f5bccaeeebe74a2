/** `npm start`: the service in one process. Exit codes: 0 after a stop, 1 when it could not start. */
import { resolve } from 'node:path';
import { readSettings } from './service/settings.js';
import { startService, type Service } from './service/start.js';

/** What is not answered by then is cut off; clients send it again under the same key. */
const LONGEST_STOP_MS = 9000;

const main = async (): Promise<void> => {
  const read = readSettings(process.env, process.argv.slice(2));
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { settings } = read;
  const service = await startService(settings);
  const stop = (): void => void stopInTime(service);
  // A second signal of the same kind finds no listener and ends the process at once, which the data survive.
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const { roles, sandbox } = settings;
  if (!roles.has('api')) {
    console.log(`The subscription ledger runs ${[...roles].join(', ')}; its health is at ${service.url}/healthz`);
    return;
  }
  console.log(`The subscription ledger listens on ${service.url}${sandbox ? ', in a sandbox: its clock can be set' : ''}
  documentation   ${service.url}/docs
  token           ${resolve(service.tokenPath)}
  event store     ${settings.eventStoreUrl === null ? `embedded, in ${resolve(settings.dataDir)}` : 'as EVENTSTORE_URL says'}

Try:
  curl -sS ${service.url}/v1/commands/OpenAccount \\
    -H "Authorization: Bearer $(cat ${service.tokenPath})" \\
    -H 'Idempotency-Key: try-1' -H 'Content-Type: application/json' \\
    -d '{ "accountId": "a1", "currency": "USD" }'
`);
};

const stopInTime = async (service: Service): Promise<void> => {
  setTimeout(() => {
    console.error('Some requests could not be answered in time: they may be sent again under the same keys.');
    process.exit(0);
  }, LONGEST_STOP_MS).unref();
  await service.stop();
  console.log('The subscription ledger has stopped.');
  process.exit(0);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
