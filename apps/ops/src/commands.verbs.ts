import { Option, type Command } from 'commander';
import { bodyFrom, flagsOf, kebab } from './command-flags.js';
import { COMMAND_HELP, type CommandName } from './command-help.js';
import { COMMAND_SCHEMAS } from './generated/commands.js';
import { withExamples, type Shown } from './help.js';

/** A verb for every command that the service takes, and `send` for those who have the body as JSON. */
export const commandsVerbs = (program: Command): void => {
  for (const name of Object.keys(COMMAND_SCHEMAS) as CommandName[]) {
    const { does, examples } = COMMAND_HELP[name];
    const verb = program.command(kebab(name)).description(does);
    const flags = flagsOf(COMMAND_SCHEMAS[name]);
    for (const { flags: flag, about, isRequired } of flags)
      verb.addOption(new Option(flag, isRequired ? `${about} (needed)`.trim() : about).makeOptionMandatory(isRequired));
    withSending(verb).action(async (options: SendOptions) => {
      const body = await bodyFrom(flags, options);
      const { sendAndShow } = await import('./commands.js');
      process.exitCode = await sendAndShow(name, body, options);
    });
    withExamples(verb, ...examples.map((example) => `${kebab(name)} ${example}`));
  }
  withExamples(
    withSending(
      program
        .command('send')
        .description('send a command whose body is JSON')
        .argument('<command>', 'its name, as in docs/language.md')
        .argument('<body>', 'JSON; or @FILE, or @- for standard input'),
    ).action(async (name: string, body: string, options: SendOptions) => {
      const { jsonFrom } = await import('./command-flags.js');
      const { sendAndShow } = await import('./commands.js');
      process.exitCode = await sendAndShow(name, await jsonFrom(body, 'The body'), options);
    }),
    `send TopUp '{ "accountId": "acme", "amount": "100.00" }'`,
    'send RecordUsage @usage.json --idempotency-key usage-2024-08-01',
  );
};

export type SendOptions = Shown & {
  readonly dryRun?: boolean;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  readonly [field: string]: unknown;
};

const withSending = (verb: Command): Command =>
  verb
    .option('--dry-run', 'only show what would happen: events, money before and after, and a fingerprint of it')
    .option('--if-match <fingerprint>', 'do exactly what the dry run with this fingerprint has shown, or nothing')
    .option('--idempotency-key <key>', 'under one key a command happens once; by default a new key, which is printed');
