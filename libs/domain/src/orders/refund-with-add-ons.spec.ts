import { describe, expect, it } from '@jest/globals';
import { chargeAccount, createApp, disableApp, openAccount, purchase } from '../testing/commands.js';
import { recordUsage, refund, renew, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const DAY_10 = '2024-08-11T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('9000.00'), createApp('intl-2024'), purchase('standard'));
const withDesk = standard.and(BOUGHT, purchase('desk', { months: 2 }), purchase('desk-seat', { quantity: 3 }));

describe('P-5.5 refunding a package disables the app at once', () => {
  it('with the cause refunded, and its creator is told', () => {
    standard.when(DAY_10, refund('standard')).then(
      { type: 'Refunded', product: 'standard' },
      {
        type: 'Suspended',
        cause: 'refunded',
        effectiveAt: '2024-08-11T02:00:00Z',
        suspendedSince: '2024-08-11T02:00:00Z',
        reclaimAt: '2024-11-09T02:00:00Z',
      },
      { type: 'NoticeIssued', notice: 'suspended', appId: 'p1' },
    );
  });

  it('all service stops; package and term are gone, the limits of the last package stay for display', () => {
    expect(standard.and(DAY_10, refund('standard')).app()).toMatchObject({
      status: 'suspended',
      holds: ['refunded'],
      package: null,
      termStartedAt: null,
      termEndsAt: null,
      graceEndsAt: null,
      renewal: null,
      entitlements: { serving: false, limits: { membersPerGroup: 200 }, features: [] },
    });
  });

  it('while it is disabled too: one cause more, no second notice', () => {
    standard.and(BOUGHT, disableApp()).when(DAY_10, refund('standard')).then(
      { type: 'Refunded' },
      {
        type: 'Suspended',
        cause: 'refunded',
        suspendedSince: '2024-08-01T02:00:00Z',
        reclaimAt: '2024-11-09T02:00:00Z',
      },
    );
  });

  it('while it is stopped for arrears that the refund does not clear', () => {
    const stopped = standard.and(BOUGHT, chargeAccount('9999.00')).until('2024-08-02T10:00:00+08:00');
    stopped
      .when(DAY_10, refund('standard'))
      .then({ type: 'Refunded', amount: '270.29' }, { type: 'Suspended', cause: 'refunded' });
    expect(stopped.and(DAY_10, refund('standard')).app().holds).toEqual(['arrears', 'refunded']);
  });
});

describe('P-5.5 its add-ons are refunded with it, product by product, in one event', () => {
  it('each by its own term and price, rounded on its own', () => {
    // 399 × 10 ÷ 31 = 128.709…, 299 × 10 ÷ 31 = 96.451…, 150 × 10 ÷ 31 = 48.387…
    withDesk.when(DAY_10, refund('standard')).thenAmong({
      type: 'Refunded',
      lines: [
        { product: 'standard', orders: ['p1-1'], used: '128.71', amount: '270.29' },
        { product: 'desk', orders: ['p1-2'], used: '96.45', amount: '501.55' },
        { product: 'desk-seat', orders: ['p1-3'], used: '48.39', amount: '101.61' },
      ],
      amount: '873.45',
      cash: '873.45',
    });
    expect(withDesk.and(DAY_10, refund('standard')).app().addOns).toEqual([]);
  });

  it('their orders not yet started too', () => {
    withDesk
      .and(BOUGHT, renew('desk', 1))
      .when(DAY_10, refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{}, { orders: ['p1-2', 'p1-4'], amount: '800.55' }, {}] });
  });

  it('a call trial among them, for nothing', () => {
    standard
      .and(BOUGHT, purchase('call-trial', { months: undefined }))
      .when('2024-08-03T10:00:00+08:00', refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{}, { product: 'call-trial', used: '0.00', amount: '0.00' }] });
  });
});

describe('P-5.5 a package past its expiry has nothing to refund', () => {
  it.each([
    ['at E', E],
    ['in grace', '2024-09-02T09:59:59+08:00'],
    ['lapsed', '2024-09-02T10:00:00+08:00'],
  ])('%s', (_, time) => {
    withDesk.when(time, refund('standard')).thenRefused('NothingToRefund', 'P-5.5', { product: 'standard' });
  });

  it('but its add-ons run on and can be refunded alone, in grace and after the lapse', () => {
    // August is used, and of the 30 days of September 4: 299 + 299 × 4 ÷ 30 = 338.866…
    withDesk
      .when('2024-09-05T10:00:00+08:00', refund('desk'))
      .then({ type: 'Refunded', product: 'desk', lines: [{ used: '338.87' }], amount: '259.13' });
    withDesk.when(E, refund('desk')).then({ type: 'Refunded', lines: [{ used: '299.00' }], amount: '299.00' });
  });

  it('to the second', () => {
    standard.when('2024-09-01T09:59:59+08:00', refund('standard')).thenAmong({ type: 'Refunded', amount: '0.00' });
  });
});

