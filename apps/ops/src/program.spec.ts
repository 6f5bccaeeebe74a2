/** What the command line promises of itself: a verb for every command, examples for every verb, flags that do not clash. */
import { commandSchemas } from '@ledger/contract';
import type { Command } from 'commander';
import { kebab } from './command-flags.js';
import { completionFor, wordsOf } from './completion.js';
import { COMMAND_SCHEMAS } from './generated/commands.js';
import { createProgram } from './program.js';

const program = createProgram();

const all = (command: Command, name = ''): readonly (readonly [name: string, verb: Command])[] =>
  command.commands.flatMap((sub) => {
    const path = `${name} ${sub.name()}`.trim();
    return [[path, sub] as const, ...all(sub, path)];
  });
const verbs = new Map(all(program));

const helpOf = (verb: Command): string => {
  let help = '';
  verb.configureOutput({ writeOut: (more) => (help += more) });
  verb.outputHelp();
  return help;
};

describe('the command line', () => {
  it.each([...commandSchemas()])('has a verb for %s, with a flag for every field', (name, { properties, required }) => {
    const options = verbs.get(kebab(name))?.options ?? [];
    const flags = options.map(({ long }) => long);
    expect(flags).toEqual(expect.arrayContaining(Object.keys(properties ?? {}).map((field) => `--${kebab(field)}`)));
    expect(flags).toEqual(expect.arrayContaining(['--dry-run', '--if-match', '--idempotency-key']));
    const needed = options.filter(({ mandatory }) => mandatory).map(({ long }) => long);
    expect(new Set(needed)).toEqual(new Set((required ?? []).map((field) => `--${kebab(field)}`)));
  });

  it('knows the commands as they are now', () =>
    expect(COMMAND_SCHEMAS).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(commandSchemas())))));

  it.each([...verbs])('says of "%s" what it does and how it is used', (name, verb) => {
    expect(verb.description()).toMatch(/\S{2,} \S/);
    expect(helpOf(verb)).toContain(`\n  $ ledger ${name}`);
  });

  it('has no flag of a verb that means something else everywhere', () => {
    const everywhere = program.options.map(({ long }) => long).filter((flag) => flag !== '--json');
    for (const [name, { options }] of verbs)
      expect([name, ...options.map(({ long }) => long).filter((flag) => everywhere.includes(flag))]).toEqual([name]);
  });

  it('says what the exit codes mean', () =>
    expect(helpOf(program)).toMatch(/Exit codes:\n {2}0 {2}.*\n {2}1 {2}.*\n {2}2 {2}/));
});

describe('shell completion', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('of %s has every verb and flag', (shell) => {
    const script = completionFor(shell, wordsOf(program));
    for (const [name, { options }] of verbs) {
      expect(script).toContain(name.split(' ').at(-1));
      for (const { long } of options) expect(script).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : long);
    }
  });
});
