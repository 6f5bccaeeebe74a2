import type { Command } from 'commander';

export const headsVerbs = (program: Command): void => {
  const heads = program
    .command('heads')
    .description('a signed list of where every stream stands, so that a cut tail is found later')
    .option('-o, --output <file>', 'where to write it', 'heads.jsonl')
    .action(async ({ output }: { readonly output: string }) => {
      process.exitCode = await (await import('./heads.js')).make(output);
    });

  heads
    .command('verify')
    .description('compare an earlier list with the store; exit code 1 when a stream was cut or written anew')
    .argument('<file>')
    .requiredOption('--key <key>', 'the public key it must be signed with, as "ops keys show" prints it')
    .action(async (file: string, { key }: { readonly key: string }) => {
      process.exitCode = await (await import('./heads.js')).verify(file, key);
    });
};
