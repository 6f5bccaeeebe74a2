import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { countdown, expectLife, refused } from '../testing/life.js';

const bill = (period: string, total: string, ...lines: readonly object[]) =>
  ({ type: 'BillIssued', period, total, lines }) as const;
const LAPSE = '2019-05-12T00:00:00+08:00';

describe('P-10 a life in cn-2019', () => {
  it('P-2.4 bought, used far above its quota, renewed, lapsed, bought again, refunded, deleted', () => {
    const { accounts, apps, timers } = expectLife(
      ['2019-02-12T15:30:00+08:00', say.openAccount('CNY'), { type: 'AccountOpened', currency: 'CNY' }],
      ['2019-02-12T15:30:00+08:00', say.topUp('40000.00'), { type: 'FundsToppedUp', amount: '40000.00' }],
      ['2019-02-12T15:30:00+08:00', say.createApp('cn-2019'), { type: 'AppCreated', priceBook: 'cn-2019' }],
      [
        '2019-02-12T15:30:00+08:00',
        say.purchase('pro'),
        { type: 'Purchased', order: { amount: '999.00', endsAt: '2019-03-11T16:00:00Z' } },
      ],
      ['2019-02-12T15:31:00+08:00', say.purchase('flagship'), refused('ProductUnknown')],
      [
        '2019-02-12T15:32:00+08:00',
        say.purchase('members-2000'),
        { type: 'Purchased', kind: 'add-on', order: { amount: '500.00', endsAt: '2019-03-11T16:00:00Z' } },
      ],
      ['2019-02-12T15:33:00+08:00', say.setHistoryTier(30), { type: 'HistoryTierSet', days: 30 }],
      [
        '2019-02-21T09:00:00+08:00',
        say.recordUsage([
          { meter: 'dau', day: '2019-02-20', value: 250_000 },
          { meter: 'groups', day: '2019-02-20', value: 100_001 },
          { meter: 'bandwidth', day: '2019-02-20', value: '3.2' },
        ]),
        { type: 'UsageRecorded' },
      ],
      // 150,000 above 100,000 are 2 units of 10,000; one group above is a unit of 1,000; 4 Mbps × 2; 3 × 500 for history.
      [
        '2019-03-03T00:00:00+08:00',
        null,
        bill(
          '2019-02',
          '22508.00',
          { meter: 'dau', peakDay: '2019-02-20', units: 2, amount: '20000.00' },
          { meter: 'groups', units: 1, amount: '1000.00' },
          { meter: 'bandwidth', region: 'mainland', units: 4, amount: '8.00' },
          { meter: 'history', units: 3, amount: '1500.00' },
        ),
      ],
      ...countdown('2019-03-12T00:00:00+08:00', 7, 4),
      [
        '2019-03-08T10:00:00+08:00',
        say.renew('pro', 2),
        {
          type: 'Renewed',
          order: { startsAt: '2019-03-11T16:00:00Z', endsAt: '2019-05-11T16:00:00Z', amount: '1998.00' },
        },
      ],
      ['2019-03-12T00:00:00+08:00', null, { type: 'AddOnEnded', product: 'members-2000' }],
      ['2019-04-03T00:00:00+08:00', null, bill('2019-03', '500.00', { meter: 'history', units: 1, amount: '500.00' })],
      [
        '2019-04-10T00:00:00+08:00',
        say.disableApp(),
        { type: 'AppDisabled' },
        { type: 'Suspended', cause: 'disabled', reclaimAt: null },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      ['2019-04-15T00:00:00+08:00', say.deleteApp(), refused('TermRunning')],
      ['2019-04-20T00:00:00+08:00', say.enableApp(), { type: 'AppEnabled' }, { type: 'Resumed' }],
      // 20 of 30 days served.
      ['2019-05-03T00:00:00+08:00', null, bill('2019-04', '333.33', { meter: 'history', amount: '333.33' })],
      ...countdown(LAPSE),
      [
        LAPSE,
        null,
        { type: 'Expired', product: 'pro', graceEndsAt: '2019-05-12T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
      ],
      ['2019-05-12T12:00:00+08:00', say.purchase('pro'), refused('RenewInstead')],
      [
        '2019-05-13T00:00:00+08:00',
        null,
        { type: 'Suspended', cause: 'lapsed', reclaimAt: '2019-08-10T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
      ],
      // 12 of 31 days.
      ['2019-06-03T00:00:00+08:00', null, bill('2019-05', '193.55', { meter: 'history', amount: '193.55' })],
      ['2019-06-10T10:00:00+08:00', say.renew('pro', 3), refused('BuyAgain')],
      [
        '2019-06-10T10:00:00+08:00',
        say.purchase('pro', { months: 3 }),
        { type: 'Purchased', order: { orderId: 'p1-4', amount: '2997.00', endsAt: '2019-09-09T16:00:00Z' } },
        { type: 'Resumed' },
      ],
      // Suspended for 813,600 of 2,592,000 s.
      [
        '2019-07-03T00:00:00+08:00',
        null,
        bill('2019-06', '343.06', { meter: 'history', share: { served: 1_778_400, of: 2_592_000 }, amount: '343.06' }),
      ],
      // The first month is used, and 10 of the 31 days of the second: 999 + 322.258…
      [
        '2019-07-20T00:00:00+08:00',
        say.refund('pro'),
        { type: 'Refunded', lines: [{ used: '1321.26' }], amount: '1675.74', gift: '0.00', cash: '1675.74' },
        { type: 'Suspended', cause: 'refunded', reclaimAt: '2019-10-17T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      // 19 of 31 days; from the next month on nothing.
      ['2019-08-03T00:00:00+08:00', null, bill('2019-07', '306.45', { meter: 'history', amount: '306.45' })],
      ['2019-08-20T00:00:00+08:00', say.deleteApp(), { type: 'AppDeleted' }],
      ['2019-08-20T00:00:00+08:00', say.purchase('pro'), refused('AppDeleted')],
      ['2019-09-03T00:00:00+08:00', null, bill('2019-08', '0.00')],
      ['2019-10-03T00:00:00+08:00', null, bill('2019-09', '0.00')],
      ['2019-11-03T00:00:00+08:00', null, bill('2019-10', '0.00')],
      ['2029-01-01T00:00:00+08:00', null],
    );
    // 40000 − 999 − 500 − 22508 − 1998 − 500 − 333.33 − 193.55 − 2997 − 343.06 + 1675.74 − 306.45
    expect(accounts['a1']).toMatchObject({ cash: '10997.35', gift: '0.00', overdueSince: null });
    expect(apps['p1']).toMatchObject({ status: 'deleted', package: null });
    expect(timers).toEqual([]);
  });
});
