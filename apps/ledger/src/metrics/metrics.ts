/** What the service counts, for Prometheus. It names no account. */
import type { Timer } from '@ledger/domain';
import { accountsDue, countSetAsides, countUnsent, overdueTimers, type ReadDatabase } from '@ledger/read-models';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../service/clock.js';

const LATE_SECONDS = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86_400];

export class Metrics {
  readonly registry = new Registry();
  readonly #fired = new Counter({
    name: 'ledger_clock_fired_total',
    help: 'Deadlines that the clock of this process let happen, by kind; those that a command found due are not among them.',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly #late = new Histogram({
    name: 'ledger_clock_lateness_seconds',
    help: 'How late they were. The events are dated by the deadline all the same.',
    labelNames: ['kind'],
    buckets: LATE_SECONDS,
    registers: [this.registry],
  });

  constructor(database: ReadDatabase, clock: Clock) {
    collectDefaultMetrics({ register: this.registry });
    const due = new Gauge({
      name: 'ledger_timers_due',
      help: 'Deadlines that are past and have not happened, as far as the rows have come, by kind.',
      labelNames: ['kind'],
      registers: [this.registry],
      collect: async () => {
        const counts = await overdueTimers(database, clock.instant());
        due.reset(); // a kind of which nothing is due has no row
        for (const { kind, count } of counts) due.set({ kind }, count);
      },
    });
    const accounts = new Gauge({
      name: 'ledger_clock_accounts_due',
      help: 'Accounts in which something is due, by lane; those set aside are not among them.',
      labelNames: ['lane'],
      registers: [this.registry],
      collect: async () => {
        const { prompt, settlement } = await accountsDue(database, clock.instant());
        accounts.set({ lane: 'prompt' }, prompt);
        accounts.set({ lane: 'settlement' }, settlement);
      },
    });
    const setAside = new Gauge({
      name: 'ledger_clock_accounts_set_aside',
      help: 'Accounts that the clock has given up until an operator says otherwise.',
      registers: [this.registry],
      collect: async () => {
        setAside.set(await countSetAsides(database));
      },
    });
    const notices = new Gauge({
      name: 'ledger_notices_unsent',
      help: 'Notices that wait for their next attempt (pending), and those given up until an operator says otherwise (dead).',
      labelNames: ['state'],
      registers: [this.registry],
      collect: async () => {
        const { pending, dead } = await countUnsent(database);
        notices.set({ state: 'pending' }, pending);
        notices.set({ state: 'dead' }, dead);
      },
    });
  }

  /** A deadline happened, so many seconds after its instant. */
  fired({ kind }: Timer, late: number): void {
    this.#fired.inc({ kind });
    this.#late.observe({ kind }, late);
  }
}
