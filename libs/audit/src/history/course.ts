/**
 * The course of an account: what was recorded, event by event, then what time has brought though nobody recorded it. P-0.7
 *
 * Two axes of time. `at`: only what was effective by then, for facts are dated by what happened (P-0.4). `knownAt`: only what
 * had been recorded by then. Both cut a prefix of the stream, never holes into it: `effectiveAt` does not decrease, and an
 * event recorded by a clock that is a little ahead was decided from all events before it. Whole seconds on both axes: what
 * was recorded within the second of `knownAt` was known.
 */
import { advance, instant, nextDueAt, type AccountEvent, type Clause, type Instant } from '@ledger/domain';
import { entries, type Entry, type Streams } from './entries.js';
import { KnownUsage } from './known-usage.js';
import { NotAnswerable } from './not-answerable.js';
import { evolved, NOTHING, type Situation } from './situation.js';

export type Recorded = Entry & { readonly source: 'recorded' };

/** What is true by then though no event says so yet. */
export type Derived = {
  readonly source: 'derived';
  readonly event: AccountEvent;
  readonly clauses: readonly Clause[];
};

export type Step = Recorded | Derived;

/** One event with the situation that it met and the one that it left. */
export type Moment = { readonly step: Step; readonly before: Situation; readonly after: Situation };

export type Bounds = {
  /** Up to an instant, derived events included, or up to a revision, which is always a recorded event. */
  readonly end: { readonly at: Instant } | { readonly revision: bigint };
  /** Null: all that is recorded. */
  readonly knownAt: Instant | null;
};

/** More appends of time alone than any reader of a replay wants; the journal of fifty years has fewer. */
const MOST_DERIVED = 2_000;

/** Throws a StoreError, and NotAnswerable. */
export async function* course(
  streams: Streams,
  accountId: string,
  { end, knownAt }: Bounds,
): AsyncGenerator<Moment, void, undefined> {
  let situation = NOTHING;
  let exists = false;
  let last = -1n;
  for await (const entry of entries(streams, accountId)) {
    exists = true;
    if (knownAt !== null && instant(entry.metadata.recordedAt) > knownAt) break;
    if ('at' in end && instant(entry.event.effectiveAt) > end.at) break;
    last = entry.revision;
    const before = situation;
    situation = evolved(before, entry.event);
    yield { step: { source: 'recorded', ...entry }, before, after: situation };
    if ('revision' in end && entry.revision === end.revision) return;
  }
  if (!exists) throw new NotAnswerable({ kind: 'unknown-account', accountId });
  if ('revision' in end) throw new NotAnswerable({ kind: 'unknown-revision', revision: end.revision, last });
  yield* derived(situation, end.at, new KnownUsage(streams, knownAt));
}

/** As the write path would have written it: settlements too, from the usage that was known. */
async function* derived(start: Situation, at: Instant, usage: KnownUsage): AsyncGenerator<Moment, void, undefined> {
  let situation = start;
  for (let appends = 0; situation.account !== null; appends += 1) {
    const dueAt = nextDueAt(situation.account);
    if (dueAt === null || dueAt > at) return;
    if (appends >= MOST_DERIVED) throw new NotAnswerable({ kind: 'too-far', appends: MOST_DERIVED });
    const { events, clauses } = advance(situation.account, await usage.dueFor(situation.account, dueAt));
    for (const event of events) {
      const before = situation;
      situation = evolved(before, event);
      yield { step: { source: 'derived', event, clauses }, before, after: situation };
    }
  }
}
