import type { Command } from 'commander';
import { withExamples } from './help.js';
import type { PlotAsked } from './plot.js';

export const plotVerbs = (program: Command): void => {
  const verb = program
    .command('plot')
    .description("an account's life in text: terms, grace and suspensions of each app, and the money over time")
    .argument('<account>')
    .option('--from <instant>', 'begin then; at its first event by default')
    .option('--at <instant>', 'end then; now by default')
    .option('--known-at <instant>', 'by what had been recorded until then')
    .action(async (account: string, asked: PlotAsked) => {
      process.exitCode = await (await import('./plot.js')).plot(account, asked);
    });
  withExamples(verb, 'plot acme');
};
