/**
 * The smallest chain of events that makes a fact so, found from the fold alone (ADR 0012).
 *
 * 1. The **decisive** event is the last that changed the fact: before it the fact was `was`, since then it is `value`.
 * 2. The **candidates** are the events up to it that replaced a part of the state which the fact is computed from. Where they,
 *    folded alone, do not make the same change, all events are.
 * 3. From the last to the first, each is left out for good where the rest, folded alone, still makes the same change: `was`
 *    before the decisive event and `value` after it. At the end none of those left can go.
 *
 * Asking for the change and not just for the value keeps a chain honest: that a hold is false follows from the creation of the
 * app alone, but that it was lifted does not.
 */
import type { AccountEvent } from '@ledger/domain';
import { evolved, NOTHING, type Situation } from '../history/situation.js';
import type { Fact } from '../state/facts.js';
import type { Past } from './past.js';
import { isSame, type Reader } from './reader.js';

export type Chain = {
  readonly value: Fact;
  /** Undefined where there was no such fact before. */
  readonly was: Fact | undefined;
  /** Places in the past, ascending; the last is the decisive event. */
  readonly places: readonly number[];
  /** False where a long history was not tried to its end: then some of the chain may be dispensable. */
  readonly isMinimal: boolean;
};

/** So many events are folded in search of the smallest chain: under a second. */
const MOST_FOLDED = 100_000;

export type Within = {
  /** Up to a place in the past, not including it; all of it by default. */
  readonly end?: number;
  readonly mostFolded?: number;
};

/** Null where the past does not have the fact. */
export const chainOf = (
  past: Past,
  reader: Reader,
  { end = past.steps.length, mostFolded = MOST_FOLDED }: Within = {},
): Chain | null => {
  const change = lastChange(past, reader, end);
  return change && smallest(past, reader, change, mostFolded);
};

type FactChange = Pick<Chain, 'was' | 'value'> & { readonly decisive: number; readonly touched: readonly number[] };

const lastChange = ({ steps }: Past, { read, parts }: Reader, end: number): FactChange | null => {
  let situation = NOTHING;
  let [from, value]: (Fact | undefined)[] = [undefined, undefined];
  let [known, decisive] = [parts(situation), -1];
  const touched: number[] = [];
  for (const [place, { event }] of steps.slice(0, end).entries()) {
    situation = evolved(situation, event);
    const next = parts(situation);
    if (isSame(known, next)) continue;
    known = next;
    touched.push(place);
    const now = read(situation);
    if (now === value) continue;
    [from, value, decisive] = [value, now, place];
  }
  return value === undefined
    ? null
    : { was: from, value, decisive, touched: touched.filter((place) => place <= decisive) };
};

const smallest = (
  past: Past,
  reader: Reader,
  { was, value, decisive, touched }: FactChange,
  mostFolded: number,
): Chain => {
  const search = new Search(past, reader, { decisive, was, value }, mostFolded);
  // The account's opening is what all is folded on, though it may not have the part yet.
  const seeds = [...new Set([0, ...touched])].filter((place) => place !== decisive);
  if (reader.isSum && search.holds(NOTHING, seeds))
    return { was, value, places: [...seeds, decisive], isMinimal: true };
  const candidates = search.holds(NOTHING, seeds) ? seeds : Array.from({ length: decisive }, (_, place) => place);
  const places = search.withoutDispensable(search.backwards(candidates));
  return { was, value, places: [...places, decisive], isMinimal: !search.isSpent };
};

class Search {
  private folded = 0;

  constructor(
    private readonly past: Past,
    private readonly reader: Reader,
    private readonly change: Pick<FactChange, 'decisive' | 'was' | 'value'>,
    private readonly mostFolded: number,
  ) {}

  get isSpent(): boolean {
    return this.folded > this.mostFolded;
  }

  /** Whether the events of those places, folded onto a situation, leave the fact as it was, and the decisive one changes it. */
  holds(onto: Situation, places: readonly number[]): boolean {
    try {
      let situation = onto;
      for (const place of places) situation = this.#after(situation, place);
      return (
        this.reader.read(situation) === this.change.was &&
        this.reader.read(this.#after(situation, this.change.decisive)) === this.change.value
      );
    } catch {
      // The fold is total for what has happened, and not for what is left of it: a part without its beginning is no state.
      return false;
    }
  }

  /** Each is tried with all before it and what was kept after it, so a short chain is found in time linear to the candidates. */
  backwards(candidates: readonly number[]): readonly number[] {
    const situations: Situation[] = [NOTHING];
    for (const place of candidates) situations.push(this.#after(situations.at(-1) ?? NOTHING, place));
    const kept: number[] = [];
    for (let i = candidates.length - 1; i >= 0; i--) {
      const place = candidates[i] ?? 0;
      if (this.isSpent || !this.holds(situations[i] ?? NOTHING, kept)) kept.unshift(place);
    }
    return kept;
  }

  /** What became dispensable when others went: until none is. */
  withoutDispensable(places: readonly number[]): readonly number[] {
    let kept = places;
    for (let changed = true; changed;) {
      changed = false;
      for (const place of kept) {
        if (this.isSpent) return kept;
        const without = kept.filter((other) => other !== place);
        if (!this.holds(NOTHING, without)) continue;
        kept = without;
        changed = true;
      }
    }
    return kept;
  }

  #after(situation: Situation, place: number): Situation {
    const event: AccountEvent | undefined = this.past.steps[place]?.event;
    if (!event) throw new Error(`there is no event at ${place}`);
    this.folded += 1;
    return evolved(situation, event);
  }
}
