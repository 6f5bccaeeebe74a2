import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export const verifyVerbs = (program: Command): void => {
  const verify = program
    .command('verify')
    .description(
      'prove accounts from their streams: chains, every append decided again, what always holds, the rows; exit code 1 when something is wrong',
    )
    .argument('[account]', 'the account')
    .option('--all', 'every account, with progress')
    .action(async (account: string | undefined, { all, json }: Shown & { readonly all?: true }, command: Command) => {
      if ((account === undefined) !== (all === true)) command.error('Give an account, or --all.', { exitCode: 2 });
      const { verifyAll, verifyOne } = await import('./verify.js');
      process.exitCode = await (account === undefined ? verifyAll() : verifyOne(account, json));
    });
  withExamples(verify, 'verify acme', 'verify --all');
};
