import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export const noticesVerbs = (program: Command): void => {
  const notices = program
    .command('notices')
    .description('what became of the notices to the customers')
    .helpCommand(false);

  withExamples(
    notices
      .command('list', { isDefault: true })
      .description('the deliveries, the oldest notice first')
      .option('--state <state>', 'pending, sent, skipped or dead')
      .option('--account-id <id>', 'those to the account')
      .action(async (asked: Shown & { readonly state?: string; readonly accountId?: string }) => {
        process.exitCode = await (await import('./notices.js')).list(asked);
      }),
    'notices list',
    'notices list --state pending --account-id acme',
  );

  withExamples(
    notices
      .command('dead')
      .description('those that were tried in vain; exit code 1 when there are some')
      .action(async (options: Shown) => {
        process.exitCode = await (await import('./notices.js')).dead(options);
      }),
    'notices dead',
  );

  withExamples(
    notices
      .command('retry')
      .description('try one that is dead or was skipped again')
      .argument('<delivery>')
      .action(async (delivery: string, options: Shown) => {
        process.exitCode = await (await import('./notices.js')).retry(delivery, options);
      }),
    'notices retry 7f0c1a2e-5b1d-5c34-9f0a-2d8e1f6a7b90',
  );
  withExamples(notices, 'notices list', 'notices dead');
};