describe('P-5.5 a postpaid package is given up the same way, with nothing to pay back', () => {
  const postpaid = given('2024-08-01T00:00:00+08:00', openAccount('USD'), createApp('intl-2022'))
    .and('2024-08-01T00:00:00+08:00', purchase('standard', { months: undefined }))
    .and('2024-08-01T00:00:00+08:00', purchase('call-trial', { months: undefined }));

  it('in one event with its call trial, and the app is suspended', () => {
    postpaid.when('2024-08-16T12:00:00+08:00', refund('standard')).then(
      {
        type: 'Refunded',
        lines: [
          { product: 'standard', orders: ['p1-1'], used: '0.00', amount: '0.00' },
          { product: 'call-trial', orders: ['p1-2'], used: '0.00', amount: '0.00' },
        ],
        amount: '0.00',
        gift: '0.00',
        cash: '0.00',
      },
      { type: 'Suspended', cause: 'refunded' },
      { type: 'NoticeIssued', notice: 'suspended' },
    );
  });

  it('and its fee ends then (P-7.11)', () => {
    postpaid
      .and('2024-08-16T12:00:00+08:00', refund('standard'))
      .whenTimeIs('2024-09-03T00:00:00+08:00')
      .then(
        { type: 'BillIssued', lines: [{ meter: 'standard', amount: '199.50' }], total: '199.50' },
        { type: 'Overdue' },
        {
          type: 'NoticeIssued',
          notice: 'arrears',
        },
      );
  });
});

describe('P-5.6 after a refund', () => {
  const MAU = { meter: 'mau', day: '2024-08-05', value: 12_000 };
  const used = given('2024-08-01T00:00:00+08:00', openAccount('USD'), topUp('9000.00'), createApp('intl-2024'))
    .and('2024-08-01T00:00:00+08:00', purchase('standard'))
    .and('2024-08-06T00:00:00+08:00', recordUsage([MAU]))
    .and('2024-08-16T00:00:00+08:00', refund('standard'));

  it('overage already incurred this month is still billed, by the share of the month served', () => {
    // 2,000 × 0.015 × 1,296,000 ÷ 2,678,400 = 14.516…
    used.whenTimeIs('2024-09-03T00:00:00+08:00').then({
      type: 'BillIssued',
      period: '2024-08',
      lines: [{ meter: 'mau', units: 2000, share: { served: 1_296_000, of: 2_678_400 }, amount: '14.52' }],
      total: '14.52',
    });
  });

  it('from next month nothing is, whatever is reported', () => {
    used
      .and('2024-09-05T00:00:00+08:00', recordUsage([{ ...MAU, day: '2024-09-04' }]))
      .whenTimeIs('2024-10-03T00:00:00+08:00')
      .then({ type: 'BillIssued', period: '2024-09', lines: [], total: '0.00' });
  });
});

describe('P-5.7 refunding an add-on alone', () => {
  it('lowers the limits to those of the package, and touches nothing else', () => {
    const pro = given('2024-03-01T00:00:00+08:00', openAccount('CNY'), topUp('9000.00'), createApp('cn-2023')).and(
      '2024-03-01T00:00:00+08:00',
      purchase('pro'),
      purchase('members-2000'),
      purchase('live-groups-unlimited'),
    );
    expect(pro.app().entitlements.limits).toMatchObject({ membersPerGroup: 2000, liveGroups: 'unlimited' });
    const without = pro
      .when('2024-03-16T12:00:00+08:00', refund('members-2000'))
      .then({ type: 'Refunded', product: 'members-2000', lines: [{ product: 'members-2000' }], amount: '250.00' });
    expect(without.app()).toMatchObject({
      status: 'active',
      addOns: [{ product: 'live-groups-unlimited' }],
      entitlements: { serving: true, limits: { membersPerGroup: 200, liveGroups: 'unlimited' } },
    });
  });

  it('takes a feature away, and the family may be bought anew', () => {
    const calls = standard.and(BOUGHT, purchase('call-1v1'));
    expect(calls.app().entitlements.features).toContain('call');
    const without = calls.and(DAY_10, refund('call-1v1'));
    expect(without.app().entitlements.features).not.toContain('call');
    without.when(DAY_10, purchase('call-group')).then({ type: 'Purchased', order: { product: 'call-group' } });
  });

  it('a call trial is given up for nothing, and stays counted (P-2.10)', () => {
    const trial = purchase('call-trial', { months: undefined });
    const once = standard.and(BOUGHT, trial);
    once.when(BOUGHT, refund('call-trial')).then({ type: 'Refunded', product: 'call-trial', amount: '0.00' });
    once
      .and(BOUGHT, refund('call-trial'), trial, refund('call-trial'))
      .when(BOUGHT, trial)
      .thenRefused('CallTrialUsedUp', 'P-2.10', { ofApp: 2 });
  });

  it('an add-on whose term has ended has nothing to refund', () => {
    standard
      .and(BOUGHT, renew('standard', 1), purchase('desk'))
      .when(E, refund('desk'))
      .thenRefused('NothingToRefund', 'P-5.5', { product: 'desk' });
  });
});
