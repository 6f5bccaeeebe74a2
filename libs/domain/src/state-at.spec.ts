import { describe, expect, it } from '@jest/globals';
import type { Account } from './accounts/account.js';
import { instant } from './calendar.js';
import type { AccountEvent } from './events.js';
import { evolve } from './evolve.js';
import { stateAt } from './state-at.js';
import { createApp, openAccount, purchase, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';
import { accountView, appView, type AppView } from './views.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';

const folded = (history: Scenario): Account => {
  const events = history.result.events.map(({ type, data }) => ({ type, ...data }) as AccountEvent);
  const account = events.reduce<Account | null>(evolve, null);
  if (!account) throw new Error('there is no account');
  return account;
};

const appAt = (account: Account, time: string): AppView => {
  const at = instant(time);
  const app = stateAt(account, at).apps.get('p1');
  if (!app) throw new Error('there is no app p1');
  return appView(account.accountId, app, at);
};

describe('P-0.7 what time has brought is true before it is written', () => {
  const standard = given(BOUGHT, openAccount('USD'), topUp('1000.00'), createApp('intl-2024'), purchase('standard'));

  it('as a simulation to the same instant says', () => {
    const account = folded(standard);
    for (const time of ['2024-09-01T09:59:59+08:00', '2024-09-01T10:00:00+08:00', '2024-09-02T10:00:00+08:00'])
      expect(appAt(account, time)).toEqual(standard.until(time).app());
  });

  it('beyond settlements that nobody has drawn up', () => {
    const account = folded(standard);
    expect(appAt(account, '2024-12-02T00:00:00+08:00').status).toBe('reclaimed');
    expect(appAt(account, '2027-08-01T00:00:00+08:00').status).toBe('reclaimed');
  });

  it('and settlements are left out: a package charged by the month costs nothing here', () => {
    const postpaid = given(
      BOUGHT,
      openAccount('USD'),
      topUp('1.00'),
      createApp('intl-2022'),
      purchase('standard', { months: undefined }),
    );
    const account = stateAt(folded(postpaid), instant('2026-08-01T10:00:00+08:00'));
    expect(accountView(account)).toMatchObject({ cash: '1.00', overdueSince: null });
  });

  it('and without anything due it is the state itself', () => {
    const account = folded(standard);
    expect(stateAt(account, instant('2024-08-05T10:00:00+08:00'))).toBe(account);
  });
});
