/**
 * Why a fact is so: the smallest chain of events that makes it so, and behind each event what brought it: the command and its
 * actor, the event that it came along with, or the deadline that was due, with the events that had armed it in turn.
 */
import { grantsOf, instant, iso, type Clause, type Grant, type Instant } from '@ledger/domain';
import { course, type Bounds } from '../history/course.js';
import type { Streams } from '../history/entries.js';
import { clauseText, happeningOf, type ClauseText, type Happening } from '../history/happening.js';
import { factsOf, type Fact } from '../state/facts.js';
import { unknownFact } from '../state/paths.js';
import { chainOf, type Chain } from './chain.js';
import { appendOf, deadlineOf } from './deadline.js';
import { clausesOfFact } from './defined-by.js';
import { meteredFor, type Metered } from './metered.js';
import { Past } from './past.js';
import { readerOf } from './reader.js';

/** A fact with the events that made it so. */
export type Because = {
  readonly fact: string;
  readonly value: Fact;
  /** What it was before the decisive event; null also where there was no such fact. */
  readonly was: Fact;
  /** The clauses that say what the fact is computed from. */
  readonly definedBy: readonly ClauseText[];
  /** Oldest first; the last one decisive. An event that was told before stands here by its place only. */
  readonly reasons: readonly (Reason | Told)[];
  /** False where the history was too long to try every event: then some reasons may be dispensable. */
  readonly isMinimal: boolean;
};

export type Told = { readonly place: number };

export type Reason = Told & {
  readonly happening: Happening;
  /** The first event of the append, where it is another: `ArrearsCleared` comes along with a `FundsToppedUp`. */
  readonly with: (Told & { readonly happening: Happening }) | null;
  /** Where time brought it: the deadline that was due, and who had armed it. */
  readonly deadline: Because | null;
};

export type Why = Because & {
  readonly accountId: string;
  readonly at: string;
  /** Of a limit or a feature: the rows of price books, and the history tier, that give it. */
  readonly grants: readonly Grant[];
  /** The metering facts behind the bills among the reasons. */
  readonly metered: readonly Metered[];
};

/** Facts behind facts are followed so far; beyond, the deadline is named and not explained. */
const MOST_EXPLAINED = 20;
const MOST_FOLDED_FOR_A_DEADLINE = 10_000;
/** So many lines of bills are followed into the usage streams. */
const MOST_METERED = 40;

/** Throws a StoreError, and NotAnswerable: also for a path that leads nowhere, with what may stand in it. */
export const why = async (streams: Streams, accountId: string, fact: string, bounds: Bounds): Promise<Why> => {
  const past = await Past.of(course(streams, accountId, bounds));
  const at = 'at' in bounds.end ? bounds.end.at : (past.last.account?.lastAt ?? 0);
  const chain = chainOf(past, readerOf(fact, at));
  if (!chain) throw unknownFact(factsOf(past.last, at), fact);
  const explanation = new Explanation(past);
  const because = explanation.because(fact, chain);
  const metered: Metered[] = [];
  for (const place of explanation.places) {
    const event = past.steps[place]?.event;
    if (event?.type === 'BillIssued' && metered.length < MOST_METERED)
      metered.push(...(await meteredFor(streams, place, event)));
  }
  return { accountId, at: iso(at), ...because, grants: grantsFor(past, fact, at), metered };
};

const GRANTED = /^apps\.([^.]+)\.entitlements\.(?:limits|features)\.([^.]+)$/;

const grantsFor = ({ last }: Past, fact: string, at: Instant): readonly Grant[] => {
  const [, appId = '', name = ''] = GRANTED.exec(fact) ?? [];
  const app = last.account?.apps.get(appId);
  return app ? grantsOf(app, name, at) : [];
};

/** Tells every event once. */
class Explanation {
  private readonly told = new Set<number>();
  private readonly alongside = new Set<number>();
  private explained = 0;

  constructor(private readonly past: Past) {}

  /** Of all events told, those that only came along included. */
  get places(): readonly number[] {
    return [...new Set([...this.told, ...this.alongside])].toSorted((a, b) => a - b);
  }

  because(fact: string, { value, was, places, isMinimal }: Chain): Because {
    const untold = new Set(places.filter((place) => !this.told.has(place)));
    for (const place of untold) this.told.add(place);
    const definedBy = clausesOfFact(fact).map((clause: Clause) => clauseText(clause));
    // The decisive event first: what is told on the way to it need not be told again.
    const reasons = places.toReversed().map((place) => (untold.has(place) ? this.reason(place) : { place }));
    return { fact, value, was: was ?? null, definedBy, reasons: reasons.toReversed(), isMinimal };
  }

  private reason(place: number): Reason {
    const first = appendOf(this.past, place);
    const own = this.deadline(place);
    const head = first === place ? null : { place: first, happening: this.happening(first) };
    if (head) this.alongside.add(first);
    return { place, happening: this.happening(place), with: head, deadline: own ?? (head && this.deadline(first)) };
  }

  private deadline(place: number): Because | null {
    if (this.explained >= MOST_EXPLAINED) return null;
    const due = deadlineOf(this.past, place);
    if (due === null) return null;
    this.explained += 1;
    const at = instant(this.past.steps[place]?.event.effectiveAt ?? '') - 1;
    const chain = chainOf(this.past, readerOf(due.fact, at), {
      end: due.before,
      mostFolded: MOST_FOLDED_FOR_A_DEADLINE,
    });
    return chain && this.because(due.fact, chain);
  }

  private happening(place: number): Happening {
    const step = this.past.steps[place];
    if (!step) throw new Error(`there is no step ${place}`);
    return happeningOf(step);
  }
}
