/** Runs the built command line as an operator does: a line in a shell, in a folder, with its settings in the environment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { atTheEnd, temporaryFolder } from './service.js';

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

export type Shell = {
  readonly folder: string;
  /** Runs a line to its end. */
  run(line: string, input?: string): Promise<Ended>;
  /** Starts a line that is ended by a signal. */
  start(line: string): { readonly process: ChildProcess; readonly ended: Promise<Ended> };
};

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A shell that knows `ledger`, and runs it under this node; in a folder of its own, or in that of another shell. */
export const shell = async (env: { readonly [name: string]: string }, inFolder?: string): Promise<Shell> => {
  const folder = inFolder ?? (await temporaryFolder());
  const bin = join(folder, '.bin');
  if (inFolder === undefined) {
    await mkdir(bin);
    await symlink(join(PROJECT, 'bin/ledger.mjs'), join(bin, 'ledger'));
    await symlink(process.execPath, join(bin, 'node'));
  }
  const { PATH = '', HOME = folder } = process.env;
  const start: Shell['start'] = (line) => {
    // The shell gives its place to the command, so that a signal reaches that.
    const child = spawn('bash', ['-c', `exec ${line}`], { cwd: folder, env: { HOME, PATH: `${bin}:${PATH}`, ...env } });
    atTheEnd(() => void child.kill('SIGKILL'));
    const exit = once(child, 'exit') as Promise<[number | null]>;
    const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]);
    return { process: child, ended: ended.then(([[code], out, err]) => ({ code, out, err })) };
  };
  return {
    folder,
    start,
    run: (line, input = '') => {
      const { process: child, ended } = start(line);
      child.stdin?.on('error', () => undefined); // it may end without having read
      child.stdin?.end(input);
      return ended;
    },
  };
};
