import { describe, expect, it } from '@jest/globals';
import { instant } from './calendar.js';
import { checkEntitlement, type Answer, type Question } from './entitlement-check.js';
import * as say from './testing/commands.js';
import { createApp, purchase, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const NOW = '2024-08-05T10:00:00+08:00';

const onTrial = given(BOUGHT, say.openAccount('USD'), topUp('9000.00'), createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));
const premium = onTrial.and(BOUGHT, purchase('premium'));

const ask = (history: Scenario, question: Question): Answer => {
  const app = history.until(NOW).state().apps.get('p1');
  if (!app) throw new Error('there is no app p1');
  return checkEntitlement(app, question, instant(NOW));
};

describe('P-9.1 an app may do what its limits and features allow, while it serves', () => {
  it.each([
    ['up to a limit', { ask: 'limit', limit: 'friendsPerUser', wanted: 3000 }, true, 3000],
    ['not above it', { ask: 'limit', limit: 'friendsPerUser', wanted: 3001 }, false, 3000],
    ['anything, where it is unlimited', { ask: 'limit', limit: 'users', wanted: 1_000_000 }, true, 'unlimited'],
    ['nothing of a limit it does not have', { ask: 'limit', limit: 'deskSeats', wanted: 1 }, false, 0],
  ] as const)('%s', (_, question, allowed, value) => {
    expect(ask(standard, question)).toEqual({ allowed, limit: question.limit, value, holds: [], package: 'standard' });
  });

  it('a feature it has, and none that it has not', () => {
    const may = (history: Scenario, feature: string) => ask(history, { ask: 'feature', feature }).allowed;
    expect(may(standard, 'global-access')).toBe(true);
    expect(may(standard, 'community')).toBe(false);
    expect(may(premium, 'community')).toBe(true);
    expect(may(standard.and(BOUGHT, purchase('push')), 'push')).toBe(true);
  });

  it.each<Question>([
    { ask: 'limit', limit: 'users', wanted: 0 },
    { ask: 'feature', feature: 'global-access' },
    { ask: 'members', groupType: 'public', wanted: 0 },
    { ask: 'group-of-user', created: 0, joined: 0 },
    { ask: 'new-group', today: { created: 0, dissolved: 0 } },
  ])('while it does not serve nothing is allowed, and the causes are named: $ask', (question) => {
    const stopped = standard.and(BOUGHT, say.disableApp(), say.banAccount());
    expect(ask(stopped, question)).toMatchObject({ allowed: false, holds: ['banned', 'disabled'] });
  });
});

describe('P-9.2 members of a group: the smaller of the limit and the cap of the group type', () => {
  it.each([
    ['a private group, below the limit of the package', premium, 'private', 200, true, 200],
    ['a private group, above its cap', premium, 'private', 201, false, 200],
    ['another group, to the limit of the package', premium, 'public', 2000, true, 2000],
    ['another group, above it', premium, 'public', 2001, false, 2000],
    ['a private group of a package that has less', onTrial, 'private', 21, false, 20],
    ['a private group of a package that has as much', standard, 'private', 200, true, 200],
  ] as const)('%s', (_, history, groupType, wanted, allowed, value) => {
    expect(ask(history, { ask: 'members', groupType, wanted })).toMatchObject({
      allowed,
      limit: 'membersPerGroup',
      value,
    });
  });

  it('no add-on lifts the cap, though it lifts the limit', () => {
    const members = given(BOUGHT, say.openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('pro')).and(
      BOUGHT,
      purchase('members-2000'),
    );
    expect(ask(members, { ask: 'members', groupType: 'private', wanted: 201 }).allowed).toBe(false);
    expect(ask(members, { ask: 'members', groupType: 'public', wanted: 2000 }).allowed).toBe(true);
  });
});

describe('P-9.3 groups of a user = created + joined', () => {
  it.each([
    ['the last place', 200, 299, true],
    ['none left', 200, 300, false],
    ['created alone count', 500, 0, false],
    ['joined alone count', 0, 500, false],
    ['leaving or dissolving one gives the place back', 199, 300, true],
  ])('%s', (_, created, joined, allowed) => {
    expect(ask(standard, { ask: 'group-of-user', created, joined })).toMatchObject({
      allowed,
      limit: 'groupsPerUser',
      value: 500,
    });
  });
});

describe('P-9.4 net new groups in a day are limited', () => {
  const none = { created: 0, dissolved: 0 };

  it.each([
    ['the last of the day', { created: 9_999, dissolved: 0 }, true],
    ['one too many', { created: 10_000, dissolved: 0 }, false],
    ['dissolving one of that day gives the place back', { created: 10_000, dissolved: 1 }, true],
  ])('%s', (_, today, allowed) => {
    expect(ask(standard, { ask: 'new-group', today })).toMatchObject({
      allowed,
      limit: 'newGroupsPerDay',
      value: 10_000,
    });
  });

  it('of Trial: 100', () => {
    expect(ask(onTrial, { ask: 'new-group', today: { created: 99, dissolved: 0 } }).allowed).toBe(true);
    expect(ask(onTrial, { ask: 'new-group', today: { created: 100, dissolved: 0 } }).allowed).toBe(false);
  });

  it.each([
    ['at most 5 may be online-broadcast groups: the fifth', { created: 4, dissolved: 0 }, true],
    ['not a sixth', { created: 5, dissolved: 0 }, false],
    ['unless one of that day was dissolved', { created: 5, dissolved: 1 }, true],
  ])('%s', (_, broadcast, allowed) => {
    expect(ask(standard, { ask: 'new-group', today: { created: 50, dissolved: 0 }, broadcast })).toMatchObject({
      allowed,
      limit: 'broadcastGroupsPerDay',
      value: 5,
    });
  });

  it('another group is not held to the 5', () => {
    expect(ask(standard, { ask: 'new-group', today: { created: 50, dissolved: 0 } }).allowed).toBe(true);
  });

  it('a broadcast group is a group: the 10,000 hold for it too', () => {
    const question: Question = { ask: 'new-group', today: { created: 10_000, dissolved: 0 }, broadcast: none };
    expect(ask(standard, question)).toMatchObject({ allowed: false, limit: 'newGroupsPerDay' });
  });
});
