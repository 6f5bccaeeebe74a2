import { describe, expect, it } from '@jest/globals';
import type { Account } from './accounts/account.js';
import { advance, usageDue } from './advance.js';
import { instant } from './calendar.js';
import type { AccountEvent } from './events.js';
import { evolve } from './evolve.js';
import * as say from './testing/commands.js';
import { createApp, purchase, topUp } from './testing/commands.js';
import { given } from './testing/scenario.js';
import { nextDueAt } from './timers.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const account = given(BOUGHT, say.openAccount('USD'), topUp('5000.00'));
const standard = account.and(BOUGHT, createApp('intl-2024'), purchase('standard'));

const NO_USAGE = new Map<string, never>();

/** The appends that time brings, one by one, up to and at an instant. */
const appends = (start: Account, until: string): readonly (readonly AccountEvent[])[] => {
  const found: (readonly AccountEvent[])[] = [];
  let state = start;
  for (let at = nextDueAt(state); at !== null && at <= instant(until); at = nextDueAt(state)) {
    const { events } = advance(state, NO_USAGE);
    found.push(events);
    state = events.reduce<Account>((so, event) => evolve(so, event), state);
  }
  return found;
};

describe('P-0.7 what is due happens each at its own instant', () => {
  it('an append for each instant, with all that is due at it', () => {
    const types = appends(standard.until('2024-08-31T10:00:00+08:00').state(), LAPSED).map((events) =>
      events.map(({ type, effectiveAt }) => `${effectiveAt} ${type}`),
    );
    expect(types).toEqual([
      ['2024-09-01T02:00:00Z Expired', '2024-09-01T02:00:00Z NoticeIssued'],
      ['2024-09-02T02:00:00Z Suspended', '2024-09-02T02:00:00Z NoticeIssued', '2024-09-02T02:00:00Z NoticeIssued'],
    ]);
  });

  it('the next instant is that of the first deadline, whatever kind it is', () => {
    expect(nextDueAt(standard.state())).toBe(instant('2024-08-25T10:00:00+08:00'));
    expect(nextDueAt(standard.and(BOUGHT, say.chargeAccount('9999.00')).state())).toBe(
      instant('2024-08-02T10:00:00+08:00'),
    );
  });

  it('nothing due is nothing done', () => {
    const quiet = given(BOUGHT, say.openAccount('CNY'), createApp('cn-2023')).state();
    expect(nextDueAt(quiet)).toBeNull();
    expect(advance(quiet, NO_USAGE).events).toEqual([]);
  });

  it('more than 500 events of one instant come in a further append, in the same order', () => {
    const ids = Array.from({ length: 300 }, (_, i) => `p${100 + i}`);
    const crowd = given(BOUGHT, say.openAccount('USD'), topUp('119700.00'))
      .and(BOUGHT, ...ids.flatMap((appId) => [createApp('intl-2024', { appId }), purchase('standard', { appId })]))
      .until('2024-09-01T09:59:59+08:00');
    const found = appends(crowd.state(), E);
    expect(found.map((events) => events.length)).toEqual([500, 100]);
    expect(found.flat().map((event) => ('appId' in event ? event.appId : ''))).toEqual([...ids, ...ids]);
  });
});

describe('P-0.7 P-3.4 a command in the second of a deadline comes after what was due', () => {
  const poor = given(BOUGHT, say.openAccount('USD'), topUp('399.00'), createApp('intl-2024')).and(
    BOUGHT,
    purchase('standard', { renewal: 'automatic' }),
  );

  it('a top-up in the last second of grace pays the renewal that waits', () => {
    poor.when('2024-09-02T09:59:59+08:00', topUp('399.00')).then({ type: 'FundsToppedUp' }, { type: 'Renewed' });
  });

  it('in the second of the suspension it comes too late', () => {
    poor.when(LAPSED, topUp('399.00')).then({ type: 'FundsToppedUp' });
  });
});

describe('P-0.6 P-3.4 renewals of one instant take the money in their order', () => {
  it('within an app by product: the desk takes what the package would have needed', () => {
    standard
      .and(BOUGHT, say.setRenewal('standard', 'automatic'), purchase('desk', { renewal: 'automatic' }))
      .and(BOUGHT, say.chargeAccount('3903.00'))
      .until('2024-08-31T10:00:00+08:00')
      .whenTimeIs(E)
      .then(
        { type: 'Renewed', order: { product: 'desk' } },
        { type: 'AutoRenewalFailed', product: 'standard', required: '399.00', available: '100.00' },
        { type: 'Expired' },
        { type: 'NoticeIssued', daysLeft: 0 },
      );
  });
});

describe('P-7.6 the usage that time needs', () => {
  it('is asked for when a settlement is next, of the month and of those that can still be adjusted', () => {
    const atSettlement = standard.until(LAPSED).state();
    expect(nextDueAt(atSettlement)).toBe(instant('2024-09-03T00:00:00+08:00'));
    expect(usageDue(atSettlement)).toEqual([{ appId: 'p1', month: '2024-08' }]);
  });

  it('and not before', () => {
    expect(usageDue(standard.state())).toEqual([]);
  });
});
