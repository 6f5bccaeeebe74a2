/** Works off one lane: claims accounts that are due, a few at a time, and advances them side by side. */
import { setTimeout } from 'node:timers/promises';
import { iso, type Instant, type Timer } from '@ledger/domain';
import type { Advanced } from '@ledger/event-store';
import {
  claimDue,
  finishClaims,
  nextDeadline,
  setAside,
  type Claim,
  type Finished,
  type Lane,
  type ReadDatabase,
} from '@ledger/read-models';
import { Logger } from '@nestjs/common';
import type { Clock } from '../service/clock.js';
import { attemptOf, type Tries } from './advance-claimed.js';
import { Alarm } from './alarm.js';

export type LaneOptions = {
  readonly database: ReadDatabase;
  readonly clock: Clock;
  /** The write path: advances the account as far as that instant. */
  readonly advance: (accountId: string, until: Instant) => Promise<Advanced>;
  /** Whether the rows can be gone by: before they were complete once, they say of much that it is due which has long happened. */
  readonly areRowsComplete: () => boolean;
  /** Told of every deadline that happened here; late by so many seconds. */
  readonly onFired: (timer: Timer, late: number) => void;
  readonly holder: string;
  readonly tries: Tries;
};

/** Nobody need tell us of a deadline: we look at least so often. */
const LONGEST_SLEEP_MS = 1000;
/** Between two looks, so that what ends meanwhile is given back together. */
const SHORTEST_TURN_MS = 10;
const TROUBLE_MS = 500;

export class LaneWorker {
  readonly #alarm = new Alarm();
  readonly #working = new Map<string, Promise<void>>();
  readonly #logger = new Logger(LaneWorker.name);
  #finished: Finished[] = [];

  constructor(
    private readonly lane: Lane,
    /** How many accounts at a time. */
    private readonly width: number,
    private readonly options: LaneOptions,
  ) {}

  /** Something may be due, or due earlier. */
  wake(): void {
    this.#alarm.ring();
  }

  /** The accounts that are being advanced. */
  get accountIds(): readonly string[] {
    return [...this.#working.keys()];
  }

  /** Until the signal: then what was begun is finished, and no more is claimed. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.wake());
    while (!signal.aborted) {
      try {
        await this.#turn();
      } catch (error) {
        this.#logger.warn(`The read database, asked for what is due: ${String(error)}`);
        await setTimeout(TROUBLE_MS);
      }
    }
    await Promise.all(this.#working.values());
    await this.#giveBack().catch(() => undefined);
  }

  async #turn(): Promise<void> {
    await this.#giveBack();
    const now = this.options.clock.instant();
    for (const claim of await this.#claim(now)) this.#begin(claim);
    await setTimeout(SHORTEST_TURN_MS);
    await this.#alarm.sleep(await this.#untilNextDeadline(now));
  }

  /** What could not be given back is given back the next time, with what has ended meanwhile. */
  async #giveBack(): Promise<void> {
    const finished = this.#finished;
    this.#finished = [];
    try {
      await finishClaims(this.options.database, finished);
    } catch (error) {
      this.#finished.unshift(...finished);
      throw error;
    }
  }

  async #claim(now: Instant): Promise<readonly Claim[]> {
    const { database, holder, areRowsComplete } = this.options;
    const most = this.width - this.#working.size;
    return most > 0 && areRowsComplete() ? claimDue(database, { lane: this.lane, now, most, holder }) : [];
  }

  async #untilNextDeadline(now: Instant): Promise<number> {
    const { database, clock } = this.options;
    const next = await nextDeadline(database, this.lane, now);
    return next === null ? LONGEST_SLEEP_MS : Math.max(0, Math.min(LONGEST_SLEEP_MS, next * 1000 - clock.now()));
  }

  #begin(claim: Claim): void {
    const work = this.#advance(claim).finally(() => {
      this.#working.delete(claim.accountId);
      this.wake();
    });
    this.#working.set(claim.accountId, work);
  }

  async #advance(claim: Claim): Promise<void> {
    const { advance, clock, tries } = this.options;
    const { accountId } = claim;
    const answer = await advance(accountId, clock.instant()).catch((error: unknown) => errorOf(error));
    if (!(answer instanceof Error) && answer.kind === 'advanced') this.#tell(answer.fired);
    const attempt = attemptOf(claim, answer, tries);
    if (attempt.kind === 'set-aside') await this.#setAside(accountId, attempt);
    else this.#finished.push(attempt.finished);
  }

  #tell(fired: readonly Timer[]): void {
    const { clock, onFired } = this.options;
    const now = clock.now() / 1000;
    for (const timer of fired) onFired(timer, Math.max(0, now - timer.dueAt));
  }

  /** When the database does not take it, the claim runs out and the account is tried once more. */
  async #setAside(
    accountId: string,
    { reason, tries }: { readonly reason: string; readonly tries: number },
  ): Promise<void> {
    const { database, clock } = this.options;
    this.#logger.error(`${accountId} is set aside after ${tries} tries: ${reason}`);
    await setAside(database, { accountId, reason, since: iso(clock.instant()), tries }).catch((error: unknown) =>
      this.#logger.warn(`${accountId} could not be set aside: ${String(error)}`),
    );
  }
}

const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
