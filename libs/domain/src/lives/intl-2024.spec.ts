import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { countdown, expectLife, refused } from '../testing/life.js';

const bill = (period: string) => ({ type: 'BillIssued', period, total: '0.00', lines: [] }) as const;
const CREATED = '2024-08-01T10:00:00+08:00';
const BOUGHT = '2024-09-10T10:00:00+08:00';
const E = '2024-11-10T10:00:00+08:00';

describe('P-10 a life in intl-2024', () => {
  it('P-1.4 P-3.4 P-6.4 Trial over, extended and left, upgraded, renewed by itself, overdue, lapsed, reclaimed', () => {
    const { accounts, apps, timers } = expectLife(
      [CREATED, say.openAccount('USD'), { type: 'AccountOpened' }],
      [CREATED, say.createApp('intl-2024'), { type: 'AppCreated', trialEndsAt: '2024-09-01T02:00:00Z' }],
      [
        '2024-08-05T10:00:00+08:00',
        say.purchase('call-trial', { months: undefined }),
        { type: 'Purchased', renewal: 'never', order: { amount: '0.00', endsAt: '2024-08-12T02:00:00Z' } },
      ],
      ['2024-08-12T10:00:00+08:00', null, { type: 'AddOnEnded', product: 'call-trial' }],
      [
        '2024-09-01T10:00:00+08:00',
        null,
        { type: 'Suspended', cause: 'trial-over', reclaimAt: '2024-11-30T02:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      [
        '2024-09-05T10:00:00+08:00',
        say.extendTrial(),
        { type: 'TrialExtended', trialEndsAt: '2024-10-05T02:00:00Z' },
        { type: 'Resumed' },
      ],
      [BOUGHT, say.topUp('2000.00'), { type: 'FundsToppedUp' }],
      [
        BOUGHT,
        say.purchase('standard', { renewal: 'automatic' }),
        { type: 'Purchased', renewal: 'automatic', order: { amount: '399.00', endsAt: '2024-10-10T02:00:00Z' } },
      ],
      [BOUGHT, say.extendTrial(), refused('TrialLeft')],
      [
        BOUGHT,
        say.purchase('desk'),
        { type: 'Purchased', order: { amount: '299.00', endsAt: '2024-10-10T02:00:00Z' } },
      ],
      [
        BOUGHT,
        say.purchase('desk-seat', { quantity: 2 }),
        { type: 'Purchased', order: { quantity: 2, amount: '100.00', endsAt: '2024-10-10T02:00:00Z' } },
      ],
      [
        '2024-09-15T10:00:00+08:00',
        say.setRenewal('desk', 'automatic'),
        { type: 'RenewalSettingChanged', product: 'desk', mode: 'automatic' },
      ],
      // 300 × 19.5 ÷ 30.
      [
        '2024-09-20T22:00:00+08:00',
        say.upgrade('premium'),
        { type: 'Upgraded', fee: '195.00', parts: [{ orderId: 'p1-2', fee: '195.00' }], refunds: [] },
      ],
      ['2024-10-03T00:00:00+08:00', null, bill('2024-09')],
      ...countdown('2024-10-10T10:00:00+08:00'),
      [
        '2024-10-10T10:00:00+08:00',
        null,
        { type: 'Renewed', automatic: true, order: { product: 'desk', amount: '299.00' } },
        { type: 'AddOnEnded', product: 'desk-seat' },
        {
          type: 'Renewed',
          automatic: true,
          order: { product: 'premium', amount: '699.00', endsAt: '2024-11-10T02:00:00Z' },
        },
      ],
      [
        '2024-10-20T10:00:00+08:00',
        say.recordUsage([{ meter: 'mau', day: '2024-10-19', value: 12_000 }]),
        { type: 'UsageRecorded' },
      ],
      // Left are 2000 − 399 − 299 − 100 − 195 − 299 − 699 = 9.00; 2,000 users above the quota cost 30.00.
      [
        '2024-11-03T00:00:00+08:00',
        null,
        { type: 'BillIssued', period: '2024-10', total: '30.00', cash: '30.00' },
        { type: 'Overdue', balance: '-21.00', suspendsAt: '2024-11-03T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'arrears' },
      ],
      ...countdown(E, 7, 7),
      [
        '2024-11-04T00:00:00+08:00',
        null,
        { type: 'Suspended', cause: 'arrears', reclaimAt: '2025-02-01T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      ...countdown(E, 6, 1),
      [
        E,
        null,
        { type: 'AutoRenewalFailed', product: 'desk', cause: 'arrears' },
        { type: 'AddOnEnded', product: 'desk' },
        { type: 'AutoRenewalFailed', product: 'premium', cause: 'arrears', required: '699.00', available: '-21.00' },
        { type: 'Expired', product: 'premium' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
      ],
      [
        '2024-11-10T20:00:00+08:00',
        say.topUp('100.00'),
        { type: 'FundsToppedUp', settled: '21.00' },
        { type: 'ArrearsCleared' },
        { type: 'Resumed' },
      ],
      [
        '2024-11-11T10:00:00+08:00',
        null,
        {
          type: 'Suspended',
          cause: 'lapsed',
          suspendedSince: '2024-11-11T02:00:00Z',
          reclaimAt: '2025-02-09T02:00:00Z',
        },
        { type: 'NoticeIssued', notice: 'suspended' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
      ],
      ['2024-11-20T10:00:00+08:00', say.renew('premium', 1), refused('BuyAgain')],
      ['2024-12-03T00:00:00+08:00', null, bill('2024-11')],
      ['2025-01-03T00:00:00+08:00', null, bill('2024-12')],
      ['2025-02-02T10:00:00+08:00', null, { type: 'NoticeIssued', notice: 'reclaim' }],
      ['2025-02-03T00:00:00+08:00', null, bill('2025-01')],
      ['2025-02-09T10:00:00+08:00', null, { type: 'ResourcesReclaimed', suspendedSince: '2024-11-11T02:00:00Z' }],
      ['2025-02-10T10:00:00+08:00', say.purchase('standard'), refused('AppReclaimed')],
      ['2025-02-10T10:00:00+08:00', say.deleteApp(), { type: 'AppDeleted' }],
      ['2025-03-03T00:00:00+08:00', null, bill('2025-02')],
      ['2035-01-01T00:00:00+08:00', null],
    );
    expect(accounts['a1']).toMatchObject({ cash: '79.00', gift: '0.00', overdueSince: null });
    expect(apps['p1']).toMatchObject({ status: 'deleted', historyTier: null });
    expect(timers).toEqual([]);
  });
});
