import type { Command } from 'commander';
import { withExamples } from './help.js';
import type { ReplayAsked } from './replay.js';

export const replayVerbs = (program: Command): void => {
  const verb = program
    .command('replay')
    .description("an account's whole state as it was at an instant, by what had been recorded until another")
    .argument('<account>')
    .option('--at <instant>', 'the state as of then; now by default')
    .option('--known-at <instant>', 'by what had been recorded until then; by all that is recorded by default')
    .option('--until <revision>', 'the state right after this event, instead of one as of an instant')
    .option('--step', 'event by event: what it was, who asked and why, what it changed')
    .option('--break-on <type>', 'step, and stop after the first event of this type')
    .action(async (account: string, asked: ReplayAsked) => {
      process.exitCode = await (await import('./replay.js')).replay(account, asked);
    });
  withExamples(verb, 'replay acme --at 2024-09-05T00:00:00Z', 'replay acme --step --break-on Purchased');
};
