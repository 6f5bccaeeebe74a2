import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export const statusVerbs = (program: Command): void => {
  withExamples(
    program
      .command('status')
      .description('whether the service lives and is ready; 1 when it is degraded or not ready, 3 when it is not there')
      .action(async ({ json }: Shown) => {
        process.exitCode = await (await import('./status.js')).status(json);
      }),
    'status',
    'status --url https://ledger.example --json',
  );
};
