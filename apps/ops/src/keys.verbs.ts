import type { Command } from 'commander';
import { withExamples } from './help.js';

export const keysVerbs = (program: Command): void => {
  const keys = program
    .command('keys')
    .description('the keys that the service signs evidence with, in its data folder (DATA_DIR); no service is asked')
    .helpCommand(false);

  withExamples(
    keys
      .command('make')
      .description('make the first key')
      .option('--print', 'print a new private key for LEDGER_SIGNING_KEY, and keep nothing')
      .action(async ({ print }: { readonly print?: true }) => {
        const { make, printed } = await import('./keys.js');
        process.exitCode = print === true ? printed() : make();
      }),
    'keys make',
  );

  withExamples(
    keys
      .command('show')
      .description('print the public keys, retired ones too: what "bundle verify --key" takes')
      .action(async () => {
        process.exitCode = (await import('./keys.js')).show();
      }),
    'keys show',
  );

  withExamples(
    keys
      .command('rotate')
      .description('make the next key; the private one before it is deleted, its public half stays listed')
      .action(async () => {
        process.exitCode = (await import('./keys.js')).rotate();
      }),
    'keys rotate',
  );
  withExamples(keys, 'keys make', 'keys show');
};
