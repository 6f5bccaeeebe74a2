/**
 * The whole life of an app as a table: at each instant what is asked, and every event that follows. An event that is not
 * in the table fails it, and so does one at any other instant.
 */
import { expect } from '@jest/globals';
import { DAY, instant, iso } from '../calendar.js';
import type { Command } from '../commands.js';
import type { RefusalName } from '../decision.js';
import { simulate, type SimulationResult, type Step } from '../simulate.js';
import type { Expected } from './scenario.js';

/** Without a command, time alone brings the events. */
export type Chapter = readonly [time: string, command: Command | null, ...events: readonly (Expected | Refusal)[]];
export type Refusal = { readonly refused: RefusalName };

export const refused = (name: RefusalName): Refusal => ({ refused: name });

/** Days before an expiry on which nothing but its notice comes, from one number of days left down to another. */
export const countdown = (expiry: string, from = 7, to = 1): readonly Chapter[] =>
  Array.from({ length: from - to + 1 }, (_, i) => {
    const daysLeft = from - i;
    return [iso(instant(expiry) - daysLeft * DAY), null, { type: 'NoticeIssued', notice: 'expiry', daysLeft }];
  });

/** Runs the table and answers the result at its end. */
export const expectLife = (...chapters: readonly Chapter[]): SimulationResult => {
  const steps = chapters.map(([time, command]): Step => ({ at: instant(time), ...(command && { command }) }));
  const result = simulate(steps);
  const [events, refusals] = [chapters.flatMap(eventsOf), chapters.flatMap(refusalsOf)];
  const seen = result.events.map(({ type, data }) => ({ type, ...data }));
  // Types first: a difference of a line is read more easily than one of a life.
  expect(seen.map(({ type, effectiveAt }) => `${effectiveAt} ${type}`)).toEqual(
    events.map(({ type, effectiveAt }) => `${String(effectiveAt)} ${type}`),
  );
  expect(seen).toMatchObject(events);
  expect(result.refusals.map(({ step, refusal }) => ({ step, refusal }))).toEqual(refusals);
  return result;
};

const eventsOf = ([time, , ...followed]: Chapter): readonly Expected[] =>
  followed.flatMap((each) => ('type' in each ? [{ ...each, effectiveAt: iso(instant(time)) }] : []));

const refusalsOf = ([, , ...followed]: Chapter, step: number): readonly object[] =>
  followed.flatMap((each) => ('refused' in each ? [{ step, refusal: each.refused }] : []));
