import type { Command } from 'commander';

export const noticesVerbs = (program: Command): void => {
  const notices = program
    .command('notices')
    .description('what became of the notices to the customers, in the running service');

  notices
    .command('list', { isDefault: true })
    .description('the deliveries, the oldest notice first')
    .option('--state <state>', 'pending, sent, skipped or dead')
    .option('--account <id>', 'those to the account')
    .action(async (asked: { readonly state?: string; readonly account?: string }) => {
      process.exitCode = await (await import('./notices.js')).list(asked);
    });

  notices
    .command('dead')
    .description('those that were tried in vain; exit code 1 when there are some')
    .action(async () => {
      process.exitCode = await (await import('./notices.js')).dead();
    });

  notices
    .command('retry')
    .description('try one that is dead or was skipped again')
    .argument('<delivery>')
    .action(async (delivery: string) => {
      process.exitCode = await (await import('./notices.js')).retry(delivery);
    });
};
