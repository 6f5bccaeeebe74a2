import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export const clockVerbs = (program: Command): void => {
  const clock = program
    .command('clock')
    .description('the deadlines of the running service as they happen')
    .helpCommand(false);

  withExamples(
    clock
      .command('progress')
      .description("a month's end: bills drawn up and pending, rate, time left")
      .option('--watch', 'until nothing is pending')
      .action(async (options: Shown & { readonly watch?: true }) => {
        process.exitCode = await (await import('./clock.js')).progress(options);
      }),
    'clock progress',
    'clock progress --watch',
  );

  withExamples(
    clock
      .command('stuck')
      .description('accounts that could not be advanced and are set aside; exit code 1 when there are some')
      .action(async (options: Shown) => {
        process.exitCode = await (await import('./clock.js')).stuck(options);
      }),
    'clock stuck',
  );

  withExamples(
    clock
      .command('retry')
      .description('let the clock try an account again that it has set aside')
      .argument('<account>')
      .action(async (account: string, options: Shown) => {
        process.exitCode = await (await import('./clock.js')).retry(account, options);
      }),
    'clock retry acme',
  );
  withExamples(clock, 'clock progress', 'clock stuck');
};
