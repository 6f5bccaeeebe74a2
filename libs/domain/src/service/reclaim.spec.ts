import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { chargeAccount, disableApp, enableApp, purchase, refund, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';
/** 90 × 86,400 s after the lapse. */
const RECLAIM = '2024-12-01T10:00:00+08:00';
const A_SECOND_BEFORE = '2024-12-01T09:59:59+08:00';

const standard = given(
  BOUGHT,
  say.openAccount('USD'),
  topUp('2000.00'),
  say.createApp('intl-2024'),
  purchase('standard'),
);
const lapsed = standard.until(LAPSED);
const overdue = chargeAccount('1602.00');

const reclaimed = { type: 'ResourcesReclaimed', appId: 'p1' } as const;
const warned = { type: 'NoticeIssued', notice: 'reclaim', appId: 'p1' } as const;
const reclaimAt = (history: Scenario): string | null => history.app().reclaimAt;

describe('P-6.4 90 days after an app was suspended its resources are reclaimed', () => {
  it('90 × 86,400 s later, not a second before', () => {
    const almost = lapsed.until(A_SECOND_BEFORE);
    expect(almost.app()).toMatchObject({ status: 'suspended', reclaimAt: '2024-12-01T02:00:00Z' });
    almost
      .whenTimeIs(RECLAIM)
      .then({ ...reclaimed, effectiveAt: '2024-12-01T02:00:00Z', suspendedSince: '2024-09-02T02:00:00Z' });
  });

  it('coming back in the last second voids it', () => {
    const back = lapsed.until(A_SECOND_BEFORE).and(A_SECOND_BEFORE, purchase('standard'));
    back.whenTimeIs(RECLAIM).thenNothing();
    expect(back.app()).toMatchObject({ status: 'active', suspendedSince: null, reclaimAt: null });
  });

  it('at the instant itself it is too late', () => {
    lapsed.when(RECLAIM, purchase('standard')).thenRefused('AppReclaimed', 'P-6.5');
  });

  it('a later suspension starts a new clock', () => {
    const again = lapsed.and('2024-11-30T10:00:00+08:00', purchase('standard')).until('2024-12-31T10:00:00+08:00');
    expect(again.app()).toMatchObject({
      suspendedSince: '2024-12-31T02:00:00Z',
      reclaimAt: '2025-03-31T02:00:00Z',
    });
  });

  it('the notice comes 7 days before, to the second', () => {
    lapsed.until('2024-11-05T00:00:00+08:00').whenTimeIs('2024-11-24T09:59:59+08:00').thenNothing();
    lapsed
      .until('2024-11-24T09:59:59+08:00')
      .whenTimeIs('2024-11-24T10:00:00+08:00')
      .then({ ...warned, effectiveAt: '2024-11-24T02:00:00Z' });
  });

  it('and once for each clock', () => {
    const warnedOnce = lapsed.until('2024-11-25T10:00:00+08:00');
    warnedOnce.whenTimeIs(RECLAIM).then(reclaimed);
    warnedOnce
      .and('2024-11-25T10:00:00+08:00', purchase('standard'))
      .whenTimeIs('2025-03-26T10:00:00+08:00')
      .thenAmong({ type: 'Suspended', effectiveAt: '2024-12-26T02:00:00Z' }, reclaimed);
    const { events } = warnedOnce
      .and('2024-11-25T10:00:00+08:00', purchase('standard'))
      .whenTimeIs('2025-03-26T10:00:00+08:00');
    expect(events.filter(({ notice }) => notice === 'reclaim')).toMatchObject([
      { effectiveAt: '2025-03-19T02:00:00Z' },
    ]);
  });
});

describe('P-6.4 a further cause does not restart the 90 days', () => {
  it.each([
    ['disabled', disableApp()],
    ['banned', say.banAccount()],
    ['in arrears', overdue],
  ])('lapsed, then %s', (_, command) => {
    const both = lapsed.and('2024-09-10T10:00:00+08:00', command).until('2024-09-20T10:00:00+08:00');
    expect(both.app().holds).toHaveLength(2);
    expect(reclaimAt(both)).toBe('2024-12-01T02:00:00Z');
    both.whenTimeIs(RECLAIM).thenAmong(reclaimed);
  });

  it('nor does the end of the first, while another stands', () => {
    // Stopped for arrears from 21 August on, lapsed on 2 September, out of arrears on the 10th.
    const history = standard.and('2024-08-20T10:00:00+08:00', overdue).and('2024-09-10T10:00:00+08:00', topUp('9.00'));
    expect(history.app()).toMatchObject({ holds: ['lapsed'], reclaimAt: '2024-11-19T02:00:00Z' });
    history.whenTimeIs('2024-11-19T10:00:00+08:00').thenAmong({ ...reclaimed, suspendedSince: '2024-08-21T02:00:00Z' });
  });

  it('where one step ends a cause and adds another, the new one is put on first', () => {
    // The refund of 399 × 16 ÷ 31 = 205.94 clears a debt of 1.00: `refunded` comes before `arrears` goes.
    const stopped = standard.and('2024-08-06T10:00:00+08:00', overdue).until('2024-08-16T10:00:00+08:00');
    const cleared = stopped.when('2024-08-16T10:00:00+08:00', refund('standard')).then(
      { type: 'Refunded', amount: '205.94' },
      {
        type: 'Suspended',
        cause: 'refunded',
        suspendedSince: '2024-08-07T02:00:00Z',
        reclaimAt: '2024-11-05T02:00:00Z',
      },
      { type: 'ArrearsCleared' },
    );
    expect(cleared.app()).toMatchObject({
      holds: ['refunded'],
      suspendedSince: '2024-08-07T02:00:00Z',
      reclaimAt: '2024-11-05T02:00:00Z',
    });
  });
});

describe("P-6.4 an operator's `disabled` alone runs no clock", () => {
  const long = given(BOUGHT, say.openAccount('CNY'), topUp('20000.00'), say.createApp('cn-2023'));
  const disabled = long.and(BOUGHT, disableApp());

  it('however long it stands', () => {
    disabled.whenTimeIs('2034-08-01T10:00:00+08:00').thenNothing();
    expect(disabled.until('2034-08-01T10:00:00+08:00').app()).toMatchObject({
      status: 'suspended',
      suspendedSince: '2024-08-01T02:00:00Z',
      reclaimAt: null,
    });
  });

  it('a cause that comes later starts it, from its own moment', () => {
    const both = standard.and(BOUGHT, disableApp()).until(LAPSED);
    expect(both.app()).toMatchObject({
      holds: ['disabled', 'lapsed'],
      suspendedSince: '2024-08-01T02:00:00Z',
      reclaimAt: '2024-12-01T02:00:00Z',
    });
    both.whenTimeIs(RECLAIM).thenAmong({ ...reclaimed, suspendedSince: '2024-08-01T02:00:00Z' });
  });

  it('which is void when that cause goes, though the app does not serve', () => {
    const cleared = standard
      .and(BOUGHT, purchase('desk'), disableApp(), chargeAccount('1303.00'))
      .and('2024-08-10T10:00:00+08:00', topUp('9.00'));
    expect(cleared.app()).toMatchObject({
      holds: ['disabled'],
      suspendedSince: '2024-08-01T02:00:00Z',
      reclaimAt: null,
    });
    expect(reclaimAt(cleared.until(LAPSED))).toBe('2024-12-01T02:00:00Z');
  });

  it('enabling does not void the clock of what stands beside it', () => {
    const enabled = lapsed.and('2024-09-10T10:00:00+08:00', disableApp()).and('2024-09-20T10:00:00+08:00', enableApp());
    expect(enabled.app()).toMatchObject({ holds: ['lapsed'], reclaimAt: '2024-12-01T02:00:00Z' });
  });

  it('`disabled` coming later and standing alone in the end voids it', () => {
    const history = standard
      .and(BOUGHT, chargeAccount('1602.00'))
      .and('2024-08-05T10:00:00+08:00', disableApp())
      .and('2024-08-10T10:00:00+08:00', topUp('9.00'));
    expect(history.app()).toMatchObject({
      holds: ['disabled'],
      suspendedSince: '2024-08-02T02:00:00Z',
      reclaimAt: null,
    });
  });
});
