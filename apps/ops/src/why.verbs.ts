import type { Command } from 'commander';
import { withExamples } from './help.js';
import type { WhyAsked } from './why.js';

export const whyVerbs = (program: Command): void => {
  const verb = program
    .command('why')
    .description('why a fact of an account is so: the fewest events that make it so, with clauses, prices and actors')
    .argument('<account>')
    .argument('[fact]', 'a path of its state: cash, apps.1400000001.status, apps.1400000001.holds.arrears')
    .option('--refusal <command-id>', 'instead of a fact: why this command was refused')
    .option('--at <instant>', 'as of then; now by default')
    .option('--known-at <instant>', 'by what had been recorded until then')
    .option('--until <revision>', 'right after this event')
    .option('--full', 'every clause to its last word')
    .action(async (account: string, fact: string | undefined, asked: WhyAsked) => {
      process.exitCode = await (await import('./why.js')).why(account, fact, asked);
    });
  withExamples(verb, 'why acme cash');
};
