import { describe, expect, it } from '@jest/globals';
import { instant } from '../calendar.js';
import type { LedgerEvent, NoticeIssued } from '../events.js';
import { stateAt } from '../state-at.js';
import * as say from '../testing/commands.js';
import { purchase, renew, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';
import { noticeStanding } from './notice-standing.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const ONE_LEFT = '2024-08-31T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const onTrial = given(BOUGHT, say.openAccount('USD'), topUp('2000.00'), say.createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));

/** The last notice of a kind that a history has. */
const lastNotice = (history: Scenario, notice: NoticeIssued['notice']): NoticeIssued => {
  const events = history.result.events.map(({ type, data }) => ({ ...data, type }) as LedgerEvent);
  const found = events.findLast((event): event is NoticeIssued => isNotice(event) && event.notice === notice);
  if (!found) throw new Error(`there is no notice ${notice}`);
  return found;
};

const isNotice = (event: LedgerEvent): event is NoticeIssued => event.type === 'NoticeIssued';

/** What becomes of the last notice of a kind that `issued` has, looked at in `later`, at a time. */
const standing = (issued: Scenario, notice: NoticeIssued['notice'], later: Scenario, time: string) =>
  noticeStanding(stateAt(later.state(), instant(time)), lastNotice(issued, notice), instant(time));

const voidFor = (why: string) => ({ kind: 'void', why });

describe('P-6.1 a notice of an expiry stands as long as the term ends then', () => {
  const told = standard.until(ONE_LEFT);

  it('and tells when, what a month costs and what the wallet has', () => {
    expect(standing(told, 'expiry', told, ONE_LEFT)).toEqual({
      kind: 'stands',
      currency: 'USD',
      facts: {
        notice: 'expiry',
        appId: 'p1',
        product: 'standard',
        phase: 'running',
        endsAt: instant(E),
        graceEndsAt: instant(LAPSED),
        renewal: 'manual',
        month: '399.00',
        available: '1601.00',
      },
    });
  });

  it.each([
    ['a renewal', renew('standard', 1)],
    ['a refund', say.refund('standard')],
  ])('%s voids it', (_, command) => {
    expect(standing(told, 'expiry', told.and(ONE_LEFT, command), ONE_LEFT)).toEqual(voidFor('term-changed'));
  });

  it.each([
    ['disabling', say.disableApp()],
    ['an upgrade', say.upgrade('premium')],
    ['a ban', say.banAccount()],
  ])('%s does not', (_, command) => {
    expect(standing(told, 'expiry', told.and(ONE_LEFT, command), ONE_LEFT)).toMatchObject({ kind: 'stands' });
  });

  it('one of the day after the expiry knows that the app has lapsed', () => {
    const lapsed = standard.until(LAPSED);
    expect(standing(lapsed, 'expiry', lapsed, LAPSED)).toMatchObject({
      facts: { phase: 'lapsed', endsAt: instant(E) },
    });
    const again = lapsed.and(LAPSED, purchase('standard'));
    expect(standing(lapsed, 'expiry', again, LAPSED)).toEqual(voidFor('term-changed'));
  });

  it('what no clock has written yet counts too: grace began at the end of the term (P-0.7)', () => {
    const late = '2024-09-01T09:00:00+08:00';
    expect(standing(told, 'expiry', told.until(late), E)).toMatchObject({ facts: { phase: 'grace' } });
    const automatic = standard.and(BOUGHT, say.setRenewal('standard', 'automatic')).until(ONE_LEFT);
    expect(standing(automatic, 'expiry', automatic, E)).toEqual(voidFor('term-changed'));
  });

  it('P-1.6 a deletion voids it', () => {
    const banned = told.and(ONE_LEFT, say.banAccount());
    expect(standing(told, 'expiry', banned.and(ONE_LEFT, say.deleteApp()), ONE_LEFT)).toEqual(voidFor('app-gone'));
  });
});

