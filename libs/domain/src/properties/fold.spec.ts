/** The fold of any history: total, storable, the same from a stored state on. design.md §3, §5; P-0.4 */
import { describe, expect, it } from '@jest/globals';
import type { Account } from '../accounts/account.js';
import { instant } from '../calendar.js';
import type { Decided } from '../decision.js';
import type { AccountEvent } from '../events.js';
import { evolve } from '../evolve.js';
import { fromStored, toStored } from '../stored.js';
import { nextDueAt } from '../timers.js';
import { accountView, appView, timerViews } from '../views.js';
import { wrongInAny } from './failure.js';
import type { Ledger } from './ledger.js';

/** References are kept in a set whose versions share their memory; what counts is what it holds. */
const content = (account: Account | null): object | null =>
  account && { ...account, wallet: { ...account.wallet, references: [...account.wallet.references] } };

/** The state after each event of each account. */
const states = function* (ledger: Ledger): Generator<{ before: Account | null; event: AccountEvent; after: Account }> {
  for (const accountId of ledger.accounts.keys()) {
    let before: Account | null = null;
    for (const event of ledger.accountEvents(accountId)) {
      const after = evolve(before, event);
      yield { before, event, after };
      before = after;
    }
  }
};

describe('the fold of any prefix of an account’s events', () => {
  it('does not throw, nor do the views of the state', () => {
    const wrong = wrongInAny(function* (ledger) {
      for (const { event, after } of states(ledger)) {
        const at = instant(event.effectiveAt);
        const apps = [...after.apps.values()].map((app) => appView(after.accountId, app, at));
        if (apps.length !== after.apps.size || !accountView(after) || !timerViews(after, at)) yield event;
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('is the state it was, when it has been stored and read, and goes on the same', () => {
    const wrong = wrongInAny((ledger) => {
      for (const { before, event, after } of states(ledger)) {
        const read = fromStored(toStored(after));
        expect(content(read)).toStrictEqual(content(after));
        expect(nextDueAt(read)).toBe(nextDueAt(after));
        const goneOn = evolve(before && fromStored(toStored(before)), event);
        expect(content(goneOn)).toStrictEqual(content(after));
      }
    }, 50);
    expect(wrong).toBeUndefined();
  });
});

describe('P-0.4 an append can be decided again by anyone', () => {
  it('from a stored state, to the same events and clauses', () => {
    const wrong = wrongInAny(({ appends }) => {
      for (const { before, again } of appends) {
        const [first, anew] = [before, before && fromStored(toStored(before))].map((state) => again(state) as Decided);
        expect([anew?.events, anew?.clauses]).toStrictEqual([first?.events, first?.clauses]);
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('and the state that it says it leaves is the fold of its events', () => {
    const wrong = wrongInAny(({ appends }) => {
      for (const { said, after } of appends) expect(content(said ?? after)).toStrictEqual(content(after));
    });
    expect(wrong).toBeUndefined();
  });
});

/** Strings, booleans, integers, nulls, and lists and objects of them. */
const isPlain = (value: unknown): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isPlain);
  return (
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(value).every(isPlain)
  );
};

describe('design.md §3 every event’s data is plain JSON', () => {
  it('of strings, booleans, integers and nulls only', () => {
    const wrong = wrongInAny(({ appends }) =>
      appends.flatMap(({ events }) => events.filter((event) => !isPlain(event))),
    );
    expect(wrong).toBeUndefined();
  });
});
