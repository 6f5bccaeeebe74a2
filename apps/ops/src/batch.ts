/** `ledger batch`: many commands, in order within an account, side by side across accounts, each once however often it is sent. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { batchOf, type Batch, type Item } from './batch-items.js';
import { Results } from './batch-results.js';
import { sendPatiently } from './batch-send.js';
import { EXIT, messageOf, UsageError, type ExitCode } from './failure.js';
import { Lanes } from './lanes.js';
import { ProgressBar } from './progress-bar.js';
import { showThing } from './show.js';

export type BatchOptions = {
  readonly concurrency: number;
  readonly results?: string;
  readonly batchId?: string;
  /** Seconds. */
  readonly wait: number;
  readonly json: boolean;
};

/** Items that wait for their turn, so that one account with many commands does not keep the others from being found. */
const WAITING_FOR_EACH = 100;

export const batch = async (file: string, options: BatchOptions): Promise<ExitCode> => {
  const { batchId, json } = options;
  const path = options.results ?? (file === '-' ? null : `${file}.results`);
  if (path === null) throw new UsageError('Name the result file of a batch from standard input with --results.');
  const given = batchOf(await bytesOf(file), batchId);
  const results = new Results(path);
  try {
    const open = await new BatchRun(given, results, options).run();
    const summary = {
      batchId: given.batchId,
      items: given.total,
      ...counted(results.statuses),
      unanswered: open,
      results: path,
    };
    await showThing(summary, json);
    if (open > 0) console.error('Start the same again: what has its answer is left out, the rest goes on.');
    return open > 0 ? EXIT.unreachable : summary.done === given.total ? EXIT.done : EXIT.refused;
  } finally {
    results.close();
  }
};

const bytesOf = (file: string): Promise<Buffer> =>
  (file === '-' ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => {
    throw new UsageError(`The batch cannot be read: ${messageOf(error)}`);
  });

const counted = (statuses: readonly number[]) => ({
  done: statuses.filter((status) => status === 201).length,
  refused: statuses.filter((status) => status !== 201 && status !== 400).length,
  malformed: statuses.filter((status) => status === 400).length,
});

class BatchRun {
  readonly #bar = new ProgressBar(process.stderr);
  readonly #end = new AbortController();
  /** Accounts with an item that has no answer: what comes after it in the same account is not sent, so that the order stays. */
  readonly #held = new Set<string>();
  #answeredAt = performance.now();
  #through = 0;
  #open = 0;

  constructor(
    private readonly batch: Batch,
    private readonly results: Results,
    private readonly options: BatchOptions,
  ) {}

  /** How many items have no final answer now. */
  async run(): Promise<number> {
    const stop = (): void => this.#stop('Stopped: what is under way is waited for.');
    process.once('SIGINT', stop);
    const { concurrency } = this.options;
    const lanes = new Lanes(concurrency, concurrency * WAITING_FOR_EACH);
    try {
      for (const item of this.batch.items()) {
        if (this.results.has(item)) this.#step();
        else if ('malformed' in item) this.#keepMalformed(item);
        else await lanes.add(item.accountId, () => this.#answer(item));
      }
    } finally {
      await lanes.end().finally(() => this.#bar.end());
      process.off('SIGINT', stop);
    }
    return this.#open;
  }

  async #answer(item: Extract<Item, { readonly command: string }>): Promise<void> {
    const { item: number, key, command, body, accountId } = item;
    if (this.#end.signal.aborted || this.#held.has(accountId)) return this.#leaveOpen(accountId);
    const patience = { milliseconds: this.options.wait * 1000, signal: this.#end.signal };
    const begun = performance.now();
    const sent = await sendPatiently({ name: command, body, key }, patience);
    if ('open' in sent) {
      if (!this.#end.signal.aborted) this.#say(`Item ${number}, of ${accountId}: ${sent.reason}`);
      if (sent.open === 'away' && this.#answeredAt < begun) this.#stop('Nothing is answered any more.');
      return this.#leaveOpen(accountId);
    }
    this.#answeredAt = performance.now();
    this.results.keep({ item: number, key, command, accountId, ...sent });
    this.#step();
  }

  #keepMalformed({ item, key, malformed }: Extract<Item, { readonly malformed: string }>): void {
    const problem = { title: 'The line is malformed', detail: malformed };
    this.results.keep({ item, key, command: null, accountId: null, status: 400, problem });
    this.#step();
  }

  #leaveOpen(accountId: string): void {
    this.#held.add(accountId);
    this.#open += 1;
    this.#step();
  }

  #step(): void {
    this.#through += 1;
    this.#bar.show({ what: 'sent', unit: 'commands', done: this.#through, total: this.batch.total });
  }

  #stop(why: string): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#say(why);
  }

  #say(line: string): void {
    this.#bar.end();
    console.error(line);
  }
}
