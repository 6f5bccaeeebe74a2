/** The life of an account as spans and points: what each app was, from when to when, and the money over time. */
import { appView, instant, iso, type AppStatus, type AppView, type Instant } from '@ledger/domain';
import { course, type Bounds } from './history/course.js';
import type { Streams } from './history/entries.js';
import { NOTHING } from './history/situation.js';

/** From its first second up to, not including, its last. */
export type AppSpan = {
  readonly from: string;
  readonly to: string;
  readonly status: AppStatus;
  readonly package: string | null;
  /** Why it did not serve. */
  readonly holds: readonly string[];
};

/** The balances from an instant on. */
export type Balance = { readonly at: string; readonly cash: string; readonly gift: string };

export type Mark = { readonly at: string; readonly type: string };

export type AppLife = {
  readonly appId: string;
  readonly spans: readonly AppSpan[];
  /** Orders, refunds and what ended, in time. */
  readonly marks: readonly Mark[];
};

export type Timeline = {
  readonly accountId: string;
  readonly currency: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly apps: readonly AppLife[];
  /** From when to when the account was overdue. */
  readonly overdue: readonly { readonly from: string; readonly to: string }[];
  /** Each change. */
  readonly money: readonly Balance[];
};

const MARKED: ReadonlySet<string> = new Set([
  'Purchased',
  'Renewed',
  'AutoRenewalFailed',
  'Upgraded',
  'Refunded',
  'PriceBookMigrated',
  'TrialExtended',
]);

type Open = { readonly from: string; readonly span: Omit<AppSpan, 'from' | 'to'> };
type Life = { open: Open | null; readonly spans: AppSpan[]; readonly marks: Mark[] };

/** Throws a StoreError, and NotAnswerable. */
export const timeline = async (streams: Streams, accountId: string, bounds: Bounds): Promise<Timeline> => {
  const lives = new Map<string, Life>();
  const money: Balance[] = [];
  const overdue: { from: string; to: string }[] = [];
  let [first, last, late]: [string | null, string | null, string | null] = [null, null, null];
  let situation = NOTHING;
  for await (const { step, before, after } of course(streams, accountId, bounds)) {
    const { event } = step;
    const { type, effectiveAt } = event;
    const at = instant(effectiveAt);
    first ??= effectiveAt;
    last = effectiveAt;
    situation = after;
    const account = after.account;
    if (!account) continue;
    for (const [appId, app] of account.apps)
      if (before.account?.apps.get(appId) !== app) enter(lives, appId, at, appView(accountId, app, at));
    if ('appId' in event && event.appId !== undefined && MARKED.has(type))
      lives.get(event.appId)?.marks.push({ at: effectiveAt, type });
    const { cash, gift } = account.wallet;
    const known = money.at(-1);
    if (known?.cash !== cash || known.gift !== gift) money.push({ at: effectiveAt, cash, gift });
    if (account.arrears !== null) late ??= effectiveAt;
    else if (late !== null) {
      overdue.push({ from: late, to: effectiveAt });
      late = null;
    }
  }
  const to = 'at' in bounds.end && first !== null ? iso(bounds.end.at) : last;
  if (late !== null && to !== null) overdue.push({ from: late, to });
  return {
    accountId,
    currency: situation.account?.currency ?? null,
    from: first,
    to,
    apps: [...lives].map(([appId, { spans, open, marks }]) => ({
      appId,
      spans: [...spans, ...ended(open, to)],
      marks,
    })),
    overdue,
    money,
  };
};

const enter = (
  lives: Map<string, Life>,
  appId: string,
  at: Instant,
  { status, package: name, holds }: AppView,
): void => {
  const life = lives.get(appId) ?? { open: null, spans: [], marks: [] };
  lives.set(appId, life);
  const span = { status, package: name, holds };
  if (life.open && JSON.stringify(life.open.span) === JSON.stringify(span)) return;
  life.spans.push(...ended(life.open, iso(at)));
  life.open = { from: iso(at), span };
};

/** A span without length is no time. */
const ended = (open: Open | null, to: string | null): readonly AppSpan[] =>
  open === null || to === null || open.from === to ? [] : [{ from: open.from, to, ...open.span }];
