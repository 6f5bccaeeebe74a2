import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';
import { wholeNumber } from './reads.verbs.js';

export const projectionsVerbs = (program: Command): void => {
  const projections = program
    .command('projections')
    .description('the read models of the running service')
    .helpCommand(false);

  withExamples(
    projections
      .command('rebuild')
      .description('fill new tables beside the served ones, compare them and switch; stopped, it goes on the next time')
      .action(async () => {
        process.exitCode = await (await import('./projections.js')).rebuild();
      }),
    'projections rebuild',
  );

  withExamples(
    projections
      .command('status')
      .description('which tables are served, which are being filled, how far they are')
      .action(async ({ json }: Shown) => {
        process.exitCode = await (await import('./projections.js')).status(json);
      }),
    'projections status',
  );

  withExamples(
    projections
      .command('verify')
      .description('fold accounts from their streams and compare them with their rows')
      .option('--sample <n>', 'so many accounts, whichever they are', wholeNumber)
      .action(async ({ sample }: { readonly sample?: number }) => {
        process.exitCode = await (await import('./projections.js')).verify(sample);
      }),
    'projections verify --sample 100',
  );

  withExamples(
    projections
      .command('retry')
      .description('try a quarantined account again')
      .argument('<account>')
      .action(async (account: string, { json }: Shown) => {
        process.exitCode = await (await import('./projections.js')).retry(account, json);
      }),
    'projections retry acme',
  );
  withExamples(projections, 'projections status', 'projections rebuild');
};
