import { BatchTaken, BATCH_LEASE_MS, keepResults, type BatchResult, type ReadDatabase } from '@ledger/read-models';

/** How often a batch says that it is being carried out, whether or not there are results. */
const SIGN_OF_LIFE_MS = BATCH_LEASE_MS / 5;

/**
 * Keeps the results of a batch. Those that come while others are being written are written together: a result waits for one
 * transaction or two, and there are not more transactions than the database can do.
 */
export class Results {
  #waiting: BatchResult[] = [];
  #writing: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  readonly #signOfLife: NodeJS.Timeout;

  constructor(
    private readonly database: ReadDatabase,
    private readonly batch: { readonly batchId: string; readonly holder: string },
    /** Called when another process has the batch now. */
    onTaken: () => void,
  ) {
    this.#signOfLife = setInterval(() => {
      this.#write([]).catch((error: unknown) => {
        if (error instanceof BatchTaken) onTaken();
      });
    }, SIGN_OF_LIFE_MS);
  }

  /** Resolves when it is kept. Throws `BatchTaken`, or what the database says. */
  keep(result: BatchResult): Promise<void> {
    this.#waiting.push(result);
    this.#next ??= this.#afterThis();
    return this.#next;
  }

  /** When nothing more is to be kept. */
  end(): void {
    clearInterval(this.#signOfLife);
  }

  async #afterThis(): Promise<void> {
    await this.#writing?.catch(() => undefined);
    const results = this.#waiting;
    this.#waiting = [];
    this.#next = null;
    this.#writing = this.#write(results);
    await this.#writing;
  }

  #write(results: readonly BatchResult[]): Promise<void> {
    const { batchId, holder } = this.batch;
    return keepResults(this.database, batchId, holder, results);
  }
}
