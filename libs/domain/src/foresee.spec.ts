import { describe, expect, it } from '@jest/globals';
import { foresee } from './foresee.js';
import * as say from './testing/commands.js';
import { createApp, purchase, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';
import type { Timer } from './timer.js';
import { dueTimers } from './timers.js';
import type { UsageRead } from './usage/bill.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';

/** Of each deadline armed at the end of the history: its kind, when, and the events that it will bring. */
const foreseen = (history: Scenario, usage: UsageRead = new Map()): readonly (readonly unknown[])[] => {
  const account = history.state();
  const timers = dueTimers(account, account.lastAt);
  const named = ({ kind, ...timer }: Timer): string => `${kind}${'daysLeft' in timer ? ` ${timer.daysLeft}` : ''}`;
  return foresee(account, timers, usage).map(({ events }, i) => [
    timers[i] && named(timers[i]),
    events.map(({ type }) => type),
  ]);
};

const of = (history: Scenario, kind: string): readonly unknown[] | undefined =>
  foreseen(history).find(([name]) => name === kind);

const standard = given(BOUGHT, say.openAccount('USD'), topUp('500.00'), createApp('intl-2024'), purchase('standard'));
const automatic = standard.and(BOUGHT, say.setRenewal('standard', 'automatic'));

describe('what a deadline will do as things stand', () => {
  it('is what a simulation brings when time passes', () => {
    const later = standard.until('2024-09-01T10:00:00+08:00').result.events.slice(standard.result.events.length);
    const brought = foreseen(standard)
      .filter(([kind]) => kind !== 'settle-month' && kind !== 'notice -1')
      .flatMap(([, events]) => events);
    expect(brought).toEqual(later.map(({ type }) => type));
  });

  it('renews a package where the money is there, and says what is missing where it is not', () => {
    const [funds] = foresee(
      automatic.state(),
      dueTimers(automatic.state(), automatic.state().lastAt).filter(({ kind }) => kind === 'term-end'),
      new Map(),
    );
    expect(funds?.events).toMatchObject([
      { type: 'AutoRenewalFailed', cause: 'funds', required: '399.00', available: '101.00' },
      { type: 'Expired' },
    ]);
    expect(of(automatic.and(BOUGHT, topUp('298.00')), 'term-end')).toEqual(['term-end', ['Renewed']]);
  });

  it('is nothing where an earlier deadline voids it', () => {
    const renews = automatic.and(BOUGHT, topUp('298.00'));
    expect(of(renews, 'notice -1')).toEqual(['notice -1', []]);
    expect(of(standard, 'notice -1')).toEqual(['notice -1', ['NoticeIssued']]);
  });

  it('of a settlement is the bill with the usage so far, and what follows from it', () => {
    const account = given(
      BOUGHT,
      say.openAccount('USD'),
      topUp('399.00'),
      createApp('intl-2024'),
      purchase('standard'),
    );
    const day = '2024-08-02';
    const usage: UsageRead = new Map([
      [
        'usage-p1-2024-08',
        { revision: 0n, figures: new Map([['mau/', new Map([[day, { value: 30_000, corrected: false }]])]]) },
      ],
    ]);
    const settlement = (read: UsageRead): unknown => foreseen(account, read).find(([kind]) => kind === 'settle-month');
    expect(settlement(new Map())).toEqual(['settle-month', ['BillIssued']]);
    expect(settlement(usage)).toEqual(['settle-month', ['BillIssued', 'Overdue', 'NoticeIssued']]);
  });
});
