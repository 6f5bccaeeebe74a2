import type { Instant, Timer } from '@ledger/domain';
import type { Advanced } from '@ledger/event-store';
import { setAsides, type Changed, type ReadDatabase, type SetAside } from '@ledger/read-models';
import { Logger } from '@nestjs/common';
import { sql } from 'kysely';
import { DATABASES, testDatabase, type DatabaseKind } from '../../../../libs/read-models/src/testing/databases.js';
import { Clock } from '../service/clock.js';
import { ClockWorker } from './clock-worker.js';

Logger.overrideLogger(false);

const NOW = 1_000_000;
let closing = new AsyncDisposableStack();
beforeEach(() => {
  closing = new AsyncDisposableStack();
});
afterEach(() => closing.disposeAsync());

class StoppedClock extends Clock {
  override now(): number {
    return NOW * 1000;
  }
}

type Answers = (accountId: string, call: number) => Advanced | Error;

/** A worker over rows of our own making and a write path that answers as told. */
class Trial {
  readonly calls: string[] = [];
  readonly untils = new Set<Instant>();
  readonly fired: (readonly [string, number])[] = [];
  readonly #listeners: ((changed: Changed) => void)[] = [];
  caughtUpOnce = true;
  readonly status = { state: 'live' } as const;

  private constructor(
    readonly database: ReadDatabase,
    private readonly answers: Answers,
  ) {}

  static async over(kind: DatabaseKind, rows: readonly string[], answers: Answers): Promise<Trial> {
    const database = await (await testDatabase(kind, closing)).open();
    const trial = new Trial(database, answers);
    for (const accountId of rows) await trial.row(accountId, NOW - 60, 5);
    return trial;
  }

  start(caughtUpOnce = true): void {
    this.caughtUpOnce = caughtUpOnce;
    const worker = new ClockWorker({
      database: this.database,
      clock: new StoppedClock(),
      projector: this,
      advance: (accountId, until) => this.#advance(accountId, until),
      onFired: ({ kind }, late) => void this.fired.push([kind, late]),
      tries: { most: 3, firstMs: 1, longestMs: 4 },
    });
    closing.defer(() => worker.stop());
    worker.start();
  }

  onChanged(listener: (changed: Changed) => void): void {
    this.#listeners.push(listener);
  }

