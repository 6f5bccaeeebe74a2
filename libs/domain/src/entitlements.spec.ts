import { describe, expect, it } from '@jest/globals';
import { instant } from './calendar.js';
import { entitlements } from './entitlements.js';
import * as say from './testing/commands.js';
import { createApp, purchase, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const abroad = given(BOUGHT, say.openAccount('USD'), topUp('9000.00'), createApp('intl-2024'));
const standard = abroad.and(BOUGHT, purchase('standard'));
const pro = given(BOUGHT, say.openAccount('CNY'), topUp('90000.00'), createApp('cn-2023'), purchase('pro'));

const limits = (history: Scenario) => history.app().entitlements.limits;
const features = (history: Scenario) => history.app().entitlements.features;

describe("P-9.1 what an app may do is its package's limits and features", () => {
  it('of Trial, Standard, Premium: each its own', () => {
    expect(abroad.app().entitlements).toMatchObject({
      serving: true,
      limits: {
        users: 'unlimited',
        friendsPerUser: 20,
        membersPerGroup: 20,
        liveGroups: 50,
        historyDays: 7,
        mauQuota: 100,
      },
    });
    expect(features(abroad)).toEqual(expect.arrayContaining(['global-access', 'push-to-all', 'community']));
    expect(standard.app().entitlements).toEqual({
      serving: true,
      limits: {
        users: 'unlimited',
        friendsPerUser: 3000,
        groupsPerUser: 500,
        membersPerGroup: 200,
        ordinaryGroups: 'unlimited',
        liveGroups: 50,
        newGroupsPerDay: 10_000,
        broadcastGroupsPerDay: 5,
        historyDays: 7,
        mauQuota: 10_000,
      },
      features: ['global-access'],
    });
    const premium = standard.and(BOUGHT, say.upgrade('premium'));
    expect(limits(premium)).toMatchObject({ groupsPerUser: 1000, membersPerGroup: 2000, liveGroups: 'unlimited' });
    expect(features(premium)).toContain('community');
    expect(features(premium)).not.toContain('push-to-all');
  });

  it('a key that only add-ons raise is there when one raises it', () => {
    expect(limits(standard)).not.toHaveProperty('deskSeats');
    expect(limits(standard.and(BOUGHT, purchase('desk')))).toMatchObject({ deskSeats: 3 });
  });
});

describe('P-9.1 raised by its add-ons: the larger wins, and unlimited is the largest', () => {
  it('a number above the package', () => {
    expect(limits(pro.and(BOUGHT, purchase('members-2000')))).toMatchObject({ membersPerGroup: 2000, liveGroups: 50 });
  });

  it('unlimited above every number', () => {
    expect(limits(pro.and(BOUGHT, purchase('live-groups-unlimited')))).toMatchObject({ liveGroups: 'unlimited' });
  });

  it('the package, where it has more than an add-on of an older book', () => {
    const old = given(BOUGHT, say.openAccount('CNY'), topUp('9000.00'), createApp('cn-2019'), purchase('pro'))
      .and(BOUGHT, purchase('groups-per-user-400', { months: 3 }))
      .and(BOUGHT, say.migrate('cn-2023'), say.renew('pro', 1));
    expect(limits(old)).toMatchObject({ groupsPerUser: 400 });
    expect(limits(old.until(E))).toMatchObject({ groupsPerUser: 500 });
    expect(old.until(E).app().addOns).toHaveLength(1);
  });

  it('a feature', () => {
    expect(features(standard.and(BOUGHT, purchase('push')))).toEqual(['global-access', 'push']);
    const trialCalls = purchase('call-trial', { months: undefined });
    expect(features(abroad.and(BOUGHT, trialCalls))).toContain('call');
    expect(features(pro.and(BOUGHT, purchase('safety')))).toEqual(['global-access', 'safety']);
  });

  it('a history tier, where it is above what the package includes', () => {
    expect(limits(pro.and(BOUGHT, say.setHistoryTier(90)))).toMatchObject({ historyDays: 90 });
    const flagship = pro.and(BOUGHT, say.setHistoryTier(30), say.upgrade('flagship'));
    expect(limits(flagship.and(BOUGHT, say.setHistoryTier(7)))).toMatchObject({ historyDays: 30 });
  });

  it('rows with a plus add up, by quantity and over products', () => {
    const bots = standard.and(
      BOUGHT,
      purchase('bot-basic', { quantity: 2 }),
      purchase('bot-advanced', { quantity: 3 }),
      purchase('bot-messages', { quantity: 4 }),
    );
    expect(limits(bots)).toMatchObject({ bots: 5, botMessages: 400_000 });
  });

  it('a desk seat adds to the seats of the desk, and only while a desk runs', () => {
    const seats = standard.and(BOUGHT, purchase('desk'), purchase('desk-seat', { months: 2, quantity: 2 }));
    expect(limits(seats)).toMatchObject({ deskSeats: 5 });
    expect(limits(seats.and(BOUGHT, say.refund('desk')))).not.toHaveProperty('deskSeats');
    expect(limits(seats.and(BOUGHT, say.renew('standard', 1)).until(E))).not.toHaveProperty('deskSeats');
  });

  it('while its term runs', () => {
    const renewed = pro.and(BOUGHT, say.renew('pro', 1), purchase('members-2000'));
    expect(limits(renewed.until('2024-08-31T23:59:59+08:00'))).toMatchObject({ membersPerGroup: 2000 });
    expect(limits(renewed.until('2024-09-01T00:00:00+08:00'))).toMatchObject({ membersPerGroup: 200 });
  });
});

describe('P-9.1 while it does not serve, nothing', () => {
  it.each([
    ['lapsed', standard.until('2024-09-02T10:00:00+08:00')],
    ['disabled', standard.and(BOUGHT, say.disableApp())],
    ['banned', standard.and(BOUGHT, say.banAccount())],
  ])('%s: no features; the limits stay for display (P-1.9)', (_, history) => {
    expect(history.app().entitlements).toMatchObject({
      serving: false,
      limits: { membersPerGroup: 200 },
      features: [],
    });
  });

  it('in grace it does serve', () => {
    expect(standard.until(E).app().entitlements).toMatchObject({ serving: true, features: ['global-access'] });
  });

  it('gone for good: not even limits', () => {
    const gone = abroad.and(BOUGHT, say.disableApp(), say.deleteApp());
    expect(gone.app().entitlements).toEqual({ serving: false, limits: {}, features: [] });
  });
});

describe('P-9.1 a pure function of state and instant', () => {
  it('an add-on ends when it ends, though nobody has written that down yet', () => {
    const app = pro.and(BOUGHT, purchase('members-2000')).state().apps.get('p1');
    if (!app) throw new Error('there is no app p1');
    const membersAt = (time: string) => entitlements(app, instant(time)).limits['membersPerGroup'];
    expect(membersAt('2024-08-31T23:59:59+08:00')).toBe(2000);
    expect(membersAt('2024-09-01T00:00:00+08:00')).toBe(200);
  });
});
