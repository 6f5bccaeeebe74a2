import type { Command } from 'commander';

export const bundleVerbs = (program: Command): void => {
  const bundle = program
    .command('bundle')
    .description("an account's evidence in one signed file: its streams, the price books used, the state they lead to")
    .argument('<account>')
    .option('-o, --output <file>', 'where to write it; by default {account}.bundle.jsonl')
    .action(async (account: string, { output = `${account}.bundle.jsonl` }: { readonly output?: string }) => {
      process.exitCode = await (await import('./bundle.js')).make(account, output);
    });

  bundle
    .command('verify')
    .description('prove a bundle, offline: seal, chains, every append decided again; prints the state it leads to')
    .argument('<file>')
    .requiredOption('--key <key>', 'the public key it must be signed with, as "ops keys show" prints it')
    .action(async (file: string, { key }: { readonly key: string }) => {
      process.exitCode = await (await import('./bundle.js')).verify(file, key);
    });
};
