import type { Command } from 'commander';

export const sandboxVerbs = (program: Command): void => {
  program
    .command('sandbox')
    .description('a service that was started with --sandbox')
    .command('clock')
    .description('set its clock forward, and wait until all that is due by then has happened')
    .argument('<instant>', 'such as 2024-09-01T10:00:00+08:00')
    .action(async (to: string) => {
      process.exitCode = await (await import('./sandbox.js')).setClock(to);
    });
};
