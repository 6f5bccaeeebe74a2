/** Processes of our own: the built service and the store alone, for what only another process can show. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FLAGS = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

export type Running = {
  readonly process: ChildProcess;
  /** What it has said so far, line by line. */
  readonly said: readonly string[];
  /** The first match in what it says, once it says it; an error when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
};

/** Runs a built module under this node. */
export const run = (module: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Running => {
  const path = fileURLToPath(new URL(`../../dist/${module}`, import.meta.url));
  const { PATH = '' } = process.env;
  // What is started again and again is compiled once.
  const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
  const child = spawn(process.execPath, [...FLAGS, path, ...args], { env: { PATH, NODE_COMPILE_CACHE, ...env } });
  const ended = (once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>).then(
    ([code, signal]) => code ?? signal,
  );
  const said: string[] = [];
  const heard = new EventTarget();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      heard.dispatchEvent(new Event('line'));
    });
  return {
    process: child,
    said,
    says: async (pattern) => {
      for (;;) {
        const found = said.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (found) return found;
        const heardMore = new Promise((resolve) => heard.addEventListener('line', resolve, { once: true }));
        const isOver = await Promise.race([heardMore.then(() => false), ended.then(() => true)]);
        if (isOver) throw new Error(`${module} ended and said:\n${said.join('\n')}`);
      }
    },
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};
