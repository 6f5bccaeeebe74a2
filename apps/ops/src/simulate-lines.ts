/**
 * `simulate -`: journeys on standard input, one a line; one line for each on standard output, in the same order.
 *
 * Journeys do not know of each other, so they are run in batches by the threads of this process, one a core. A stream of
 * few journeys is answered by the main thread alone: a thread costs more to start than they do.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { linesOf, write } from './lines.js';
import { answerTo } from './simulate.js';

/** Journeys a message: large enough that passing it costs nothing, small enough that the first results come at once. */
const BATCH = 32;
/** Batches that each thread has waiting, so that it is never idle and memory stays bounded. */
const WAITING = 3;

/** Returns the exit code. */
export const simulateLines = async (): Promise<number> => {
  const threads: SimulatingThread[] = [];
  const running: Promise<string>[] = [];
  try {
    let previous: readonly string[] = [];
    for await (const batch of batchesOf(linesOf(process.stdin))) {
      if (previous.length > 0) {
        if (threads.length === 0) for (let i = 0; i < availableParallelism(); i++) threads.push(new SimulatingThread());
        running.push(freest(threads).answer(previous));
      }
      previous = batch;
      if (running.length >= threads.length * WAITING && threads.length > 0) await writeNext(running);
    }
    while (running.length > 0) await writeNext(running);
    for (const line of previous) await write(process.stdout, `${answerTo(line)}\n`);
    return 0;
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
};

const writeNext = async (running: Promise<string>[]): Promise<void> => {
  const next = running.shift();
  if (next) await write(process.stdout, await next);
};

async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const freest = (threads: readonly SimulatingThread[]): SimulatingThread =>
  threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));

/** Answers batches in the order in which they come. */
class SimulatingThread {
  readonly #worker = new Worker(new URL('./simulate-worker.js', import.meta.url));
  readonly #waiting: { readonly resolve: (answers: string) => void; readonly reject: (error: Error) => void }[] = [];

  constructor() {
    this.#worker.on('message', (answers: string) => this.#waiting.shift()?.resolve(answers));
    this.#worker.on('error', (error: Error) => this.#waiting.splice(0).forEach(({ reject }) => reject(error)));
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  answer(lines: readonly string[]): Promise<string> {
    const answers = new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    // A failed thread is seen where the answers are awaited, in their turn.
    answers.catch(() => undefined);
    this.#worker.postMessage(lines);
    return answers;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
