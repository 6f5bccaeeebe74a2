/** An account as it was at an instant, by what had been recorded until another: both axes of time. */
import { addMonths, instant, iso, localMonth, type Account, type Instant, type UsageKey } from '@ledger/domain';
import { course, type Bounds, type Moment } from './history/course.js';
import type { Streams } from './history/entries.js';
import { happeningOf, type Happening } from './history/happening.js';
import { KnownUsage } from './history/known-usage.js';
import { NOTHING, type Situation } from './history/situation.js';
import { changesBetween, type Change } from './state/changes.js';
import { factsOf, type Facts } from './state/facts.js';
import { hasThing } from './state/things.js';
import { sentencesOf } from './state/words.js';

export type Replay = {
  readonly accountId: string;
  /** The instant of the state: the one asked for, or that of the revision asked for. */
  readonly at: string | null;
  readonly knownAt: string | null;
  /** Of the last event recorded that is in it; null where there is none yet. */
  readonly revision: string | null;
  /** What time has brought by then though, as far as was known, nobody had recorded it. It is in the state. */
  readonly derived: readonly Happening[];
  /** Empty before the account was opened. */
  readonly state: Facts;
  /** Metering facts of the months that can still be billed or adjusted: app, month, meter, day. */
  readonly usage: Facts;
};

/** One event of a replay, and what it changed. */
export type ReplayedStep = {
  readonly happening: Happening;
  readonly changes: readonly Change[];
  /** The same in words. */
  readonly sentences: readonly string[];
};

/** A month is adjusted on the bills of the three after it, the last of which is drawn up in the fourth (P-7.9). */
const MONTHS_OPEN = 4;

/** One read of the account's stream, and one of each usage stream shown. Throws a StoreError, and NotAnswerable. */
export const replay = async (streams: Streams, accountId: string, bounds: Bounds): Promise<Replay> => {
  let revision: bigint | null = null;
  let situation = NOTHING;
  const derived: Happening[] = [];
  for await (const { step, after } of course(streams, accountId, bounds)) {
    situation = after;
    if (step.source === 'recorded') revision = step.revision;
    else derived.push(happeningOf(step));
  }
  const { end, knownAt } = bounds;
  const at = instantOf(situation, end);
  return {
    accountId,
    at: at === null ? null : iso(at),
    knownAt: knownAt === null ? null : iso(knownAt),
    revision: revision === null ? null : String(revision),
    derived,
    state: at === null ? {} : factsOf(situation, at),
    usage: await usageFacts(new KnownUsage(streams, knownAt), situation.account, at),
  };
};

/** Event by event: what it was, who asked and why, what it changed. Throws a StoreError, and NotAnswerable. */
export async function* replaySteps(
  streams: Streams,
  accountId: string,
  bounds: Bounds,
): AsyncGenerator<ReplayedStep, void, undefined> {
  for await (const moment of course(streams, accountId, bounds)) yield stepOf(moment);
}

const stepOf = ({ step, before, after }: Moment): ReplayedStep => {
  const changes = changesBetween(before, after, instant(step.event.effectiveAt));
  const sentences = sentencesOf(
    changes.map((change) => ({ ...change, because: [] })),
    (thing) => hasThing(before, thing),
    (thing) => hasThing(after, thing),
  );
  return { happening: happeningOf(step), changes, sentences: sentences.map(({ words }) => words) };
};

/** A state at a revision is seen at the instant of its event. */
const instantOf = ({ account }: Situation, end: Bounds['end']): Instant | null =>
  'at' in end ? end.at : (account?.lastAt ?? null);

const usageFacts = async (usage: KnownUsage, account: Account | null, at: Instant | null): Promise<Facts> => {
  if (account === null || at === null) return {};
  const found: { [appId: string]: { [month: string]: Facts } } = {};
  for (const [{ appId, month }, { figures }] of await usage.months(openMonths(account, at), at))
    (found[appId] ??= {})[month] = Object.fromEntries(
      [...figures].map(([series, days]) => [
        series.replace(/\/$/, ''),
        Object.fromEntries([...days].map(([day, { value }]) => [day, value])),
      ]),
    );
  return found;
};

const openMonths = ({ apps }: Account, at: Instant): readonly UsageKey[] => {
  const current = localMonth(at);
  const months = Array.from({ length: MONTHS_OPEN + 1 }, (_, n) => addMonths(current, n - MONTHS_OPEN));
  return [...apps.values()].flatMap(({ appId, createdAt }) =>
    months.filter((month) => month >= localMonth(createdAt)).map((month) => ({ appId, month })),
  );
};
