import { describe, expect, it } from '@jest/globals';
import type { Command } from '../commands.js';
import * as say from '../testing/commands.js';
import { purchase } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';

/** Stopped for arrears on 2 August, reclaimed on 31 October; paid are six months of the package and of a desk. */
const paid = given(BOUGHT, say.openAccount('USD'), say.topUp('9000.00'), say.createApp('intl-2024')).and(
  BOUGHT,
  purchase('standard', { months: 6, renewal: 'automatic' }),
  purchase('desk', { months: 6 }),
);
const stopped = paid.and(BOUGHT, say.chargeAccount('4813.00'));
const RECLAIMED = '2024-10-31T10:00:00+08:00';
const reclaimed = stopped.until(RECLAIMED);

describe('P-6.5 a reclaimed app is final', () => {
  it('paid terms and add-ons end with it, without an event of their own', () => {
    stopped.until('2024-10-31T09:59:59+08:00').whenTimeIs(RECLAIMED).then({
      type: 'ResourcesReclaimed',
      effectiveAt: '2024-10-31T02:00:00Z',
      suspendedSince: '2024-08-02T02:00:00Z',
    });
    expect(reclaimed.app()).toEqual({
      accountId: 'a1',
      priceBook: 'intl-2024',
      status: 'reclaimed',
      holds: [],
      package: null,
      termStartedAt: null,
      termEndsAt: null,
      graceEndsAt: null,
      trialEndsAt: null,
      suspendedSince: null,
      reclaimAt: null,
      renewal: null,
      historyTier: null,
      addOns: [],
      entitlements: { serving: false, limits: {}, features: [] },
    });
  });

  it('nothing is paid back', () => {
    // 9000 − 6 × 399 − 6 × 299 − 4813 = −1.00.
    expect(reclaimed.account()).toMatchObject({ cash: '-1.00', gift: '0.00' });
  });

  it('nothing happens to it any more: only bills of its account come', () => {
    const { events } = reclaimed.whenTimeIs('2030-01-01T00:00:00+08:00');
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['BillIssued']));
    expect(events.map(({ period }) => period)).toEqual(['2024-10', '2024-11', '2024-12', '2025-01']);
  });

  it('neither does it serve again when the arrears are over, nor can the account be stopped for it', () => {
    reclaimed.when(RECLAIMED, say.topUp('100.00')).then({ type: 'FundsToppedUp' }, { type: 'ArrearsCleared' });
    reclaimed
      .and(RECLAIMED, say.topUp('100.00'))
      .and(RECLAIMED, say.chargeAccount('200.00'))
      .whenTimeIs('2024-11-02T10:00:00+08:00')
      .thenNothing();
  });

  it('nor does a ban stop it', () => {
    reclaimed.when(RECLAIMED, say.banAccount()).then({ type: 'AccountBanned' });
  });

  it.each<Command>([
    purchase('standard'),
    purchase('desk'),
    say.renew('standard', 1),
    say.setRenewal('standard', 'manual'),
    say.upgrade('premium'),
    say.refund('standard'),
    say.refund('desk'),
    say.extendTrial(),
    say.disableApp(),
    say.enableApp(),
    say.migrate('intl-2024'),
    say.setHistoryTier(30),
    say.blockRefunds({ appId: 'p1' }),
  ])('$do is refused', (command) => {
    reclaimed.when(RECLAIMED, command).thenRefused('AppReclaimed', 'P-6.5', { appId: 'p1' });
  });

  it('P-1.6 it may be deleted', () => {
    const deleted = reclaimed.when(RECLAIMED, say.deleteApp()).then({ type: 'AppDeleted', appId: 'p1' });
    expect(deleted.app().status).toBe('deleted');
    deleted.when(RECLAIMED, say.deleteApp()).thenRefused('AppDeleted', 'P-1.6');
  });
});
