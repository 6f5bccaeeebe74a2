import type { Command } from 'commander';
import { withExamples } from './help.js';

export const headsVerbs = (program: Command): void => {
  const heads = program
    .command('heads')
    .description('where every stream stands, signed, so that a cut tail is found later')
    .helpCommand(false);

  withExamples(
    heads
      .command('make', { isDefault: true })
      .description('write the list of every stream with its revision and chain')
      .option('-o, --output <file>', 'where to write it', 'heads.jsonl')
      .action(async ({ output }: { readonly output: string }) => {
        process.exitCode = await (await import('./heads.js')).make(output);
      }),
    'heads make',
    'heads -o heads.jsonl',
  );

  withExamples(
    heads
      .command('verify')
      .description('compare an earlier list with the store; exit code 1 when a stream was cut or written anew')
      .argument('<file>')
      .requiredOption('--key <key>', 'the public key it must be signed with, as "ledger keys show" prints it')
      .action(async (file: string, { key }: { readonly key: string }) => {
        process.exitCode = await (await import('./heads.js')).verify(file, key);
      }),
    'heads verify heads.jsonl --key "$PUBLIC_KEY"',
  );
  withExamples(heads, 'heads -o heads.jsonl');
};
