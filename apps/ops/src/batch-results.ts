/** The result file of a batch: a line for each item that has its final answer, appended as they come, read when the batch goes on. */
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { messageOf, UsageError } from './failure.js';
import type { Receipt } from './send.js';
import type { ProblemBody } from './service-client.js';

export type Result = {
  readonly item: number;
  readonly key: string;
  readonly command: string | null;
  readonly accountId: string | null;
  /** That of the answer: 201 for what was done. */
  readonly status: number;
  /** Whether it had been done before, under the same key. */
  readonly replayed?: boolean;
  readonly receipt?: Receipt;
  readonly problem?: ProblemBody | { readonly title: string; readonly detail: string };
};

type Known = Pick<Result, 'item' | 'key' | 'status'>;

export class Results {
  readonly #known = new Map<number, Known>();
  readonly #file: number;

  /** Throws a `UsageError` for a file that cannot be read or written, or holds something else. */
  constructor(readonly path: string) {
    try {
      const whole = wholeLines(path);
      for (const line of whole) {
        const known = knownOn(line, path);
        this.#known.set(known.item, known);
      }
      this.#file = openSync(path, 'a', 0o600);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(`The result file cannot be used: ${messageOf(error)}`);
    }
  }

  /** The status of each item that has its final answer. */
  get statuses(): readonly number[] {
    return [...this.#known.values()].map(({ status }) => status);
  }

  /** Whether the item has its final answer. Throws a `UsageError` when the file is another batch's. */
  has({ item, key }: { readonly item: number; readonly key: string }): boolean {
    const known = this.#known.get(item);
    if (known === undefined) return false;
    if (known.key === key) return true;
    throw new UsageError(
      `${this.path} holds the results of another batch: its item ${item} has the key ${known.key}, this one ${key}. ` +
        `Name another file with --results; or, if this batch is that one with lines added, its id with --batch-id.`,
    );
  }

  keep(result: Result): void {
    const { item, key, status } = result;
    writeSync(this.#file, `${JSON.stringify(result)}\n`);
    this.#known.set(item, { item, key, status });
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** A process that was killed may have left half a line at the end: it is cut off, its item is sent again under its key. */
const wholeLines = (path: string): readonly string[] => {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes
    .subarray(0, end)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
};

const knownOn = (line: string, path: string): Known => {
  try {
    const { item, key, status } = JSON.parse(line) as Partial<Result>;
    if (typeof item === 'number' && typeof key === 'string' && typeof status === 'number') return { item, key, status };
  } catch {
    // Said below.
  }
  throw new UsageError(`${path} is no result file of a batch: name another one with --results.`);
};
