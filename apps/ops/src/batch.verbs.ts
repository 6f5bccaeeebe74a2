import type { Command } from 'commander';
import type { BatchOptions } from './batch.js';
import { withExamples } from './help.js';
import { wholeNumber } from './reads.verbs.js';

export const batchVerbs = (program: Command): void => {
  const verb = program
    .command('batch')
    .description('send many commands: in order within an account, side by side across accounts, each once')
    .argument(
      '<file>',
      'one {"command": "TopUp", "body": {…}} a line, with "key" for one of its own; - for standard input',
    )
    .option('--concurrency <n>', 'so many commands at once', wholeNumber, 16)
    .option('--results <file>', 'a line for each item that has its answer; FILE.results by default')
    .option('--batch-id <id>', 'what the keys of its items begin with; made from its bytes by default')
    .option('--wait <seconds>', 'send an item again for so long while the service is away or busy', wholeNumber, 60)
    .action(async (file: string, options: BatchOptions) => {
      const { batch } = await import('./batch.js');
      process.exitCode = await batch(file, options);
    });
  withExamples(
    verb,
    'batch top-ups.ndjson --concurrency 32',
    'batch - --results top-ups.results < top-ups.ndjson',
    'batch top-ups.ndjson   # killed, stopped or unanswered: the same again goes on where it was',
  );
};
