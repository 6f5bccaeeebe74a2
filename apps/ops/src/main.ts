/** The operators' command line. Every verb loads what it needs when it is called, so that `--help` answers at once. */
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';
import { clockVerbs } from './clock.verbs.js';
import { diffVerbs } from './diff.verbs.js';
import { noticesVerbs } from './notices.verbs.js';
import { plotVerbs } from './plot.verbs.js';
import { projectionsVerbs } from './projections.verbs.js';
import { replayVerbs } from './replay.verbs.js';
import { sandboxVerbs } from './sandbox.verbs.js';
import { simulateVerbs } from './simulate.verbs.js';
import { timersVerbs } from './timers.verbs.js';
import { whyVerbs } from './why.verbs.js';

enableCompileCache();

// Whoever reads us may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const program = new Command('ops').description("The operators' command line of the subscription ledger.");

const AUDIT = [replayVerbs, diffVerbs, whyVerbs, plotVerbs];
const VERBS = [simulateVerbs, projectionsVerbs, timersVerbs, clockVerbs, noticesVerbs, sandboxVerbs, ...AUDIT];
for (const addTo of VERBS) addTo(program);

await program.parseAsync();
