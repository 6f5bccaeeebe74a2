/** Every verb of the command line. What a verb needs is loaded when it is called, so that the help answers at once. */
import { Command } from 'commander';
import { batchVerbs } from './batch.verbs.js';
import { bundleVerbs } from './bundle.verbs.js';
import { checkVerbs } from './check.verbs.js';
import { clockVerbs } from './clock.verbs.js';
import { commandsVerbs } from './commands.verbs.js';
import { completionVerbs } from './completion.verbs.js';
import { NAME, type GlobalOptions } from './help.js';
import { diffVerbs } from './diff.verbs.js';
import { headsVerbs } from './heads.verbs.js';
import { historyVerbs } from './history.verbs.js';
import { keysVerbs } from './keys.verbs.js';
import { noticesVerbs } from './notices.verbs.js';
import { plotVerbs } from './plot.verbs.js';
import { projectionsVerbs } from './projections.verbs.js';
import { readsVerbs } from './reads.verbs.js';
import { replayVerbs } from './replay.verbs.js';
import { sandboxVerbs } from './sandbox.verbs.js';
import { simulateVerbs } from './simulate.verbs.js';
import { statusVerbs } from './status.verbs.js';
import { timersVerbs } from './timers.verbs.js';
import { tokensVerbs } from './tokens.verbs.js';
import { trialBalanceVerbs } from './trial-balance.verbs.js';
import { verifyVerbs } from './verify.verbs.js';
import { whyVerbs } from './why.verbs.js';

type Verbs = (program: Command) => void;

/** In the order of the help. */
const GROUPS: readonly (readonly [heading: string, verbs: readonly Verbs[]])[] = [
  ['Commands:', [commandsVerbs, batchVerbs]],
  ['Reads:', [readsVerbs, historyVerbs, timersVerbs, checkVerbs]],
  ['Audit:', [replayVerbs, diffVerbs, whyVerbs, plotVerbs]],
  ['Operation:', [statusVerbs, projectionsVerbs, clockVerbs, noticesVerbs, tokensVerbs, sandboxVerbs]],
  ['Proof:', [verifyVerbs, trialBalanceVerbs, bundleVerbs, headsVerbs, keysVerbs]],
  ['Without a service:', [simulateVerbs, completionVerbs]],
];

const SETTINGS_AND_CODES = `
Settings: LEDGER_URL (http://127.0.0.1:3000), LEDGER_TOKEN or LEDGER_TOKEN_FILE, or else the file "token" in
DATA_DIR (./data). An option wins over its variable.

Exit codes:
  0  done
  1  refused by the rules or the service, or something was found wrong
  2  asked wrongly: a verb, flag, field or file that is none; nothing was done
  3  no answer to be had: the service cannot be reached or is not able to answer now; a command may be sent again
     under the same --idempotency-key, and happens once

"${NAME} <verb> --help" shows what a verb takes, with examples. Without the bin: npm run -s ops -- <verb> …`;

export const createProgram = (): Command => {
  const program = new Command(NAME)
    .description("The operators' command line of the subscription ledger.")
    .option('--url <url>', 'where the service listens; LEDGER_URL')
    .option('--token-file <file>', 'a file with the access token; LEDGER_TOKEN_FILE')
    .option('--json', 'print JSON: one object, or for lists one object a line')
    .addHelpText('after', SETTINGS_AND_CODES)
    .helpCommand(false)
    .showHelpAfterError('(--help shows what it takes.)')
    .exitOverride()
    // An option stands for its variable from here on, for whatever asks the service; every verb is told of --json.
    .hook('preAction', (_, verb) => {
      const { url, tokenFile, json = false } = program.opts<GlobalOptions>();
      verb.setOptionValue('json', json);
      if (url !== undefined) process.env['LEDGER_URL'] = url;
      if (tokenFile !== undefined) process.env['LEDGER_TOKEN_FILE'] = tokenFile;
    });
  for (const [heading, verbs] of GROUPS) {
    program.commandsGroup(heading);
    for (const addTo of verbs) addTo(program);
  }
  return program;
};
