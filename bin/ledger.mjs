#!/usr/bin/env node
// The operators' command line as a program, on whatever node the machine has (20 or newer): where that is older than the
// project's own, the project's own runs it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const main = here('dist/apps/ops/src/main.js');
const OLDEST = 26;

if (!existsSync(main)) {
  console.error('It is not built yet: run "npm run build" in the project.');
  process.exitCode = 2;
} else if (Number.parseInt(process.versions.node, 10) >= OLDEST) {
  await import(main);
} else {
  const node = here('node_modules/.bin/node');
  const args = ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)];
  const child = spawn(node, args, { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; what is sent to us alone is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(
      `Node ${OLDEST} is needed, and ${node} cannot be run (${error.message}): run "npm ci" in the project.`,
    );
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
