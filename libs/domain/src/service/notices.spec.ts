import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { purchase, renew } from '../testing/commands.js';
import { given, type Expected, type Scenario } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const onTrial = given(BOUGHT, say.openAccount('USD'), say.topUp('9000.00'), say.createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));

const notice = (daysLeft: number, effectiveAt?: string): Expected => ({
  type: 'NoticeIssued',
  appId: 'p1',
  notice: 'expiry',
  daysLeft,
  ...(effectiveAt !== undefined && { effectiveAt }),
});

/** The notices of expiries that are still to come. */
const armed = (history: Scenario): readonly (string | undefined)[] =>
  history.result.timers
    .filter(({ kind, daysLeft }) => kind === 'notice' && daysLeft !== undefined)
    .map(({ dueAt }) => dueAt);

describe('P-6.1 notices on each of the 7 days before expiry, on the expiry day, and 1 day after', () => {
  it('at the time of the expiry, to the second', () => {
    standard
      .whenTimeIs(LAPSED)
      .thenAmong(
        notice(7, '2024-08-25T02:00:00Z'),
        notice(6, '2024-08-26T02:00:00Z'),
        notice(5, '2024-08-27T02:00:00Z'),
        notice(4, '2024-08-28T02:00:00Z'),
        notice(3, '2024-08-29T02:00:00Z'),
        notice(2, '2024-08-30T02:00:00Z'),
        notice(1, '2024-08-31T02:00:00Z'),
        notice(0, '2024-09-01T02:00:00Z'),
        { type: 'NoticeIssued', notice: 'suspended' },
        notice(-1, '2024-09-02T02:00:00Z'),
      );
  });

  it('none a second before the first, and none twice', () => {
    standard.whenTimeIs('2024-08-25T09:59:59+08:00').thenNothing();
    standard.until('2024-08-25T09:59:59+08:00').whenTimeIs('2024-08-25T10:00:00+08:00').then(notice(7));
    standard.until('2024-08-25T10:00:00+08:00').whenTimeIs('2024-08-26T09:59:59+08:00').thenNothing();
  });

  it('of an inclusive-day term at midnight, when it ends', () => {
    given(BOUGHT, say.openAccount('CNY'), say.topUp('9000.00'), say.createApp('cn-2023'), purchase('pro'))
      .whenTimeIs('2024-08-25T23:59:59+08:00')
      .then(notice(7, '2024-08-24T16:00:00Z'));
  });

  it('nor of an add-on, a Trial or a postpaid package', () => {
    const renewed = standard.and(BOUGHT, renew('standard', 2), purchase('desk')).until(E);
    expect(armed(renewed)).toEqual(armed(standard.and(BOUGHT, renew('standard', 2))));
    expect(armed(onTrial)).toEqual([]);
    const postpaid = given(BOUGHT, say.openAccount('USD'), say.createApp('intl-2022'));
    expect(armed(postpaid.and(BOUGHT, purchase('standard', { months: undefined })))).toEqual([]);
  });
});

describe('P-6.1 P-3.4 an automatic renewal', () => {
  const automatic = standard.and(BOUGHT, say.setRenewal('standard', 'automatic')).until('2024-08-31T10:00:00+08:00');

  it('is announced like any expiry, but at E leaves no notice for E', () => {
    expect(armed(standard.and(BOUGHT, say.setRenewal('standard', 'automatic')))).toHaveLength(9);
    automatic.whenTimeIs(LAPSED).then({ type: 'Renewed', automatic: true, effectiveAt: '2024-09-01T02:00:00Z' });
  });

  it('that fails leaves the notice for E, and the one after it', () => {
    automatic
      .and('2024-08-31T10:00:00+08:00', say.chargeAccount('8601.00'))
      .whenTimeIs(LAPSED)
      .then(
        { type: 'AutoRenewalFailed', cause: 'funds' },
        { type: 'Expired' },
        notice(0, '2024-09-01T02:00:00Z'),
        { type: 'Suspended', cause: 'lapsed' },
        { type: 'NoticeIssued', notice: 'suspended' },
        notice(-1, '2024-09-02T02:00:00Z'),
      );
  });

  it('that succeeds in grace leaves none for the day after', () => {
    automatic
      .and('2024-08-31T10:00:00+08:00', say.chargeAccount('8601.00'))
      .until(E)
      .and('2024-09-01T11:00:00+08:00', say.topUp('399.00'))
      .whenTimeIs(LAPSED)
      .thenNothing();
  });
});

describe('P-6.1 a renewal, a refund, reclamation and deletion cancel the notices still to come', () => {
  const THREE_LEFT = '2024-08-29T10:00:00+08:00';

  it('a renewal, and those of the new expiry begin', () => {
    const renewed = standard.and(THREE_LEFT, renew('standard', 1));
    renewed.whenTimeIs('2024-09-24T09:59:59+08:00').then({ type: 'BillIssued' });
    expect(armed(renewed)).toEqual([
      '2024-09-24T02:00:00Z',
      '2024-09-25T02:00:00Z',
      '2024-09-26T02:00:00Z',
      '2024-09-27T02:00:00Z',
      '2024-09-28T02:00:00Z',
      '2024-09-29T02:00:00Z',
      '2024-09-30T02:00:00Z',
      '2024-10-01T02:00:00Z',
      '2024-10-02T02:00:00Z',
    ]);
  });

  it('a renewal in grace cancels the one of the day after', () => {
    standard.and(E, renew('standard', 1)).whenTimeIs(LAPSED).thenNothing();
  });

  it('a refund', () => {
    standard.and(THREE_LEFT, say.refund('standard')).whenTimeIs(LAPSED).thenNothing();
  });

  it('a reclamation, with the term still running', () => {
    const stopped = onTrial.and(BOUGHT, purchase('standard', { months: 4 }), say.chargeAccount('9999.00'));
    // Stopped on 2 August, so reclaimed on 31 October; the term would have run to 1 December.
    const reclaimed = stopped.until('2024-10-31T10:00:00+08:00');
    expect(reclaimed.app().status).toBe('reclaimed');
    expect(armed(stopped.until('2024-10-31T09:59:59+08:00'))).toHaveLength(9);
    expect(armed(reclaimed)).toEqual([]);
    reclaimed.whenTimeIs('2024-12-02T23:00:00+08:00').then({ type: 'BillIssued' });
  });

  it('a deletion, which only a banned account may order while the term runs', () => {
    standard.and(THREE_LEFT, say.banAccount(), say.deleteApp()).whenTimeIs(LAPSED).thenNothing();
  });

  it('a purchase after the lapse begins them anew', () => {
    const again = standard.until(LAPSED).and(LAPSED, purchase('standard'));
    expect(armed(again)).toHaveLength(9);
    expect(armed(again)[0]).toBe('2024-09-25T02:00:00Z');
  });
});

describe('P-6.1 nothing else cancels them', () => {
  const SEVEN_TO_ZERO = [7, 6, 5, 4, 3, 2, 1, 0].map((daysLeft) => notice(daysLeft));

  it.each([
    ['a suspension', say.chargeAccount('9999.00')],
    ['a ban', say.banAccount()],
    ['disabling', say.disableApp()],
    ['an upgrade', say.upgrade('premium')],
    ['a change of the renewal setting', say.setRenewal('standard', 'never')],
  ])('%s', (_, command) => {
    const { events } = standard.and('2024-08-20T10:00:00+08:00', command).whenTimeIs(E);
    expect(events.filter(({ notice: kind }) => kind === 'expiry')).toMatchObject(SEVEN_TO_ZERO);
  });
});
