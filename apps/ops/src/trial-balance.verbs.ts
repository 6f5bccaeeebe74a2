import { Option, type Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export const trialBalanceVerbs = (program: Command): void => {
  const balance = program
    .command('trial-balance')
    .description(
      'all money there is and where it came from, folded from every stream; exit code 1 when it does not sum to nothing',
    )
    .option('--at <instant>', 'as of this instant, such as 2024-09-01T00:00:00+08:00; now by default')
    .addOption(new Option('--format <format>', 'of what is printed').choices(['csv', 'json']).default('csv'))
    .action(async ({ at, format, json }: Shown & { readonly at?: string; readonly format: 'csv' | 'json' }) => {
      process.exitCode = await (await import('./trial-balance.js')).trialBalance(at, json ? 'json' : format);
    });
  withExamples(balance, 'trial-balance', 'trial-balance --at 2027-01-01T00:00:00+08:00 --format json');
};
