import { describe, expect, it } from '@jest/globals';
import type { Account } from './accounts/account.js';
import { instant } from './calendar.js';
import type { Question } from './entitlement-check.js';
import { explainEntitlement, type Explained } from './entitlement-raises.js';
import type { AccountEvent } from './events.js';
import { evolve } from './evolve.js';
import * as say from './testing/commands.js';
import { createApp, purchase, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const NOW = '2024-08-05T10:00:00+08:00';

const onTrial = given(BOUGHT, say.openAccount('USD'), topUp('9000.00'), createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));

const explain = (history: Scenario, question: Question): Explained => {
  const events = history.until(NOW).result.events.map(({ type, data }) => ({ type, ...data }) as AccountEvent);
  const app = events.reduce<Account | null>(evolve, null)?.apps.get('p1');
  if (!app) throw new Error('there is no app p1');
  return explainEntitlement(app, question, instant(NOW));
};

const limit = (name: string, wanted: number): Question => ({ ask: 'limit', limit: name, wanted });

describe('P-9.1 what would raise an entitlement', () => {
  it('is the higher package that has more, at its price', () =>
    expect(explain(standard, { ask: 'members', groupType: 'public', wanted: 2000 })).toEqual({
      allowed: false,
      limit: 'membersPerGroup',
      value: 200,
      holds: [],
      package: 'standard',
      suspendedSince: null,
      raisedBy: [{ kind: 'package', product: 'premium', quantity: 1, listPrice: '699', value: 2000, enough: true }],
    }));

  it('is named too where it is not enough', () =>
    expect(explain(standard, limit('groupsPerUser', 5000)).raisedBy).toMatchObject([
      { product: 'premium', value: 1000, enough: false },
    ]));

  it('is every package above Trial that has the feature or the place', () => {
    expect(explain(onTrial, limit('friendsPerUser', 21)).raisedBy.map(({ product }) => product)).toEqual([
      'standard',
      'premium',
    ]);
    expect(explain(standard, { ask: 'feature', feature: 'community' }).raisedBy).toMatchObject([
      { kind: 'package', product: 'premium', value: null, enough: true },
    ]);
  });

  it('is the add-on that brings the feature', () =>
    expect(explain(standard, { ask: 'feature', feature: 'push' }).raisedBy).toEqual([
      { kind: 'add-on', product: 'push', quantity: 1, listPrice: '299', value: null, enough: true },
    ]));

  it('is the fewest of what is ordered by quantity, once what it needs runs', () => {
    expect(explain(standard, limit('deskSeats', 5)).raisedBy).toMatchObject([
      { product: 'desk', value: 3, enough: false },
    ]);
    expect(explain(standard.and(BOUGHT, purchase('desk')), limit('deskSeats', 5)).raisedBy).toEqual([
      { kind: 'add-on', product: 'desk-seat', quantity: 2, listPrice: '50', value: 5, enough: true },
    ]);
  });

  it('is no add-on of a family that runs, none that is not open to the package, and no call trial', () => {
    expect(explain(standard.and(BOUGHT, purchase('call-1v1')), { ask: 'feature', feature: 'call' })).toMatchObject({
      allowed: true,
      raisedBy: [],
    });
    const call = explain(standard, { ask: 'feature', feature: 'call' }).raisedBy;
    expect(call.map(({ product }) => product)).toEqual(['call-1v1', 'call-group']);
    expect(explain(onTrial, { ask: 'feature', feature: 'push' }).raisedBy).toEqual([]);
  });

  it('is nothing that the cap of the group type undoes', () =>
    expect(explain(standard, { ask: 'members', groupType: 'private', wanted: 201 }).raisedBy).toEqual([]));

  it('is the higher limit of the one that is not enough, where two hold', () => {
    const none = { created: 0, dissolved: 0 };
    const question: Question = { ask: 'new-group', today: { created: 100, dissolved: 0 }, broadcast: none };
    expect(explain(onTrial, question)).toMatchObject({
      limit: 'newGroupsPerDay',
      raisedBy: [{ product: 'standard' }, { product: 'premium' }],
    });
  });

  it('is nothing while the app does not serve: the holds say why and since when', () => {
    const stopped = standard.and('2024-08-02T10:00:00+08:00', say.disableApp());
    expect(explain(stopped, limit('groupsPerUser', 501))).toEqual({
      allowed: false,
      limit: null,
      value: null,
      holds: ['disabled'],
      package: 'standard',
      suspendedSince: '2024-08-02T02:00:00Z',
      raisedBy: [],
    });
  });
});
