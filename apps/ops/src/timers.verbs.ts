import type { Command } from 'commander';
import { withExamples } from './help.js';
import { wholeNumber } from './reads.verbs.js';
import type { TimerOptions } from './timers.js';

export const timersVerbs = (program: Command): void => {
  withExamples(
    program
      .command('timers')
      .description('what is due and when, what armed it and what it will do; the first due first')
      .option('--due-before <instant>', 'deadlines before then only')
      .option('--kind <kind>', 'trial-end, term-end, suspend-lapsed, suspend-arrears, reclaim, settle-month, …')
      .option('--account-id <id>', 'of an account and its apps; bills are then worked out as far as is known')
      .option('--app-id <id>', 'of an app')
      .option('--limit <n>', 'so many at most', wholeNumber, 50)
      .action(async (options: TimerOptions) => {
        process.exitCode = await (await import('./timers.js')).timers(options);
      }),
    'timers',
    'timers --kind reclaim --due-before 2027-01-01T00:00:00+08:00',
    'timers --account-id acme',
  );
};