describe('P-8.3 a notice of arrears stands until they end', () => {
  const overdue = standard.and(BOUGHT, say.chargeAccount('1602.00'));

  it('P-8.1 and tells the debt of now, and when every app stops', () => {
    const further = overdue.and('2024-08-01T11:00:00+08:00', say.chargeAccount('2.50'));
    expect(standing(overdue, 'arrears', further, '2024-08-01T12:00:00+08:00')).toMatchObject({
      facts: { notice: 'arrears', debt: '3.50', suspendsAt: instant('2024-08-02T10:00:00+08:00') },
    });
  });

  it('a top-up that leaves a debt does not void it, one that clears it does', () => {
    const later = '2024-08-01T11:00:00+08:00';
    expect(standing(overdue, 'arrears', overdue.and(later, topUp('0.99')), later)).toMatchObject({
      facts: { debt: '0.01' },
    });
    expect(standing(overdue, 'arrears', overdue.and(later, topUp('1.00')), later)).toEqual(voidFor('arrears-cleared'));
  });

  it('arrears that come after them have a notice of their own', () => {
    const cleared = overdue.and('2024-08-01T11:00:00+08:00', topUp('1.00'));
    const again = cleared.and('2024-08-01T12:00:00+08:00', say.chargeAccount('7.00'));
    const now = '2024-08-01T12:00:00+08:00';
    expect(standing(overdue, 'arrears', again, now)).toEqual(voidFor('arrears-cleared'));
    expect(standing(again, 'arrears', again, now)).toMatchObject({ facts: { debt: '7.00' } });
  });
});

describe('P-6.3 a notice of a suspension stands until the app serves again', () => {
  const disabled = standard.and(ONE_LEFT, say.disableApp());
  const later = '2024-08-31T11:00:00+08:00';

  it('and tells the causes, and that nothing is reclaimed while only `disabled` stands (P-6.4)', () => {
    expect(standing(disabled, 'suspended', disabled, later)).toMatchObject({
      facts: { notice: 'suspended', appId: 'p1', holds: ['disabled'], stoppedAt: instant(ONE_LEFT), reclaimAt: null },
    });
  });

  it('a further cause does not void it, serving again does, and a later suspension has its own', () => {
    const both = disabled.and(later, say.refund('standard'));
    expect(standing(disabled, 'suspended', both, later)).toMatchObject({ facts: { holds: ['disabled', 'refunded'] } });
    const enabled = disabled.and(later, say.enableApp());
    expect(standing(disabled, 'suspended', enabled, later)).toEqual(voidFor('resumed'));
    const again = enabled.and('2024-08-31T12:00:00+08:00', say.disableApp());
    expect(standing(disabled, 'suspended', again, '2024-08-31T12:00:00+08:00')).toEqual(voidFor('resumed'));
  });
});

describe('P-6.4 a notice of the reclamation stands while the same 90 days run', () => {
  const WARNED = '2024-11-24T10:00:00+08:00';
  const RECLAIM = '2024-12-01T10:00:00+08:00';
  const warned = standard.until(WARNED);

  it('and tells when', () => {
    expect(standing(warned, 'reclaim', warned, WARNED)).toMatchObject({
      facts: { notice: 'reclaim', holds: ['lapsed'], reclaimAt: instant(RECLAIM) },
    });
  });

  it('coming back voids it; so does what leaves only `disabled`', () => {
    expect(standing(warned, 'reclaim', warned.and(WARNED, purchase('standard')), WARNED)).toEqual(voidFor('resumed'));
    // In arrears for 1.00 from 1 August on, stopped on the 2nd, to be reclaimed on 31 October.
    const debtor = onTrial.and(BOUGHT, purchase('standard', { months: 5 }), say.chargeAccount('6.00'));
    const told = debtor.until('2024-10-24T10:00:00+08:00');
    const cleared = told.and('2024-10-24T11:00:00+08:00', say.disableApp(), topUp('1000.00'));
    expect(standing(told, 'reclaim', cleared, '2024-10-24T11:00:00+08:00')).toEqual(voidFor('reclaim-void'));
  });

  it('P-6.5 a reclaimed app has nothing left to warn of', () => {
    expect(standing(warned, 'reclaim', warned, RECLAIM)).toEqual(voidFor('app-gone'));
  });
});
