/**
 * What changed between two points of an account's life, and which events did it.
 *
 * Found by folding on from the first point event by event, and noting what each changed. A fact that went and came back is no
 * difference; one that no event changed was changed by the passing of time alone, such as the start of an order paid before.
 */
import { instant, iso, type Instant } from '@ledger/domain';
import { course, type Bounds, type Step } from './history/course.js';
import type { Streams } from './history/entries.js';
import { happeningOf, type Happening } from './history/happening.js';
import { NotAnswerable } from './history/not-answerable.js';
import { NOTHING, type Situation } from './history/situation.js';
import { changesBetween, differences, type Change } from './state/changes.js';
import { factsOf, type Facts } from './state/facts.js';
import { hasThing } from './state/things.js';
import { sentencesOf, type Sentence } from './state/words.js';

/** An instant, or a revision: the state right after that event. */
export type Point = Bounds['end'];

export type Explained = Change & {
  /** The events that changed it in between, the last one decisive, by their places in `events`. Empty: time alone did. */
  readonly because: readonly number[];
};

export type Difference = {
  readonly accountId: string;
  readonly from: { readonly at: string | null; readonly revision: string | null };
  readonly to: { readonly at: string | null; readonly revision: string | null };
  /** Those that changed something that differs. */
  readonly events: readonly Happening[];
  readonly changes: readonly Explained[];
  /** The same in words. */
  readonly sentences: readonly Sentence[];
};

type End = { readonly situation: Situation; readonly at: Instant | null; readonly revision: bigint | null };

/** Throws a StoreError, and NotAnswerable: also where `from` lies after `to`. */
export const difference = async (
  streams: Streams,
  accountId: string,
  from: Point,
  to: Point,
  knownAt: Instant | null,
): Promise<Difference> => {
  if (isBackwards(from, to)) throw new NotAnswerable({ kind: 'backwards' });
  const between: { readonly step: Step; readonly changes: readonly Change[] }[] = [];
  let [first, last]: [End, End] = [NOWHERE, NOWHERE];
  for await (const { step, before, after } of course(streams, accountId, { end: to, knownAt })) {
    const at = instant(step.event.effectiveAt);
    const revision = step.source === 'recorded' ? step.revision : last.revision;
    last = { situation: after, at, revision };
    if (isWithin(step, from)) first = last;
    else between.push({ step, changes: changesBetween(before, after, at) });
  }
  if (isAfter(from, last, to)) throw new NotAnswerable({ kind: 'backwards' });
  const [start, end] = [seen(first, from), seen(last, to)];
  const [was, is] = [factsAt(start), factsAt(end)];
  const { events, changes } = attributed(differences(was, is), between);
  const sentences = sentencesOf(
    changes,
    (thing) => hasThing(start.situation, thing),
    (thing) => hasThing(end.situation, thing),
  );
  return { accountId, from: placeOf(start), to: placeOf(end), events, changes, sentences };
};

const NOWHERE: End = { situation: NOTHING, at: null, revision: null };

const isBackwards = (from: Point, to: Point): boolean =>
  'at' in from && 'at' in to ? from.at > to.at : 'revision' in from && 'revision' in to && from.revision > to.revision;

/** Of an instant and a revision, which is later shows only in the stream. */
const isAfter = (from: Point, last: End, to: Point): boolean =>
  'at' in from
    ? 'revision' in to && last.at !== null && from.at > last.at
    : last.revision === null || from.revision > last.revision;

const isWithin = (step: Step, point: Point): boolean =>
  'at' in point
    ? instant(step.event.effectiveAt) <= point.at
    : step.source === 'recorded' && step.revision <= point.revision;

const seen = (end: End, point: Point): End => ('at' in point ? { ...end, at: point.at } : end);

const factsAt = ({ situation, at }: End): Facts => (at === null ? {} : factsOf(situation, at));

const placeOf = ({ at, revision }: End): Difference['from'] => ({
  at: at === null ? null : iso(at),
  revision: revision === null ? null : String(revision),
});

/** An event that changed nothing that still differs is left out. */
const attributed = (
  net: readonly Change[],
  between: readonly { readonly step: Step; readonly changes: readonly Change[] }[],
): Pick<Difference, 'events' | 'changes'> => {
  const changed = new Map(net.map(({ path }) => [path, new Set<number>()]));
  const events: Happening[] = [];
  for (const { step, changes } of between) {
    const mattering = changes.flatMap(({ path }) => changed.get(path) ?? []);
    if (mattering.length === 0) continue;
    for (const causes of mattering) causes.add(events.length);
    events.push(happeningOf(step));
  }
  return {
    events,
    changes: net.map((change) => ({ ...change, because: [...(changed.get(change.path) ?? [])] })),
  };
};
