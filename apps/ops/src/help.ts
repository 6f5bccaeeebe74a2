import type { Command } from 'commander';

/** The name that the help calls the command line by: that of its bin. */
export const NAME = 'ledger';

/** Every verb shows how it is used: whole lines that work, the first one the plainest. */
export const withExamples = (verb: Command, ...examples: readonly string[]): Command =>
  verb.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${NAME} ${example}`).join('\n')}`);

/** What every verb takes, wherever it stands on the line. */
export type GlobalOptions = { readonly url?: string; readonly tokenFile?: string; readonly json?: boolean };

/** What every verb finds among its own options. */
export type Shown = { readonly json: boolean };
