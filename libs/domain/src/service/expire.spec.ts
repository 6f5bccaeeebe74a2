import { describe, expect, it } from '@jest/globals';
import { createApp, openAccount, purchase, refund, renew, setRenewal, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAST_OF_GRACE = '2024-09-02T09:59:59+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('2000.00'), createApp('intl-2024'), purchase('standard'));

describe('P-6.2 a package expires', () => {
  const beforeE = standard.until('2024-09-01T09:59:59+08:00');

  it('nothing happens one second before E', () => {
    standard.until('2024-08-31T10:00:00+08:00').whenTimeIs('2024-09-01T09:59:59+08:00').thenNothing();
  });

  it('grace begins at E', () => {
    beforeE.whenTimeIs(E).then(
      {
        type: 'Expired',
        appId: 'p1',
        product: 'standard',
        effectiveAt: '2024-09-01T02:00:00Z',
        termEndedAt: '2024-09-01T02:00:00Z',
        graceEndsAt: '2024-09-02T02:00:00Z',
      },
      { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
    );
  });

  it('at the end of the term, however late anybody looks', () => {
    standard.whenTimeIs('2024-09-20T00:00:00+08:00').thenAmong({
      type: 'Expired',
      effectiveAt: '2024-09-01T02:00:00Z',
      graceEndsAt: '2024-09-02T02:00:00Z',
    });
  });

  it('service goes on in grace, for 24 hours to the second; only time is running', () => {
    standard.until(E).whenTimeIs(LAST_OF_GRACE).thenNothing();
    for (const time of [E, LAST_OF_GRACE])
      expect(standard.until(time).app()).toMatchObject({
        status: 'grace',
        holds: [],
        package: 'standard',
        termEndsAt: '2024-09-01T02:00:00Z',
        graceEndsAt: '2024-09-02T02:00:00Z',
        suspendedSince: null,
        reclaimAt: null,
        entitlements: { serving: true, features: ['global-access'] },
      });
  });

  it('at E + 24 h without renewal the app is suspended, cause lapsed', () => {
    standard.until(LAST_OF_GRACE).whenTimeIs(LAPSED).then(
      {
        type: 'Suspended',
        cause: 'lapsed',
        effectiveAt: '2024-09-02T02:00:00Z',
        suspendedSince: '2024-09-02T02:00:00Z',
        reclaimAt: '2024-12-01T02:00:00Z',
      },
      { type: 'NoticeIssued', notice: 'suspended' },
      { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
    );
  });

  it('P-1.9 and keeps package, term and limits for display, without features', () => {
    expect(standard.until(LAPSED).app()).toMatchObject({
      status: 'suspended',
      holds: ['lapsed'],
      package: 'standard',
      termStartedAt: '2024-08-01T02:00:00Z',
      termEndsAt: '2024-09-01T02:00:00Z',
      graceEndsAt: null,
      renewal: 'manual',
      entitlements: { serving: false, limits: { membersPerGroup: 200 }, features: [] },
    });
  });

  it('the 24 hours are exact, also where the term ends at midnight', () => {
    given(BOUGHT, openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'), purchase('pro'))
      .whenTimeIs('2024-09-02T00:00:00+08:00')
      .thenAmong(
        { type: 'Expired', effectiveAt: '2024-08-31T16:00:00Z' },
        { type: 'Suspended', cause: 'lapsed', effectiveAt: '2024-09-01T16:00:00Z' },
      );
  });
});

describe('P-6.2 a renewal keeps it from expiring, or from lapsing', () => {
  it('until one second before E', () => {
    const time = '2024-09-01T09:59:59+08:00';
    standard.until(time).and(time, renew('standard', 1)).whenTimeIs(E).thenNothing();
  });

  it('in grace, from E to its last second, from the old expiry', () => {
    for (const time of [E, LAST_OF_GRACE]) {
      const renewed = standard
        .when(time, renew('standard', 1))
        .then({ type: 'Renewed', order: { startsAt: '2024-09-01T02:00:00Z', endsAt: '2024-10-01T02:00:00Z' } });
      expect(renewed.app()).toMatchObject({ status: 'active', graceEndsAt: null });
      renewed.whenTimeIs(LAPSED).thenNothing();
    }
  });

  it('not at E + 24 h: then it is bought again, and the new term starts then', () => {
    standard.when(LAPSED, renew('standard', 1)).thenRefused('BuyAgain', 'P-3.2');
    standard
      .when(LAPSED, purchase('standard'))
      .then(
        { type: 'Purchased', order: { startsAt: '2024-09-02T02:00:00Z', endsAt: '2024-10-02T02:00:00Z' } },
        { type: 'Resumed' },
      );
  });

  it('an automatic one is tried at E, and once more before the suspension', () => {
    const poor = given(BOUGHT, openAccount('USD'), topUp('399.00'), createApp('intl-2024'), purchase('standard'));
    poor
      .and(BOUGHT, setRenewal('standard', 'automatic'))
      .whenTimeIs(LAPSED)
      .thenAmong(
        { type: 'AutoRenewalFailed', cause: 'funds', effectiveAt: '2024-09-01T02:00:00Z' },
        { type: 'Expired' },
        { type: 'Suspended' },
      );
    // Money is there all the time, but the setting is automatic only from the grace on.
    standard
      .until(E)
      .and('2024-09-01T12:00:00+08:00', setRenewal('standard', 'automatic'))
      .whenTimeIs(LAPSED)
      .then({ type: 'Renewed', automatic: true, effectiveAt: '2024-09-02T02:00:00Z' });
  });
});

describe('P-2.12 in grace the way on is renewal', () => {
  it.each([
    ['a purchase of the same', purchase('standard')],
    ['a purchase of another package', purchase('premium')],
    ['a purchase of an add-on', purchase('desk')],
  ])('%s is refused', (_, command) => {
    standard.when(E, command).thenRefused('RenewInstead', 'P-2.12');
    standard.when(LAST_OF_GRACE, command).thenRefused('RenewInstead', 'P-2.12');
  });

  it('nor is anything refunded', () => {
    standard.when(E, refund('standard')).thenRefused('NothingToRefund', 'P-5.5');
  });
});

describe('P-2.9 an add-on has no grace', () => {
  const withDesk = standard.and(BOUGHT, renew('standard', 1), purchase('desk')).until('2024-09-01T09:59:59+08:00');

  it('at its end it is over', () => {
    withDesk.whenTimeIs(E).then({ type: 'AddOnEnded', product: 'desk', effectiveAt: '2024-09-01T02:00:00Z' });
    expect(withDesk.app().addOns).toHaveLength(1);
    expect(withDesk.until(E).app()).toMatchObject({ status: 'active', addOns: [] });
  });
});
