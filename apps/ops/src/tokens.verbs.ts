import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';
import { withPaging } from './reads.verbs.js';
import type { ListOptions, MakeOptions } from './tokens.js';

export const tokensVerbs = (program: Command): void => {
  const tokens = program
    .command('tokens')
    .description('who may ask the service what: its access tokens')
    .helpCommand(false);

  withExamples(
    tokens
      .command('make')
      .description('make a token; it is shown this once, on standard output, and kept nowhere')
      .requiredOption('--role <role>', 'reader, auditor, ops, meter, payments or admin')
      .option('--accounts <id...>', 'good for these accounts only')
      .option('--expires-at <instant>', 'until then, such as 2099-01-01T00:00:00+08:00; for ever without')
      .action(async (options: MakeOptions) => {
        process.exitCode = await (await import('./tokens.js')).make(options);
      }),
    'tokens make --role reader > dashboard.token',
    'tokens make --role ops --accounts acme acme-cn',
  );

  withExamples(
    withPaging(
      tokens.command('list').description('the tokens: who, what and since when, never the token itself'),
    ).action(async (options: ListOptions) => {
      process.exitCode = await (await import('./tokens.js')).list(options);
    }),
    'tokens list',
  );

  withExamples(
    tokens
      .command('revoke')
      .description('end a token at once, for ever')
      .argument('<id>', 'as the list shows it')
      .action(async (id: string, { json }: Shown) => {
        process.exitCode = await (await import('./tokens.js')).revoke(id, json);
      }),
    'tokens revoke 0f1c7a2e',
  );
  withExamples(tokens, 'tokens list', 'tokens make --role reader');
};
