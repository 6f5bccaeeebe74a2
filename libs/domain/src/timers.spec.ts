import { describe, expect, it } from '@jest/globals';
import * as say from './testing/commands.js';
import { createApp, purchase, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';

const account = given(BOUGHT, say.openAccount('USD'), topUp('9000.00'));
const onTrial = account.and(BOUGHT, createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));

/** A deadline on a line: when, what, whose; of an expiry notice its days left, of a settlement its period. */
const timers = (history: Scenario): readonly string[] =>
  history.result.timers.map(({ dueAt, kind, appId, product, daysLeft, period }) =>
    [dueAt, kind, appId ?? '-', product ?? daysLeft ?? period ?? ''].join(' ').trim(),
  );

/** Without the settlements, which P-7.6 arms. */
const ofApps = (history: Scenario): readonly string[] => timers(history).filter((line) => !line.includes('settle-'));

const TERM_OF_STANDARD = [
  '2024-08-25T02:00:00Z notice p1 7',
  '2024-08-26T02:00:00Z notice p1 6',
  '2024-08-27T02:00:00Z notice p1 5',
  '2024-08-28T02:00:00Z notice p1 4',
  '2024-08-29T02:00:00Z notice p1 3',
  '2024-08-30T02:00:00Z notice p1 2',
  '2024-08-31T02:00:00Z notice p1 1',
  '2024-09-01T02:00:00Z term-end p1 standard',
  '2024-09-01T02:00:00Z notice p1 0',
  '2024-09-02T02:00:00Z notice p1 -1',
];

describe('P-1.4 the end of a Trial is armed where it has one', () => {
  it('until it is over', () => {
    expect(timers(onTrial)).toEqual(['2024-09-01T02:00:00Z trial-end p1']);
    expect(timers(onTrial.and(BOUGHT, say.extendTrial()))).toEqual(['2024-10-01T02:00:00Z trial-end p1']);
    expect(timers(onTrial.until(E))).toEqual(['2024-11-23T02:00:00Z notice p1', '2024-11-30T02:00:00Z reclaim p1']);
  });

  it('also while the app is stopped for another cause', () => {
    expect(timers(onTrial.and(BOUGHT, say.disableApp()))).toEqual(['2024-09-01T02:00:00Z trial-end p1']);
  });

  it('nothing is armed of a Trial for ever', () => {
    expect(timers(given(BOUGHT, say.openAccount('CNY'), createApp('cn-2023')))).toEqual([]);
  });
});

describe('P-6.1 P-6.2 the end of a term and its notices are armed from the purchase on', () => {
  it('with the settlement of the month', () => {
    expect(timers(standard)).toEqual([...TERM_OF_STANDARD, '2024-09-02T16:00:00Z settle-month - 2024-08']);
  });

  it('of an automatic package too', () => {
    expect(ofApps(standard.and(BOUGHT, say.setRenewal('standard', 'automatic')))).toEqual(TERM_OF_STANDARD);
  });

  it('a notice until it is issued', () => {
    expect(ofApps(standard.until('2024-08-30T09:59:59+08:00'))).toEqual(TERM_OF_STANDARD.slice(5));
    expect(ofApps(standard.until('2024-08-30T10:00:00+08:00'))).toEqual(TERM_OF_STANDARD.slice(6));
  });

  it('the end of all paid terms, and of each add-on', () => {
    const renewed = standard.and(BOUGHT, say.renew('standard', 1), purchase('desk'), purchase('push'));
    expect(ofApps(renewed).filter((line) => line.includes('term-end'))).toEqual([
      '2024-08-31T16:00:00Z term-end p1 push',
      '2024-09-01T02:00:00Z term-end p1 desk',
      '2024-10-01T02:00:00Z term-end p1 standard',
    ]);
  });

  it('in grace the suspension, and the notice of the day after', () => {
    expect(ofApps(standard.until(E))).toEqual([
      '2024-09-02T02:00:00Z suspend-lapsed p1',
      '2024-09-02T02:00:00Z notice p1 -1',
    ]);
  });

  it('a postpaid package has none of them', () => {
    const postpaid = account.and(BOUGHT, createApp('intl-2022'), purchase('standard', { months: undefined }));
    expect(timers(postpaid)).toEqual(['2024-09-02T16:00:00Z settle-month - 2024-08']);
  });
});