  /** The account's row as the projector writes it, which also says so. */
  async row(accountId: string, dueAt: Instant | null, revision: number): Promise<void> {
    await sql`
      insert into accounts_1 (account_id, revision, chain, fold_version, state, currency, cash, gift, prompt_due_at)
      values (${accountId}, ${revision}, '', 1, '{}', 'USD', '0.00', '0.00', ${dueAt})
      on conflict (account_id) do update
        set revision = excluded.revision, prompt_due_at = excluded.prompt_due_at`.execute(this.database.db);
    for (const listener of this.#listeners) listener([accountId]);
  }

  callsOf(accountId: string): number {
    return this.calls.filter((called) => called === accountId).length;
  }

  async stuck(): Promise<readonly SetAside[]> {
    const page = await setAsides(this.database, { after: null, limit: 100 });
    return page === 'wrong-cursor' ? [] : page.items;
  }

  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async #advance(accountId: string, until: Instant): Promise<Advanced> {
    this.untils.add(until);
    this.calls.push(accountId);
    // So that some end while others are begun or given back.
    await new Promise((resolve) => setTimeout(resolve, this.calls.length % 50));
    const answer = this.answers(accountId, this.callsOf(accountId));
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

const TIMER: Timer = { kind: 'reclaim', appId: 'p1', dueAt: NOW - 60 };
const done = (revision: string): Advanced => ({ kind: 'advanced', appends: 1, revision, fired: [TIMER] });
const nothingDue = (revision: string): Advanced => ({ kind: 'advanced', appends: 0, revision, fired: [] });

describe.each(DATABASES)('the clock worker, on %s', (kind) => {
  it('advances every account that is due, once, and says what happened and how late', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `a${i}`);
    const trial = await Trial.over(kind, names, () => done('6'));
    trial.start();
    await trial.until(() => trial.fired.length >= 100);
    for (const name of names) await trial.row(name, null, 6);
    expect(trial.calls.toSorted()).toEqual(names.toSorted());
    expect(trial.untils).toEqual(new Set([NOW]));
    expect(trial.fired).toEqual(names.map(() => ['reclaim', 60]));
  });

  it('gives every claim back: what is due in the account later is advanced too', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `a${i}`);
    const rows: Promise<void>[] = [];
    const trial: Trial = await Trial.over(kind, names, (name, call) => {
      rows.push(trial.row(name, call < 5 ? NOW - 1 : null, 5 + call));
      return done(String(5 + call));
    });
    trial.start();
    await trial.until(() => trial.calls.length === 5 * 60);
    await Promise.all(rows);
    expect(names.map((name) => trial.callsOf(name))).toEqual(names.map(() => 5));
  });

  it('does not go by rows that were never complete', async () => {
    const trial = await Trial.over(kind, ['a'], () => done('6'));
    trial.start(false);
    await trial.row('a', NOW, 5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(trial.calls).toEqual([]);
    trial.caughtUpOnce = true;
    await trial.row('a', NOW, 5);
    await trial.until(() => trial.calls.length === 1);
  });

  it('does not ask again for an account whose row is behind, however often rows change', async () => {
    const trial = await Trial.over(kind, ['a'], (_, call) => (call === 1 ? done('8') : nothingDue('9')));
    trial.start();
    await trial.until(() => trial.calls.length === 1);
    for (let i = 0; i < 20; i++) {
      await trial.row('a', NOW - 1, 7);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect(trial.calls).toHaveLength(1);
    await trial.row('a', NOW - 1, 8);
    await trial.until(() => trial.calls.length === 2);
  });

  it.each<[string, Answers, RegExp]>([
    ['throws', () => new TypeError('x is undefined'), /^an exception: x is undefined$/],
    ['meets contention without end', () => ({ kind: 'contention' }), /^contention/],
    ['is not in the store', () => ({ kind: 'unknown-account' }), /not in the store/],
    [
      'is due in its row and not in its stream',
      () => nothingDue('5'),
      /row is due at revision 5, and its stream is not/,
    ],
    [
      'is quarantined',
      () => ({
        kind: 'quarantined',
        unreadable: {
          kind: 'unreadable',
          stream: 'account-bad',
          revision: 3n,
          type: 'Mystery',
          reason: 'unknown type',
        },
      }),
      /^quarantined: Mystery at revision 3 of account-bad: unknown type$/,
    ],
  ])('sets an account aside that %s, after three tries, and goes on with all others', async (_, bad, reason) => {
    const others = Array.from({ length: 50 }, (__, i) => `a${i}`);
    const trial = await Trial.over(kind, ['bad', ...others], (name, call) =>
      name === 'bad' ? bad(name, call) : done('6'),
    );
    trial.start();
    await trial.until(async () => (await trial.stuck()).length === 1);
    await trial.until(() => trial.calls.length === 53);
    expect(await trial.stuck()).toEqual([
      { accountId: 'bad', reason: expect.stringMatching(reason), since: '1970-01-12T13:46:40Z', tries: 3 },
    ]);
    expect(trial.callsOf('bad')).toBe(3);
  });

  it('waits for a store that is away, and gives no account up for it', async () => {
    const trial = await Trial.over(kind, ['a'], (_, call) =>
      call < 8 ? { kind: 'unavailable', reason: 'away' } : done('6'),
    );
    trial.start();
    const waking = setInterval(() => void trial.row('a', NOW - 1, 5), 10);
    await trial.until(() => trial.fired.length > 0);
    clearInterval(waking);
    expect(trial.calls).toHaveLength(8);
    expect(await trial.stuck()).toEqual([]);
  });
});
