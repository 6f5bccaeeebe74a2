/** The operators' command line. Every command loads what it needs when it is called, so that `--help` answers at once. */
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';

enableCompileCache();

// Whoever reads us may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const program = new Command('ops').description("The operators' command line of the subscription ledger.");

program
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

await program.parseAsync();
