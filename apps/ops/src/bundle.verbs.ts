import type { Command } from 'commander';
import { withExamples } from './help.js';

export const bundleVerbs = (program: Command): void => {
  const bundle = program
    .command('bundle')
    .description("an account's evidence in one signed file: its streams, the price books used, the state they lead to")
    .helpCommand(false);

  withExamples(
    bundle
      .command('make', { isDefault: true })
      .description('write the evidence of an account; its last line is the signature')
      .argument('<account>')
      .option('-o, --output <file>', 'where to write it; by default {account}.bundle.jsonl')
      .action(async (account: string, { output = `${account}.bundle.jsonl` }: { readonly output?: string }) => {
        process.exitCode = await (await import('./bundle.js')).make(account, output);
      }),
    'bundle make acme',
    'bundle acme -o acme.bundle.jsonl',
  );

  withExamples(
    bundle
      .command('verify')
      .description('prove a bundle, offline: seal, chains, every append decided again; prints the state it leads to')
      .argument('<file>')
      .requiredOption('--key <key>', 'the public key it must be signed with, as "ledger keys show" prints it')
      .action(async (file: string, { key }: { readonly key: string }) => {
        process.exitCode = await (await import('./bundle.js')).verify(file, key);
      }),
    'bundle verify acme.bundle.jsonl --key "$PUBLIC_KEY"',
  );
  withExamples(bundle, 'bundle acme -o acme.bundle.jsonl');
};
