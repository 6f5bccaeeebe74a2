import type { Command } from 'commander';
import { withExamples } from './help.js';
import type { DiffAsked } from './diff.js';

export const diffVerbs = (program: Command): void => {
  const verb = program
    .command('diff')
    .description('what changed for an account between two instants or revisions, and which events did it')
    .argument('<account>')
    .requiredOption('--from <point>', 'an instant, or a revision: the state right after that event')
    .option('--to <point>', 'an instant or a revision; now by default')
    .option('--known-at <instant>', 'by what had been recorded until then')
    .action(async (account: string, asked: DiffAsked) => {
      process.exitCode = await (await import('./diff.js')).diff(account, asked);
    });
  withExamples(verb, 'diff acme --from 0');
};
