/**
 * Makes time pass when nobody sends a command: claims accounts in which something is due and advances them through the
 * write path. It decides nothing. One that is late, dead or doubled changes nothing either (P-0.7).
 */
import { randomUUID } from 'node:crypto';
import { dropClaims, keepClaims, LANES, type Lane, type Projector } from '@ledger/read-models';
import { TRIES } from './advance-claimed.js';
import { LaneWorker, type LaneOptions } from './lane-worker.js';

/** Accounts side by side: each is a few round trips one after the other, and one store client has 64 at a time for all. */
const WIDTH: { readonly [L in Lane]: number } = { prompt: 32, settlement: 16 };

/** How often it says that it lives. */
const KEEP_MS = 1000;

export type ClockWorkerOptions = Pick<LaneOptions, 'database' | 'clock' | 'advance' | 'onFired'> &
  Partial<Pick<LaneOptions, 'tries'>> & {
    readonly projector: Pick<Projector, 'status' | 'caughtUpOnce' | 'onChanged'>;
  };

export class ClockWorker {
  readonly #holder = randomUUID();
  readonly #end = new AbortController();
  readonly #lanes: readonly LaneWorker[];
  #running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ClockWorkerOptions) {
    const { projector, tries = TRIES, ...parts } = options;
    const areRowsComplete = (): boolean => projector.caughtUpOnce && projector.status.state !== 'stopped';
    const laneOptions = { ...parts, tries, areRowsComplete, holder: this.#holder };
    this.#lanes = LANES.map((lane) => new LaneWorker(lane, WIDTH[lane], laneOptions));
    projector.onChanged(() => this.wake());
  }

  /** Call it once. */
  start(): void {
    this.#running = this.#run();
  }

  /** Something may be due, or due earlier: rows have changed, or the clock was moved. */
  wake(): void {
    for (const lane of this.#lanes) lane.wake();
  }

  /** Resolves when nothing is advanced any more. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { database } = this.options;
    // Where nobody else can be, whoever was at work before is dead.
    if (!database.isShared) await dropClaims(database, null).catch(() => undefined);
    const keep = (): Promise<void> =>
      keepClaims(
        database,
        this.#holder,
        this.#lanes.flatMap(({ accountIds }) => accountIds),
      );
    const keeping = setInterval(() => void keep().catch(() => undefined), KEEP_MS);
    await Promise.all(this.#lanes.map((lane) => lane.run(this.#end.signal)));
    clearInterval(keeping);
    await dropClaims(database, this.#holder).catch(() => undefined);
  }
}
