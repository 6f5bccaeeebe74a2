/** A thread of `simulate -`: takes batches of journeys, gives one line for each. */
import { parentPort } from 'node:worker_threads';
import { answerTo } from './simulate.js';

parentPort?.on('message', (lines: readonly string[]) =>
  parentPort?.postMessage(lines.map((line) => `${answerTo(line)}\n`).join('')),
);
