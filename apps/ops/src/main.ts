/** `ledger`, or `npm run -s ops --`: the operators' command line. */
import { enableCompileCache } from 'node:module';
import type { GlobalOptions } from './help.js';

// What is imported from here on is compiled once and kept.
enableCompileCache();
const { CommanderError } = await import('commander');
const { EXIT } = await import('./failure.js');
const { createProgram } = await import('./program.js');

// Whoever reads us may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  // What commander says of a wrong line, and the help that was asked for, it has printed itself.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else
    process.exitCode = await (await import('./explain.js')).explain(error, program.opts<GlobalOptions>().json ?? false);
}
