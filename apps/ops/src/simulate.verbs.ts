import type { Command } from 'commander';
import { withExamples } from './help.js';

export const simulateVerbs = (program: Command): void => {
  const verb = program
    .command('simulate')
    .description('run a journey on a virtual clock and print what becomes of it; nothing is written anywhere')
    .argument('<file>', 'a journey as JSON, or - for journeys on standard input, one a line')
    .action(async (file: string) => {
      if (file === '-') {
        const { simulateLines } = await import('./simulate-lines.js');
        process.exitCode = await simulateLines();
      } else {
        const { simulateFile } = await import('./simulate.js');
        process.exitCode = await simulateFile(file);
      }
    });
  withExamples(verb, 'simulate docs/examples/lapse.json', 'simulate - < journeys.ndjson');
};
