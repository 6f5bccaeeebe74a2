import type { Command } from 'commander';

export const projectionsVerbs = (program: Command): void => {
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
};
