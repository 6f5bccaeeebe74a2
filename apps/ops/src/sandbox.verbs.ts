import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export const sandboxVerbs = (program: Command): void => {
  const sandbox = program
    .command('sandbox')
    .description('a service that was started with --sandbox')
    .helpCommand(false);
  withExamples(
    sandbox
      .command('clock')
      .description('set its clock forward, and wait until all that is due by then has happened')
      .argument('<instant>', 'with its offset from UTC')
      .action(async (to: string, options: Shown) => {
        process.exitCode = await (await import('./sandbox.js')).setClock(to, options);
      }),
    'sandbox clock 2027-09-01T10:00:00+08:00',
  );
  withExamples(sandbox, 'sandbox clock 2027-09-01T10:00:00+08:00');
};
