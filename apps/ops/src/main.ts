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

const projections = program
  .command('projections')
  .description('the read models of the running service (LEDGER_URL; LEDGER_TOKEN, or the token in DATA_DIR)');

projections
  .command('rebuild')
  .description('fill new tables beside the served ones, compare them and switch; stopped, it goes on the next time')
  .action(async () => {
    process.exitCode = await (await import('./projections.js')).rebuild();
  });

projections
  .command('status')
  .description('which tables are served, which are being filled, how far they are')
  .action(async () => {
    process.exitCode = await (await import('./projections.js')).status();
  });

projections
  .command('verify')
  .description('fold accounts from their streams and compare them with their rows')
  .option('--sample <n>', 'so many accounts, whichever they are')
  .action(async ({ sample }: { readonly sample?: string }) => {
    process.exitCode = await (await import('./projections.js')).verify(sample);
  });

projections
  .command('retry')
  .description('try a quarantined account again')
  .argument('<account>')
  .action(async (account: string) => {
    process.exitCode = await (await import('./projections.js')).retry(account);
  });

await program.parseAsync();