describe('P-6.4 the reclamation is armed while its clock runs', () => {
  it('from the lapse on, with its notice until that is issued, and the ends of add-ons', () => {
    const lapsed = standard.and(BOUGHT, purchase('desk', { months: 2 })).until(LAPSED);
    expect(ofApps(lapsed)).toEqual([
      '2024-10-01T02:00:00Z term-end p1 desk',
      '2024-11-24T02:00:00Z notice p1',
      '2024-12-01T02:00:00Z reclaim p1',
    ]);
    expect(ofApps(lapsed.until('2024-11-24T10:00:00+08:00'))).toEqual(['2024-12-01T02:00:00Z reclaim p1']);
    expect(ofApps(lapsed.until('2024-12-01T10:00:00+08:00'))).toEqual([]);
  });

  it('not by `disabled` alone', () => {
    expect(ofApps(standard.and(BOUGHT, say.disableApp()))).toEqual(TERM_OF_STANDARD);
  });

  it('beside the end of a term that it will void', () => {
    const banned = onTrial.and(BOUGHT, purchase('standard', { months: 6 }), say.banAccount());
    const kinds = ofApps(banned).filter((line) => !line.includes('notice'));
    expect(kinds).toEqual(['2024-10-30T02:00:00Z reclaim p1', '2025-02-01T02:00:00Z term-end p1 standard']);
  });

  it('not when the app has come back', () => {
    expect(ofApps(standard.until(LAPSED).and(LAPSED, purchase('standard')))).toHaveLength(10);
  });
});

describe('P-8.2 the stop for arrears is armed while the account is overdue and not yet stopped', () => {
  const overdue = onTrial.and(BOUGHT, say.chargeAccount('9001.00'));
  const STOP = '2024-08-02T02:00:00Z suspend-arrears -';

  it('until it comes, or the arrears go', () => {
    expect(timers(overdue)).toEqual([STOP, '2024-09-01T02:00:00Z trial-end p1']);
    expect(timers(overdue.until('2024-08-02T09:59:59+08:00'))).toContain(STOP);
    expect(timers(overdue.until('2024-08-02T10:00:00+08:00'))).toEqual([
      '2024-09-01T02:00:00Z trial-end p1',
      '2024-10-24T02:00:00Z notice p1',
      '2024-10-31T02:00:00Z reclaim p1',
    ]);
    expect(timers(overdue.and(BOUGHT, topUp('1.00')))).toEqual(['2024-09-01T02:00:00Z trial-end p1']);
  });

  it('of an account without apps too', () => {
    expect(timers(account.and(BOUGHT, say.chargeAccount('9001.00')))).toEqual([STOP]);
  });
});

describe('P-7.6 P-7.10 settlements are armed for what has begun', () => {
  it('each month not yet settled, up to the current one', () => {
    const months = (time: string) => timers(standard.until(time)).filter((line) => line.includes('settle-month'));
    expect(months('2024-09-02T23:59:59+08:00')).toEqual([
      '2024-09-02T16:00:00Z settle-month - 2024-08',
      '2024-10-02T16:00:00Z settle-month - 2024-09',
    ]);
    expect(months('2024-09-03T00:00:00+08:00')).toEqual(['2024-10-02T16:00:00Z settle-month - 2024-09']);
  });

  it('three months after the last with a package, and then no more, of a reclaimed app too', () => {
    expect(timers(standard.until('2024-12-20T00:00:00+08:00'))).toEqual([
      '2025-01-02T16:00:00Z settle-month - 2024-12',
    ]);
    expect(timers(standard.until('2025-01-20T00:00:00+08:00'))).toEqual([]);
  });

  it('each day begun of which push covered a second', () => {
    const push = standard.and('2024-08-05T10:00:00+08:00', purchase('push'));
    const days = (time: string) => timers(push.until(time)).filter((line) => line.includes('settle-day'));
    expect(days('2024-08-05T10:00:00+08:00')).toEqual(['2024-08-05T19:00:00Z settle-day - 2024-08-05']);
    expect(days('2024-08-06T00:00:00+08:00')).toEqual([
      '2024-08-05T19:00:00Z settle-day - 2024-08-05',
      '2024-08-06T19:00:00Z settle-day - 2024-08-06',
    ]);
    expect(days('2024-08-06T03:00:00+08:00')).toEqual(['2024-08-06T19:00:00Z settle-day - 2024-08-06']);
  });
});

describe('P-0.6 the list is by instant', () => {
  it('over all apps and accounts', () => {
    const two = standard
      .and('2024-08-10T10:00:00+08:00', say.openAccount('USD', { accountId: 'a2' }))
      .and('2024-08-10T10:00:00+08:00', createApp('intl-2024', { accountId: 'a2', appId: 'p2' }));
    const dueAt = two.result.timers.map((timer) => timer.dueAt);
    expect(dueAt).toEqual(dueAt.toSorted());
    expect(two.result.timers.map(({ accountId }) => accountId)).toContain('a2');
  });
});
