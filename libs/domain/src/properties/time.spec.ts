/** Time passes the same way however it is looked at. P-0.4, P-0.6, P-0.7 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY, instant, type Instant } from '../calendar.js';
import { simulate, type SimulationResult, type Step } from '../simulate.js';
import { nextDueAt } from '../timers.js';
import { appView, type AppView } from '../views.js';
import { failureOf, wrongInAny } from './failure.js';
import { histories } from './histories.js';
import { isUsage, Ledger, played } from './ledger.js';

/** All of a result but the number of the step that a refusal names. */
const outcome = ({ refusals, ...rest }: SimulationResult): object => ({
  ...rest,
  refusals: refusals.map((refusal) => ({ ...refusal, step: null })),
});

/** Clock moves between the steps. */
const split = (steps: readonly Step[], fractions: readonly number[]): readonly Step[] =>
  steps.flatMap((step, i) => {
    const next = steps[i + 1]?.at ?? step.at;
    const between = fractions.map((fraction) => ({ at: step.at + Math.floor((next - step.at) * fraction) }));
    return [step, ...between.toSorted((a, b) => a.at - b.at)];
  });

const fractions = fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 1, maxLength: 3 });

describe('P-0.7 splitting a clock move into several changes nothing', () => {
  it('in events, refusals, states, bills and timers', () => {
    const failure = failureOf(
      fc.property(histories(), fractions, ({ steps }, at) => {
        expect(outcome(simulate(split(steps, at)))).toEqual(outcome(simulate(steps)));
      }),
    );
    expect(failure).toBeUndefined();
  });

  it('nor does leaving out all moves that carry no command', () => {
    const wrong = wrongInAny((_ledger, { steps }) => {
      const commands = steps.filter(({ command }) => command !== undefined);
      const end = steps.slice(-1).map(({ at }) => ({ at }));
      expect(outcome(simulate([...commands, ...end]))).toEqual(outcome(simulate(steps)));
    });
    expect(wrong).toBeUndefined();
  });
});

/** The clock has done what was due until some time ago; the rest comes with the command itself, and at the end. */
const lagging = (steps: readonly Step[], lag: Instant): Ledger => {
  const ledger = new Ledger();
  for (const { at, command } of steps) {
    if (!command) continue;
    ledger.advanceAll(at - lag);
    ledger.advance(command.accountId, at);
    ledger.ask(command, at);
  }
  ledger.advanceAll(steps.at(-1)?.at ?? 0);
  return ledger;
};

/** Nobody advances the account when it is only metered: its bills are drawn up when it is next asked something else. */
const settledLate = (punctual: Ledger, end: Instant): Ledger => {
  const late = new Ledger();
  for (const { at, command, events } of punctual.appends) {
    const metered = events.filter(isUsage);
    metered.forEach((event) => late.receive(event));
    if (!command || metered.length > 0) continue;
    late.advance(command.accountId, at);
    late.ask(command, at);
  }
  late.advanceAll(end);
  return late;
};

describe('P-0.4 a late clock writes the same facts', () => {
  it('a command late by the clock’s lag gives the events of one in time', () => {
    const failure = failureOf(
      fc.property(histories(), fc.constantFrom(1, 3600, DAY, 40 * DAY, 4000 * DAY), ({ steps }, lag) => {
        const [late, punctual] = [lagging(steps, lag), played(steps)];
        expect(late.refusals.map(({ refused }) => refused)).toEqual(punctual.refusals.map(({ refused }) => refused));
        for (const accountId of punctual.accounts.keys())
          expect(late.events(accountId)).toEqual(punctual.events(accountId));
      }),
    );
    expect(failure).toBeUndefined();
  });

  it('settling late equals settling in time: usage that came in meanwhile is not seen', () => {
    const wrong = wrongInAny((punctual, { steps }) => {
      const late = settledLate(punctual, steps.at(-1)?.at ?? 0);
      for (const accountId of punctual.accounts.keys())
        expect(late.accountEvents(accountId)).toEqual(punctual.accountEvents(accountId));
    });
    expect(wrong).toBeUndefined();
  });
});

describe('P-0.7 effectiveAt never decreases within an account', () => {
  it('and every event is dated by the instant for which it was decided', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      const last = new Map<string, Instant>();
      for (const { accountId, at, events } of appends) {
        if (at < (last.get(accountId) ?? 0)) yield { accountId, at };
        last.set(accountId, at);
        yield* events.filter(({ effectiveAt }) => instant(effectiveAt) !== at);
      }
    });
    expect(wrong).toBeUndefined();
  });
});

/** More appends at one instant than these histories have cause for: what is due, and the rest of it. */
const APPENDS_AT_ONCE = 5;

describe('P-0.7 time ends: what has been advanced is not due again', () => {
  it('each append that time brings has events, leaves nothing earlier due, and few stand at one instant', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      const atOnce = new Map<string, number>();
      for (const { accountId, at, command, events, after } of appends) {
        if (command) continue;
        const key = `${accountId}/${at}`;
        const count = (atOnce.get(key) ?? 0) + 1;
        atOnce.set(key, count);
        const next = after && nextDueAt(after);
        if (events.length === 0 || count > APPENDS_AT_ONCE || (next !== null && next < at)) yield { key, count, next };
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('nothing is due at or before the instant of a command that was decided', () => {
    const wrong = wrongInAny(({ appends }) =>
      appends.filter(({ at, command, after }) => command && after && (nextDueAt(after) ?? Infinity) <= at),
    );
    expect(wrong).toBeUndefined();
  });
});

const viewsOf = ({ accounts }: Ledger, at: Instant): readonly AppView[] =>
  [...accounts.values()].flatMap((account) =>
    [...account.apps.values()].map((app) => appView(account.accountId, app, at)),
  );

describe('P-9.1 entitlements do not depend on when timers fired', () => {
  it('an app’s view at an instant is the same, advanced at once or bit by bit', () => {
    const failure = failureOf(
      fc.property(histories(), fc.nat({ max: 200 * DAY }), ({ steps }, later) => {
        const [last, once, often] = [steps.at(-1)?.at ?? 0, played(steps), played(steps)];
        once.advanceAll(last + later);
        for (let at = last; at < last + later; at += 5 * DAY) often.advanceAll(at);
        often.advanceAll(last + later);
        expect(viewsOf(often, last + later)).toEqual(viewsOf(once, last + later));
      }),
    );
    expect(failure).toBeUndefined();
  });
});
