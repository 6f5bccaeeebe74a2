import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { chargeAccount, createApp, grantGift, purchase, refund, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const OVERDUE = '2024-08-11T10:00:00+08:00';
const STOPPED = '2024-08-12T10:00:00+08:00';
const LATER = '2024-08-20T10:00:00+08:00';

const standard = given(BOUGHT, say.openAccount('USD'), topUp('399.00'), createApp('intl-2024'), purchase('standard'));
const second = { appId: 'p2' };
const indebted = standard.and(OVERDUE, chargeAccount('10.00'));
const stopped = indebted.until(STOPPED);

const serving = { status: 'active', holds: [], suspendedSince: null, reclaimAt: null, entitlements: { serving: true } };

describe('P-8.3 when the balance is no longer negative, arrears end and apps stopped only for it serve again at once', () => {
  it('by a top-up', () => {
    const cleared = stopped
      .when(LATER, topUp('10.00'))
      .then(
        { type: 'FundsToppedUp', settled: '10.00' },
        { type: 'ArrearsCleared', accountId: 'a1', effectiveAt: '2024-08-20T02:00:00Z' },
        { type: 'Resumed', appId: 'p1' },
      );
    expect(cleared.app()).toMatchObject(serving);
    expect(cleared.account()).toMatchObject({ cash: '0.00', overdueSince: null, suspendsAt: null });
  });

  it('by a gift', () => {
    stopped
      .when(LATER, grantGift('10.00'))
      .then({ type: 'GiftGranted', settled: '10.00' }, { type: 'ArrearsCleared' }, { type: 'Resumed' });
  });

  it('by a refund, of another app here', () => {
    const two = standard
      .and(BOUGHT, topUp('399.00'), createApp('intl-2024', second), purchase('standard', second))
      .and(OVERDUE, chargeAccount('10.00'))
      .until(STOPPED);
    // 399 × 20 ÷ 31 = 257.419… come back a second before the day is over; p2 is refunded, p1 serves again.
    two
      .when(STOPPED, refund('standard', second))
      .then(
        { type: 'Refunded', appId: 'p2', amount: '257.42', cash: '257.42' },
        { type: 'Suspended', appId: 'p2', cause: 'refunded' },
        { type: 'ArrearsCleared' },
        { type: 'Resumed', appId: 'p1' },
      );
  });

  it('before the 24 hours are over nothing was stopped, and nothing will be', () => {
    indebted
      .when('2024-08-12T09:59:59+08:00', topUp('10.00'))
      .then({ type: 'FundsToppedUp' }, { type: 'ArrearsCleared' })
      .whenTimeIs('2024-08-24T10:00:00+08:00')
      .thenNothing();
  });

  it('not by a cent too little', () => {
    stopped.when(LATER, topUp('9.99')).then({ type: 'FundsToppedUp', settled: '9.99' });
    expect(stopped.and(LATER, topUp('9.99')).app()).toMatchObject({ holds: ['arrears'] });
  });

  it('all apps at once, by their ids; one that is stopped for another cause too does not', () => {
    const three = standard
      .and(BOUGHT, createApp('intl-2024', { appId: 'p3' }), createApp('intl-2024', second), say.disableApp(second))
      .and(OVERDUE, chargeAccount('10.00'))
      .until(STOPPED);
    const cleared = three
      .when(LATER, topUp('10.00'))
      .then(
        { type: 'FundsToppedUp' },
        { type: 'ArrearsCleared' },
        { type: 'Resumed', appId: 'p1' },
        { type: 'Resumed', appId: 'p3' },
      );
    expect(cleared.app('p2')).toMatchObject({ status: 'suspended', holds: ['disabled'] });
  });

  it('new arrears are new: another 24 hours, another suspension', () => {
    const again = stopped.and(LATER, topUp('10.00')).and('2024-08-21T10:00:00+08:00', chargeAccount('1.00'));
    again.whenTimeIs('2024-08-22T10:00:00+08:00').then(
      {
        type: 'Suspended',
        cause: 'arrears',
        suspendedSince: '2024-08-22T02:00:00Z',
        reclaimAt: '2024-11-20T02:00:00Z',
      },
      { type: 'NoticeIssued', notice: 'suspended' },
    );
  });
});

describe('P-3.4 P-8.3 renewals and arrears', () => {
  /** Expires on 1 September, 10:00, with 10.00 of debt from the day before, 11:00. */
  const E = '2024-09-01T10:00:00+08:00';
  const automatic = standard.and(BOUGHT, say.setRenewal('standard', 'automatic'));
  const inDebt = automatic.and('2024-08-31T11:00:00+08:00', chargeAccount('10.00'));

  it('in arrears an automatic renewal fails with the cause arrears', () => {
    inDebt
      .until('2024-08-31T11:00:00+08:00')
      .whenTimeIs(E)
      .then(
        { type: 'AutoRenewalFailed', product: 'standard', cause: 'arrears', required: '399.00', available: '-10.00' },
        { type: 'Expired' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
      );
  });

  it('the money that ends the arrears resumes the apps, then renews what waited', () => {
    inDebt
      .until('2024-09-01T12:00:00+08:00')
      .when('2024-09-01T12:00:00+08:00', topUp('409.00'))
      .then(
        { type: 'FundsToppedUp', amount: '409.00', settled: '10.00' },
        { type: 'ArrearsCleared' },
        { type: 'Resumed', appId: 'p1' },
        { type: 'Renewed', automatic: true, order: { startsAt: '2024-09-01T02:00:00Z', amount: '399.00' } },
      );
  });

  it('what is left when the debt is paid must cover it', () => {
    inDebt
      .until('2024-09-01T12:00:00+08:00')
      .when('2024-09-01T12:00:00+08:00', topUp('408.99'))
      .then({ type: 'FundsToppedUp' }, { type: 'ArrearsCleared' }, { type: 'Resumed' });
  });

  it('a gift does the same', () => {
    const renewed = inDebt
      .until('2024-09-01T12:00:00+08:00')
      .when('2024-09-01T12:00:00+08:00', grantGift('409.00'))
      .then(
        { type: 'GiftGranted', settled: '10.00' },
        { type: 'ArrearsCleared' },
        { type: 'Resumed' },
        { type: 'Renewed', order: { paid: { gift: '399.00', cash: '0.00' } } },
      );
    expect(renewed.account()).toMatchObject({ cash: '0.00', gift: '0.00' });
  });

  it('money that does not end them renews nothing, though it would have been enough without the debt', () => {
    automatic
      .and('2024-08-31T11:00:00+08:00', chargeAccount('500.00'))
      .until(E)
      .when(E, topUp('499.99'))
      .then({ type: 'FundsToppedUp', settled: '499.99' });
  });

  it('in arrears to E + 24 h the package lapses', () => {
    inDebt
      .until('2024-09-02T09:59:59+08:00')
      .whenTimeIs('2024-09-02T10:00:00+08:00')
      .thenAmong({ type: 'Suspended', cause: 'lapsed', suspendedSince: '2024-09-01T03:00:00Z' });
  });
});
