import { InvalidArgumentError, type Command } from 'commander';
import { kebab } from './command-flags.js';
import { withExamples } from './help.js';
import type { ReadOptions } from './reads.js';
import { READS } from './reads.table.js';

const PAGE = 100;

export const readsVerbs = (program: Command): void => {
  for (const read of READS) {
    const { verb: name, does, args, list, one, isStream, examples } = read;
    const verb = program.command(name).description(does);
    for (const arg of args) verb.argument(arg);
    for (const [filter, about] of Object.entries({ ...one?.filters, ...list?.filters }))
      verb.option(`--${kebab(filter)} <${filter === 'at' ? 'instant' : 'value'}>`, about);
    if (list) withPaging(verb);
    if (isStream) verb.option('--newest-first', 'from the end');
    verb.action(async (...given: readonly unknown[]) => {
      const ids = given.slice(0, args.length).filter((id) => typeof id === 'string');
      process.exitCode = await (await import('./reads.js')).showRead(read, ids, verb.opts<ReadOptions>());
    });
    withExamples(verb, ...examples);
  }
};

export const withPaging = (verb: Command): Command =>
  verb.option('--limit <n>', 'how many at most', wholeNumber, PAGE).option('--all', 'every one, however many');

export const wholeNumber = (typed: string): number => {
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError('Give a whole number from 1.');
};
