import { describe, expect, it } from '@jest/globals';
import { blockRefunds, createApp, grantGift, migrate, openAccount, purchase } from '../testing/commands.js';
import { refund, renew, topUp, unblockRefunds, upgrade } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

/** In an inclusive-day book a purchase on the 1st at midnight runs the whole month: 31 days of 86,400 s. */
const BOUGHT = '2024-03-01T00:00:00+08:00';
const HALF = '2024-03-16T12:00:00+08:00';

const pro = given(BOUGHT, openAccount('CNY'), topUp('1499.00'), createApp('cn-2023'), purchase('pro'));
const widened = pro.and(
  BOUGHT,
  topUp('3600.00'),
  ...['live-groups-unlimited', 'members-2000', 'groups-per-user-1000', 'safety'].map((product) => purchase(product)),
);

describe('P-4.3 what the upgrade makes needless is refunded in the same step', () => {
  it('all that raises nothing above the new package, in the one event', () => {
    widened.when(HALF, upgrade('flagship')).then({
      type: 'Upgraded',
      fee: '750.00',
      paid: { vouchers: [], gift: '0.00', cash: '750.00' },
      refunds: [
        { product: 'live-groups-unlimited', orders: ['p1-2'], used: '500.00', amount: '500.00', cash: '500.00' },
        { product: 'members-2000', orders: ['p1-3'], used: '250.00', amount: '250.00', cash: '250.00' },
        { product: 'groups-per-user-1000', orders: ['p1-4'], used: '550.00', amount: '550.00', cash: '550.00' },
      ],
    });
  });

  it('what remains keeps its term, at the price paid', () => {
    const upgraded = widened.and(HALF, upgrade('flagship'));
    expect(upgraded.app().addOns).toEqual([
      { product: 'safety', quantity: 1, termEndsAt: '2024-03-31T16:00:00Z', renewal: 'manual' },
    ]);
    upgraded
      .when(HALF, refund('safety'))
      .thenAmong({ type: 'Refunded', lines: [{ orders: ['p1-5'], used: '500.00' }], amount: '500.00' });
  });

  it('its family is free again, and the new package raises the limit by itself', () => {
    const upgraded = widened.and(HALF, upgrade('flagship'));
    expect(upgraded.app().entitlements.limits).toMatchObject({ membersPerGroup: 2000, liveGroups: 'unlimited' });
    upgraded.when(HALF, purchase('members-6000')).thenAmong({ type: 'Purchased', order: { product: 'members-6000' } });
  });

  it('of an add-on of an older book, by what it raises there', () => {
    const moved = given('2023-06-01T00:00:00+08:00', openAccount('CNY'), topUp('99999.00'), createApp('cn-2019'))
      .and('2023-06-01T00:00:00+08:00', purchase('pro'))
      .and('2023-06-01T00:00:00+08:00', purchase('groups-per-user-400', { months: 3 }))
      .and('2023-06-01T00:00:00+08:00', purchase('members-6000', { months: 3 }))
      .and('2023-06-15T00:00:00+08:00', migrate('cn-2023'), renew('pro', 1));
    // June is used, and half of the 31 days of July: of 1500, 500 + 250 are used.
    const upgraded = moved.when('2023-07-16T12:00:00+08:00', upgrade('flagship')).then({
      type: 'Upgraded',
      refunds: [{ product: 'groups-per-user-400', used: '750.00', amount: '750.00' }],
    });
    expect(upgraded.app().addOns).toMatchObject([{ product: 'members-6000', termEndsAt: '2023-08-31T16:00:00Z' }]);
    expect(upgraded.app().entitlements.limits).toMatchObject({ groupsPerUser: 1000, membersPerGroup: 6000 });
  });
});

describe('P-4.4 the refunds go back first, then the fee is paid', () => {
  it('so that what comes back can pay it', () => {
    expect(widened.account().cash).toBe('0.00');
    expect(widened.and(HALF, upgrade('flagship')).account().cash).toBe('550.00');
  });

  it('in the order of every payment: the gift that came back goes first', () => {
    // The gift paid the add-on, so its 500.00 come back as gift: 500 of the fee of 750, and 250 of the cash.
    const gifted = pro.and(BOUGHT, grantGift('1000.00'), purchase('live-groups-unlimited'), topUp('400.00'));
    gifted.when(HALF, upgrade('flagship')).then({
      type: 'Upgraded',
      fee: '750.00',
      paid: { vouchers: [], gift: '500.00', cash: '250.00' },
      parts: [{ orderId: 'p1-1', fee: '750.00', gift: '500.00', cash: '250.00' }],
      refunds: [{ product: 'live-groups-unlimited', gift: '500.00', cash: '0.00' }],
    });
    expect(gifted.and(HALF, upgrade('flagship')).account()).toMatchObject({ gift: '0.00', cash: '150.00' });
  });

  it('and nothing happens when both together do not cover it', () => {
    const short = pro.and(BOUGHT, topUp('1249.99'), purchase('live-groups-unlimited'));
    short
      .when(HALF, upgrade('flagship'))
      .thenRefused('InsufficientFunds', 'P-2.5', { required: '750.00', available: '749.99' });
    expect(short.until(HALF).app()).toMatchObject({ package: 'pro', addOns: [{ product: 'live-groups-unlimited' }] });
  });
});

describe('P-5.8 what refuses a refund refuses an upgrade that brings one', () => {
  const fixed = { id: 'fixed', payPercent: '100', refundable: false };
  const rich = pro.and(BOUGHT, topUp('9000.00'));

  it.each([
    ['of the account', blockRefunds(), 'account'],
    ['of the app', blockRefunds({ appId: 'p1' }), 'app'],
  ])('a block %s, until it is lifted', (_, block, of) => {
    const blocked = rich.and(BOUGHT, purchase('members-2000'), block);
    blocked.when(HALF, upgrade('flagship')).thenRefused('RefundsBlocked', 'P-5.8', { of });
    blocked
      .and(HALF, unblockRefunds({ ...(block.appId !== undefined && { appId: block.appId }) }))
      .when(HALF, upgrade('flagship'))
      .thenAmong({ type: 'Upgraded' });
  });

  it('a needless add-on whose promotion is not refundable', () => {
    rich
      .and(BOUGHT, purchase('members-2000', { promotion: fixed }))
      .when(HALF, upgrade('flagship'))
      .thenRefused('NotRefundable', 'P-5.8', { orderId: 'p1-2' });
  });

  it('not when nothing is needless: then there is no refund', () => {
    rich
      .and(BOUGHT, purchase('safety', { promotion: fixed }), blockRefunds(), blockRefunds({ appId: 'p1' }))
      .when(HALF, upgrade('flagship'))
      .then({ type: 'Upgraded', fee: '750.00', refunds: [] });
  });

  it('not for the package, which is not refunded', () => {
    given(BOUGHT, openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'))
      .and(BOUGHT, purchase('pro', { promotion: fixed }), purchase('members-2000'))
      .when(HALF, upgrade('flagship'))
      .then({ type: 'Upgraded', refunds: [{ product: 'members-2000' }] });
  });
});
