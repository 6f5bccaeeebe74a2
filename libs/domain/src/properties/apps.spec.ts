/** The life of an app over any history: its paid terms, and its end. P-2.1, P-3.1, P-6.5 */
import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../events.js';
import { PaidTerms } from '../invariants/paid-terms.js';
import { dueTimers } from '../timers.js';
import { wrongInAny } from './failure.js';
import type { Ledger } from './ledger.js';

/** The events of each app, in their order. */
const eventsByApp = function* ({ appends }: Ledger): Generator<readonly [string, LedgerEvent]> {
  for (const { events } of appends)
    for (const event of events) if ('appId' in event && event.appId !== undefined) yield [event.appId, event];
};

describe('P-2.1 the paid terms of a product of an app never overlap', () => {
  it('the package’s, whatever it is renewed, upgraded or migrated to, and each add-on’s', () => {
    const wrong = wrongInAny(function* (ledger) {
      const apps = new Map<string, PaidTerms>();
      for (const [appId, event] of eventsByApp(ledger)) {
        const terms = apps.get(appId) ?? new PaidTerms();
        apps.set(appId, terms);
        const found = terms.audit(event);
        if (found !== null) yield found;
      }
    });
    expect(wrong).toBeUndefined();
  });
});

describe('P-6.5 nothing happens to a reclaimed app but its deletion, and nothing to a deleted one', () => {
  it('in the events of its account and of its usage', () => {
    const wrong = wrongInAny(function* (ledger) {
      const gone = new Map<string, LedgerEvent['type']>();
      for (const [appId, event] of eventsByApp(ledger)) {
        const end = gone.get(appId);
        if (end === 'AppDeleted' || (end !== undefined && event.type !== 'AppDeleted')) yield { end, event };
        if (event.type === 'ResourcesReclaimed' || event.type === 'AppDeleted') gone.set(appId, event.type);
      }
    });
    expect(wrong).toBeUndefined();
  });

  it('nor is anything armed for it', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      for (const { at, after } of appends)
        for (const timer of after ? dueTimers(after, at) : [])
          if (timer.appId !== null && after?.apps.get(timer.appId)?.gone !== null) yield timer;
    });
    expect(wrong).toBeUndefined();
  });
});
