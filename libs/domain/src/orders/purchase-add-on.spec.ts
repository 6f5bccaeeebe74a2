import { describe, expect, it } from '@jest/globals';
import {
  createApp,
  disableApp,
  migrate,
  openAccount,
  purchase,
  refund,
  renew,
  setRenewal,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-15T09:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const appIn = (book: string, at = T): Scenario =>
  given(at, openAccount(book.startsWith('intl') ? 'USD' : 'CNY'), topUp('90000.00'), createApp(book));

const trial = appIn('intl-2024');
const standard = trial.and(T, purchase('standard'));
const features = (app: Scenario): readonly string[] => app.app().entitlements.features;

describe('P-2.8 add-ons are sold only to an app with a running paid package', () => {
  it('P-2.8 beside the package, as an order of its own', () => {
    const bought = standard.when(LATER, purchase('desk')).then({
      type: 'Purchased',
      kind: 'add-on',
      renewal: 'manual',
      order: { orderId: 'p1-2', product: 'desk', months: 1, quantity: 1, listPrice: '299', amount: '299.00' },
    });
    expect(bought.app()).toMatchObject({
      package: 'standard',
      termEndsAt: '2024-09-01T02:00:00Z',
      addOns: [{ product: 'desk', quantity: 1, termEndsAt: '2024-09-15T01:00:00Z', renewal: 'manual' }],
      entitlements: { limits: { deskSeats: 3 } },
    });
  });

  it.each([
    ['on Trial', trial, LATER],
    ['when the Trial is over', trial, E],
    ['after the package was refunded', standard.and(T, refund('standard')), LATER],
    ['after the package lapsed', standard, LAPSED],
  ] as const)('P-2.8 not %s', (_, app, at) => app.when(at, purchase('desk')).thenRefused('NeedsPackage', 'P-2.8'));

  it('P-2.8 but for a call trial, which is open to Trial while that lasts', () => {
    trial.when(LATER, purchase('call-trial', { months: undefined })).then({ type: 'Purchased', kind: 'add-on' });
    trial.when(E, purchase('call-trial', { months: undefined })).thenRefused('NeedsPackage', 'P-2.8');
  });

  it('P-2.8 nor in grace, nor while the app is disabled', () => {
    standard.when(E, purchase('desk')).thenRefused('RenewInstead', 'P-2.12');
    standard.and(T, disableApp()).when(LATER, purchase('desk')).thenRefused('AppDisabled', 'P-1.6');
  });

  it('P-2.8 some are open to some packages only, at their own price', () => {
    const [pro, flagship] = [appIn('cn-2023').and(T, purchase('pro')), appIn('cn-2023').and(T, purchase('flagship'))];
    pro.when(LATER, purchase('members-2000')).then({ type: 'Purchased', order: { amount: '500.00' } });
    pro.when(LATER, purchase('members-6000')).thenRefused('NotOpenToPackage', 'P-2.8');
    flagship.when(LATER, purchase('members-6000')).then({ type: 'Purchased', order: { amount: '500.00' } });
    flagship.when(LATER, purchase('members-2000')).thenRefused('NotOpenToPackage', 'P-2.8');
    pro.when(LATER, purchase('groups-per-user-1000')).then({ type: 'Purchased', order: { amount: '1100.00' } });
    flagship.when(LATER, purchase('groups-per-user-3000')).then({ type: 'Purchased', order: { amount: '900.00' } });
  });
});

describe('P-2.8 one of a family runs at a time', () => {
  const called = standard.and(T, purchase('call-1v1'));

  it('P-2.8 a second is refused, the same or another, to the last second', () => {
    called.when(LATER, purchase('call-1v1')).thenRefused('FamilyRunning', 'P-2.8');
    called
      .when('2024-09-01T09:59:59+08:00', purchase('call-group'))
      .thenRefused('FamilyRunning', 'P-2.8', { running: 'call-1v1' });
    called.when(LATER, purchase('call-trial', { months: undefined })).thenRefused('FamilyRunning', 'P-2.8');
    called
      .and(T, renew('standard', 1))
      .when(E, purchase('call-group'))
      .then({ type: 'Purchased', order: { product: 'call-group' } });
  });

  it('P-2.8 to change it, it is refunded and bought anew', () => {
    called.and(LATER, refund('call-1v1')).when(LATER, purchase('call-group')).then({ type: 'Purchased' });
  });

  it('P-2.8 other families do not mind; a quantity is of one order', () => {
    called.when(LATER, purchase('desk')).then({ type: 'Purchased' });
    const bots = standard.and(T, purchase('bot-basic', { quantity: 2 }));
    bots.when(LATER, purchase('bot-advanced')).then({ type: 'Purchased' });
    bots.when(LATER, purchase('bot-basic')).thenRefused('FamilyRunning', 'P-2.8');
  });

  it('P-2.8 an add-on of an older book is of its family by that book', () => {
    const at = '2024-03-10T10:00:00+08:00';
    const moved = appIn('cn-2019', at)
      .and(at, purchase('pro'), purchase('groups-per-user-400', { months: 12 }), migrate('cn-2023'), renew('pro', 1))
      .until('2024-04-10T00:00:00+08:00');
    moved.when('2024-04-10T00:00:00+08:00', purchase('groups-per-user-1000')).thenRefused('FamilyRunning', 'P-2.8');
  });

  it('P-2.8 a desk seat needs a desk that runs', () => {
    standard.when(LATER, purchase('desk-seat')).thenRefused('NeedsPackage', 'P-2.8', { needs: 'desk' });
    const desk = standard.and(T, purchase('desk'));
    desk.when(LATER, purchase('desk-seat', { quantity: 2 })).then({ type: 'Purchased' });
    expect(desk.and(LATER, purchase('desk-seat', { quantity: 2 })).app().entitlements.limits['deskSeats']).toBe(5);
    desk.and(T, refund('desk')).when(LATER, purchase('desk-seat')).thenRefused('NeedsPackage', 'P-2.8');
  });
});

describe('P-2.9 an add-on’s term starts at its purchase and is independent of the package’s', () => {
  const desk = standard.and(LATER, purchase('desk', { months: 2 }));
  const deskEnd = '2024-10-15T09:00:00+08:00';
  const beforeDeskEnd = '2024-10-15T08:59:59+08:00';

  it('P-2.9 it outlasts the package, and serves only while that serves', () => {
    expect(desk.app().addOns).toMatchObject([{ termEndsAt: '2024-10-15T01:00:00Z' }]);
    expect(features(desk.until('2024-09-02T09:59:59+08:00'))).toContain('desk');
    expect(features(desk.until(LAPSED))).toEqual([]);
    expect(desk.until(LAPSED).app().addOns).toHaveLength(1);
    expect(features(desk.and(LAPSED, purchase('standard')))).toContain('desk');
  });

  it('P-2.9 at its end it is over, without grace', () => {
    const renewed = desk.and(LATER, renew('standard', 12));
    expect(features(renewed.until(beforeDeskEnd))).toContain('desk');
    const ended = renewed
      .until(beforeDeskEnd)
      .whenTimeIs(deskEnd)
      .then({ type: 'AddOnEnded', product: 'desk', effectiveAt: '2024-10-15T01:00:00Z' });
    expect(ended.app()).toMatchObject({ status: 'active', addOns: [] });
    expect(features(ended)).not.toContain('desk');
    expect(renewed.until(deskEnd).app().entitlements.limits).not.toHaveProperty('deskSeats');
  });

  it.each([
    ['while the package runs', desk, LATER],
    ['in grace', desk, E],
    ['after the package lapsed', desk, LAPSED],
    ['while the app is disabled', desk.and(LATER, disableApp()), E],
    ['to its last second', desk, beforeDeskEnd],
  ] as const)('P-2.9 it can be renewed %s, from its old end and by its own anchor', (_, app, at) => {
    app.when(at, renew('desk', 1)).then({
      type: 'Renewed',
      order: { product: 'desk', startsAt: '2024-10-15T01:00:00Z', endsAt: '2024-11-15T01:00:00Z', amount: '299.00' },
    });
  });

  it('P-2.9 but not at its end', () => {
    desk.when(deskEnd, renew('desk', 1)).thenRefused('TermNotRunning', 'P-3.1');
    desk.when(deskEnd, setRenewal('desk', 'never')).thenRefused('TermNotRunning', 'P-3.1');
  });

  it('P-2.9 nor when the package the app has is not open to it any more', () => {
    const at = '2024-03-10T10:00:00+08:00';
    const moved = appIn('cn-2019', at)
      .and(at, purchase('pro'), purchase('members-6000', { months: 12 }), migrate('cn-2023'), renew('pro', 1))
      .until('2024-04-10T00:00:00+08:00');
    moved.when('2024-04-10T00:00:00+08:00', renew('members-6000', 1)).thenRefused('NotOpenToPackage', 'P-2.8');
    expect(moved.app().entitlements.limits['membersPerGroup']).toBe(6000);
    expect(moved.app().addOns).toMatchObject([{ product: 'members-6000', termEndsAt: '2025-03-09T16:00:00Z' }]);
  });

  it('P-2.9 in grace and after the lapse it runs on and can be refunded alone', () => {
    const both = standard.and(T, purchase('desk', { months: 2 }));
    // one of two months used
    both.when(E, refund('desk')).then({ type: 'Refunded', product: 'desk', amount: '299.00' });
    // and half of the second, 15 of 30 days: 598.00 - 448.50
    both
      .when('2024-09-16T10:00:00+08:00', refund('desk'))
      .then({ type: 'Refunded', lines: [{ product: 'desk', used: '448.50' }], amount: '149.50' });
  });
});
