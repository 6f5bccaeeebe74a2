/** Deadlines that are past and have not happened, as far as the rows have come. */
import { iso, type Instant, type Month, type TimerKind } from '@ledger/domain';
import type { ReadDatabase } from '../database.js';

export type Overdue = { readonly kind: TimerKind; readonly count: number };

/** How many of each kind; a kind without any is not there. */
export const overdueTimers = async ({ db }: ReadDatabase, now: Instant): Promise<readonly Overdue[]> => {
  const rows = await db
    .selectFrom('timers')
    .select(({ fn }) => ['kind', fn.countAll<number | string>().as('n')])
    .where('due_at', '<=', iso(now))
    .groupBy('kind')
    .execute();
  return rows.map(({ kind, n }) => ({ kind, count: Number(n) }));
};

export type MonthPending = { readonly period: Month; readonly done: number; readonly pending: number };

/** The months that bills are missing of at `now`, and the `latest` one; oldest first. */
export const monthsPending = async (
  { db }: ReadDatabase,
  now: Instant,
  latest: Month,
): Promise<readonly MonthPending[]> => {
  const pending = await db
    .selectFrom('timers')
    .select(({ fn }) => ['period', fn.countAll<number | string>().as('n')])
    .where('kind', '=', 'settle-month')
    .where('due_at', '<=', iso(now))
    .groupBy('period')
    .execute();
  const counts = new Map<Month, number>([[latest, 0]]);
  for (const { period, n } of pending) if (period !== null) counts.set(period, Number(n));
  const done = await db
    .selectFrom('bills')
    .select(({ fn }) => ['period', fn.countAll<number | string>().as('n')])
    .where('period', 'in', [...counts.keys()])
    .whereRef('parts_issued', '=', 'parts')
    .groupBy('period')
    .execute();
  const bills = new Map(done.map(({ period, n }) => [period, Number(n)]));
  return [...counts]
    .map(([period, n]) => ({ period, done: bills.get(period) ?? 0, pending: n }))
    .toSorted((a, b) => (a.period < b.period ? -1 : 1));
};
