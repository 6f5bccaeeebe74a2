import type { Command } from 'commander';

export const clockVerbs = (program: Command): void => {
  const clock = program.command('clock').description('the deadlines of the running service as they happen');

  clock
    .command('progress')
    .description("a month's end: bills drawn up and pending, rate, time left")
    .option('--watch', 'until nothing is pending')
    .option('--json', 'as the service says it')
    .action(async (options: { readonly watch?: true; readonly json?: true }) => {
      process.exitCode = await (await import('./clock.js')).progress(options);
    });

  clock
    .command('stuck')
    .description('accounts that could not be advanced and are set aside, with the reason')
    .option('--json', 'one JSON object a line')
    .action(async ({ json }: { readonly json?: true }) => {
      process.exitCode = await (await import('./clock.js')).stuck(json === true);
    });

  clock
    .command('retry')
    .description('let the clock try an account again that it has set aside')
    .argument('<account>')
    .action(async (account: string) => {
      process.exitCode = await (await import('./clock.js')).retry(account);
    });
};
