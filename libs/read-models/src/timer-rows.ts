/** The rows of deadlines: which there are is the state's to say, which event armed each is the history's. */
import { accountTimers, appTimers, iso, type Account, type Timer } from '@ledger/domain';
import type { TimerRow } from './tables.js';

type Deadline = Omit<TimerRow, 'armed_revision' | 'armed_type'>;
type Deadlines = ReadonlyMap<string, Deadline>;

/** A row as it is written. */
export type NewTimerRow = Deadline & { readonly armed_revision: bigint; readonly armed_type: string };

/** The event that a state comes from. */
export type Arming = { readonly revision: bigint; readonly type: string };

/**
 * What an event does to the deadlines of its account: by their ids, the rows that it arms or moves, and null for those that
 * it takes away. Asked after every event, so that a rebuilt row names the same event as a live one.
 */
export const timersChangedBy = (
  before: Account | null,
  after: Account,
  { revision, type }: Arming,
): ReadonlyMap<string, NewTimerRow | null> => {
  const changes = new Map<string, NewTimerRow | null>();
  const compare = (old: Deadlines, now: Deadlines): void => {
    for (const [id] of old) if (!now.has(id)) changes.set(id, null);
    for (const [id, row] of now)
      if (old.get(id)?.due_at !== row.due_at) changes.set(id, { ...row, armed_revision: revision, armed_type: type });
  };
  for (const [appId, app] of after.apps) {
    const old = before?.apps.get(appId);
    if (old !== app) compare(old ? ofApp(after.accountId, old) : NONE, ofApp(after.accountId, app));
  }
  compare(before ? ofAccount(before) : NONE, ofAccount(after));
  return changes;
};

/** The rows among the changes of an account. */
export const armed = (changes: ReadonlyMap<string, NewTimerRow | null>): readonly NewTimerRow[] =>
  [...changes.values()].filter((row) => row !== null);

const NONE: Deadlines = new Map();

type App = Account['apps'] extends ReadonlyMap<string, infer T> ? T : never;

/** Remembered with the state, which the next one is compared with. */
const keptWith = <State extends object>(rowsOf: (accountId: string, state: State) => Deadlines): typeof rowsOf => {
  const known = new WeakMap<State, Deadlines>();
  return (accountId, state) => {
    const rows = known.get(state) ?? rowsOf(accountId, state);
    known.set(state, rows);
    return rows;
  };
};

const ofApp = keptWith((accountId, app: App) => byId(accountId, app.gone === null ? appTimers(app) : []));

const ofAccountKept = keptWith((accountId, account: Account) =>
  byId(accountId, accountTimers(account, account.lastAt)),
);

const ofAccount = (account: Account): Deadlines => ofAccountKept(account.accountId, account);

const byId = (accountId: string, timers: readonly Timer[]): Deadlines =>
  new Map(timers.map((timer) => deadline(accountId, timer)).map((row) => [row.timer_id, row]));

const deadline = (accountId: string, timer: Timer): Deadline => {
  const { kind, dueAt, appId } = timer;
  const product = timer.kind === 'term-end' ? timer.product : undefined;
  const period = timer.kind === 'settle-month' || timer.kind === 'settle-day' ? timer.period : undefined;
  const daysLeft = timer.kind === 'notice' ? timer.daysLeft : undefined;
  return {
    account_id: accountId,
    timer_id: [kind, appId, product, period, daysLeft].filter((part) => part !== undefined && part !== null).join('/'),
    kind,
    due_at: iso(dueAt),
    app_id: appId,
    product: product ?? null,
    period: period ?? null,
    days_left: daysLeft ?? null,
  };
};
