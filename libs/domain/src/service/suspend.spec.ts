import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { purchase, refund, topUp } from '../testing/commands.js';
import { given, type Expected } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';
const LATER = '2024-09-05T10:00:00+08:00';

const onTrial = given(BOUGHT, say.openAccount('USD'), topUp('2000.00'), say.createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));
/** A charge that leaves a debt of 1.00. */
const overdue = say.chargeAccount('1602.00');

const told: Expected = { type: 'NoticeIssued', notice: 'suspended' };

describe('P-6.3 an app that is suspended has no service at all', () => {
  it.each([
    ['lapsed', standard.until(LAPSED), 'lapsed'],
    ['refunded', standard.and(BOUGHT, refund('standard')), 'refunded'],
    ['trial over', onTrial.until(E), 'trial-over'],
    ['disabled', standard.and(BOUGHT, say.disableApp()), 'disabled'],
    ['in arrears', standard.and(BOUGHT, overdue).until('2024-08-02T10:00:00+08:00'), 'arrears'],
    ['banned', standard.and(BOUGHT, say.banAccount()), 'banned'],
  ])('%s', (_, history, cause) => {
    expect(history.app()).toMatchObject({
      status: 'suspended',
      holds: [cause],
      entitlements: { serving: false, features: [] },
    });
  });

  it('nor do its add-ons serve, though their terms run on (P-2.9)', () => {
    const withCalls = standard.and(BOUGHT, purchase('call-1v1', { months: 2 })).until(LAPSED);
    expect(withCalls.app().addOns).toHaveLength(1);
    expect(withCalls.app().entitlements).toMatchObject({ serving: false, features: [] });
  });

  it('grace is no suspension', () => {
    expect(standard.until(E).app()).toMatchObject({ holds: [], entitlements: { serving: true } });
  });
});

describe('P-6.3 an app may be suspended for several causes at once: an event for each, one notice for all', () => {
  it('in arrears, then lapsed', () => {
    const stopped = standard.and('2024-08-20T10:00:00+08:00', overdue).until('2024-08-31T10:00:00+08:00');
    stopped.whenTimeIs(LAPSED).then(
      { type: 'Expired', effectiveAt: '2024-09-01T02:00:00Z' },
      { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
      {
        type: 'Suspended',
        cause: 'lapsed',
        suspendedSince: '2024-08-21T02:00:00Z',
        reclaimAt: '2024-11-19T02:00:00Z',
      },
      { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
    );
    expect(stopped.until(LAPSED).app()).toMatchObject({
      holds: ['arrears', 'lapsed'],
      suspendedSince: '2024-08-21T02:00:00Z',
      reclaimAt: '2024-11-19T02:00:00Z',
    });
  });

  it('lapsed, then in arrears', () => {
    const lapsed = standard.until(LAPSED);
    lapsed
      .and(LAPSED, overdue)
      .until('2024-09-03T09:59:59+08:00')
      .whenTimeIs('2024-09-03T10:00:00+08:00')
      .then({ type: 'Suspended', cause: 'arrears', suspendedSince: '2024-09-02T02:00:00Z' });
  });

  it('both at one instant: the arrears of the account before the app', () => {
    standard
      .until('2024-09-01T09:59:59+08:00')
      .and(E, overdue)
      .whenTimeIs(LAPSED)
      .then(
        { type: 'Suspended', cause: 'arrears', suspendedSince: '2024-09-02T02:00:00Z' },
        told,
        { type: 'Suspended', cause: 'lapsed', suspendedSince: '2024-09-02T02:00:00Z' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
      );
  });

  it('banned while suspended', () => {
    standard.until(LAPSED).when(LATER, say.banAccount()).then(
      { type: 'AccountBanned' },
      {
        type: 'Suspended',
        cause: 'banned',
        suspendedSince: '2024-09-02T02:00:00Z',
        reclaimAt: '2024-12-01T02:00:00Z',
      },
    );
  });

  it('disabled while suspended', () => {
    standard
      .until(LAPSED)
      .when(LATER, say.disableApp())
      .then({ type: 'AppDisabled' }, { type: 'Suspended', cause: 'disabled', reclaimAt: '2024-12-01T02:00:00Z' });
  });

  it('a Trial that is over while disabled', () => {
    onTrial.and(BOUGHT, say.disableApp()).whenTimeIs(E).then({
      type: 'Suspended',
      cause: 'trial-over',
      suspendedSince: '2024-08-01T02:00:00Z',
      reclaimAt: '2024-11-30T02:00:00Z',
    });
  });

  it('for all of them, which are listed sorted', () => {
    const all = standard
      .and(BOUGHT, say.disableApp())
      .until(LAPSED)
      .and(LAPSED, overdue)
      .until('2024-09-03T10:00:00+08:00')
      .and(LATER, say.banAccount());
    expect(all.app().holds).toEqual(['arrears', 'banned', 'disabled', 'lapsed']);
  });
});

describe('P-6.3 it serves again when the last cause is gone', () => {
  it('a lapsed package is bought again', () => {
    standard
      .until(LAPSED)
      .when(LATER, purchase('standard'))
      .then({ type: 'Purchased' }, { type: 'Resumed', appId: 'p1' });
    expect(standard.until(LAPSED).and(LATER, purchase('standard')).app()).toMatchObject({
      status: 'active',
      holds: [],
      suspendedSince: null,
      reclaimAt: null,
      entitlements: { serving: true, features: ['global-access'] },
    });
  });

  it('a refunded one too', () => {
    standard
      .and(BOUGHT, refund('standard'))
      .when(LATER, purchase('premium'))
      .then({ type: 'Purchased' }, { type: 'Resumed' });
  });

  it('a Trial that is over is extended, or left', () => {
    onTrial
      .until(E)
      .when(LATER, say.extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2024-10-05T02:00:00Z' }, { type: 'Resumed' });
    onTrial.until(E).when(LATER, purchase('standard')).then({ type: 'Purchased' }, { type: 'Resumed' });
  });

  it('not when the first goes, but when the last does', () => {
    const stopped = standard.and('2024-08-20T10:00:00+08:00', overdue).until(LAPSED);
    const cleared = stopped.when(LATER, topUp('500.00')).then({ type: 'FundsToppedUp' }, { type: 'ArrearsCleared' });
    expect(cleared.app()).toMatchObject({
      status: 'suspended',
      holds: ['lapsed'],
      suspendedSince: '2024-08-21T02:00:00Z',
    });
    cleared.when(LATER, purchase('standard')).then({ type: 'Purchased' }, { type: 'Resumed' });
  });

  it('enabling lifts `disabled` alone', () => {
    const both = standard.and(BOUGHT, say.disableApp()).until(LAPSED);
    const enabled = both.when(LATER, say.enableApp()).then({ type: 'AppEnabled' });
    expect(enabled.app()).toMatchObject({ status: 'suspended', holds: ['lapsed'] });
    standard
      .and(BOUGHT, say.disableApp())
      .when(BOUGHT, say.enableApp())
      .then({ type: 'AppEnabled' }, { type: 'Resumed' });
  });

  it('and a later suspension is a new one, with a notice of its own', () => {
    standard
      .and(BOUGHT, say.disableApp(), say.enableApp())
      .when('2024-08-03T10:00:00+08:00', say.disableApp())
      .then(
        { type: 'AppDisabled' },
        { type: 'Suspended', cause: 'disabled', suspendedSince: '2024-08-03T02:00:00Z', reclaimAt: null },
        told,
      );
  });
});
