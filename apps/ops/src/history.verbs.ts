import type { Command } from 'commander';
import { withExamples } from './help.js';
import type { HistoryOptions } from './history.js';
import { withPaging } from './reads.verbs.js';

export const historyVerbs = (program: Command): void => {
  const verb = program
    .command('history')
    .description('everything that has happened to an account, event by event')
    .argument('<account>')
    .option('--after <revision>', 'from the event after this one')
    .option('--newest-first', 'from the end')
    .option('--plot', 'as a timeline of 100 columns: terms, grace, suspensions and money over time; see `plot`')
    .option('--follow', 'go on with what happens, also over a restart of the service, until Ctrl-C');
  withPaging(verb).action(async (account: string, options: HistoryOptions & { readonly plot?: true }) => {
    if (options.plot) {
      process.exitCode = await (await import('./plot.js')).plot(account, { json: options.json });
      return;
    }
    const { history } = await import('./history.js');
    process.exitCode = await history(account, options);
  });
  withExamples(
    verb,
    'history acme --all',
    'history acme --plot',
    'history acme --newest-first --limit 10',
    'history acme --follow --json',
  );
};
