// Runs before `npm start`, `npm test`, `npm run ops` and `npm run store`, on whatever node the machine has (20 or newer).
// Installs what the lock file names when node_modules is missing or older than it, and with --build compiles what is stale.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

process.chdir(new URL('..', import.meta.url).pathname);

const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const run = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 2, 2] });

/** The latest change of any source file below the folders. */
const newest = (...folders) => {
  let latest = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) latest = Math.max(latest, changedAt(join(entry.parentPath ?? entry.path, entry.name)));
    }
  }
  return latest;
};

if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json')) {
  console.error('Installing what package-lock.json names …');
  run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
}

if (process.argv.includes('--build')) {
  const sources = Math.max(newest('apps', 'libs'), ...['.swcrc', 'nest-cli.json', 'tsconfig.base.json'].map(changedAt));
  if (changedAt('dist/.built') < sources) {
    console.error('Building …');
    run('npm', 'run', '--silent', 'build');
    writeFileSync('dist/.built', '');
  }
}
