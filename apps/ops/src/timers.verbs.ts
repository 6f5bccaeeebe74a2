import type { Command } from 'commander';
import type { TimerOptions } from './timers.js';

export const timersVerbs = (program: Command): void => {
  program
    .command('timers')
    .description('what is due and when, what armed it and what it will do; the first due first')
    .option('--due-before <instant>', 'deadlines before then only')
    .option('--kind <kind>', 'trial-end, term-end, suspend-lapsed, suspend-arrears, reclaim, settle-month, …')
    .option('--account <id>', 'of an account and its apps; bills are then worked out as far as is known')
    .option('--app <id>', 'of an app')
    .option('--most <n>', 'so many at most', '50')
    .option('--json', 'one JSON object a line')
    .action(async (options: TimerOptions) => {
      process.exitCode = await (await import('./timers.js')).timers(options);
    });
};
