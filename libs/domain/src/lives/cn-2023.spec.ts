import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { countdown, expectLife, refused } from '../testing/life.js';

const bill = (period: string) => ({ type: 'BillIssued', period, total: '0.00', lines: [] }) as const;
const BOUGHT = '2023-12-15T10:00:00+08:00';
const ADDED = '2023-12-20T10:00:00+08:00';
const E = '2024-02-15T00:00:00+08:00';
const LAST_E = '2024-03-15T00:00:00+08:00';

describe('P-10 a life in cn-2023', () => {
  it('P-1.8 P-4.4 P-8.2 bought before the price rose, upgraded, renewed in grace, stopped for arrears, reclaimed', () => {
    const { accounts, apps, timers } = expectLife(
      [BOUGHT, say.openAccount('CNY'), { type: 'AccountOpened' }],
      [BOUGHT, say.topUp('20000.00'), { type: 'FundsToppedUp' }],
      [BOUGHT, say.createApp('cn-2023'), { type: 'AppCreated', priceBook: 'cn-2023' }],
      [
        BOUGHT,
        say.purchase('pro'),
        { type: 'Purchased', order: { listPrice: '999', amount: '999.00', endsAt: '2024-01-14T16:00:00Z' } },
      ],
      [
        ADDED,
        say.purchase('live-groups-unlimited', { months: 3 }),
        { type: 'Purchased', order: { orderId: 'p1-2', amount: '3000.00', endsAt: '2024-03-19T16:00:00Z' } },
      ],
      [
        ADDED,
        say.purchase('members-2000', { months: 2 }),
        { type: 'Purchased', order: { orderId: 'p1-3', amount: '1000.00', endsAt: '2024-02-19T16:00:00Z' } },
      ],
      [ADDED, say.purchase('members-6000'), refused('NotOpenToPackage')],
      [
        ADDED,
        say.purchase('safety', { renewal: 'automatic' }),
        { type: 'Purchased', renewal: 'automatic', order: { orderId: 'p1-4', endsAt: '2024-01-19T16:00:00Z' } },
      ],
      [
        '2024-01-02T10:00:00+08:00',
        say.renew('pro', 1),
        {
          type: 'Renewed',
          order: {
            orderId: 'p1-5',
            listPrice: '1499',
            startsAt: '2024-01-14T16:00:00Z',
            endsAt: '2024-02-14T16:00:00Z',
          },
        },
      ],
      ['2024-01-03T00:00:00+08:00', null, bill('2023-12')],
      ['2024-01-05T00:00:00+08:00', say.grantGift('500.00'), { type: 'GiftGranted', settled: '0.00' }],
      // The first order of the package ends without an event: the term goes on.
      ['2024-01-15T00:00:00+08:00', null],
      [
        '2024-01-20T00:00:00+08:00',
        null,
        { type: 'Renewed', automatic: true, order: { product: 'safety', paid: { gift: '500.00', cash: '500.00' } } },
      ],
      // (2999 − 1499) × 15.5 ÷ 31; of the two add-ons a month is used and 10.5 of 31 days of the next.
      [
        '2024-01-30T12:00:00+08:00',
        say.upgrade('flagship'),
        {
          type: 'Upgraded',
          fee: '750.00',
          paid: { gift: '0.00', cash: '750.00' },
          parts: [{ orderId: 'p1-5', fee: '750.00' }],
          refunds: [
            { product: 'live-groups-unlimited', used: '1338.71', amount: '1661.29' },
            { product: 'members-2000', used: '669.35', amount: '330.65' },
          ],
        },
      ],
      ['2024-02-03T00:00:00+08:00', null, bill('2024-01')],
      ...countdown(E, 7, 5),
      [
        '2024-02-10T10:00:00+08:00',
        say.setRenewal('flagship', 'automatic'),
        { type: 'RenewalSettingChanged', product: 'flagship', mode: 'automatic' },
      ],
      // 20000 − 999 − 3000 − 1000 − 1000 − 1499 − 500 + 1661.29 + 330.65 − 750 = 13243.94, but for 243.94.
      ['2024-02-10T10:00:00+08:00', say.chargeAccount('13000.00'), { type: 'AccountCharged', cash: '13000.00' }],
      ...countdown(E, 4, 1),
      [
        E,
        null,
        { type: 'AutoRenewalFailed', product: 'flagship', cause: 'funds', required: '2999.00', available: '243.94' },
        { type: 'Expired', product: 'flagship' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
      ],
      ['2024-02-15T08:00:00+08:00', say.topUp('755.05'), { type: 'FundsToppedUp' }],
      [
        '2024-02-15T09:00:00+08:00',
        say.grantGift('2000.01'),
        { type: 'GiftGranted' },
        {
          type: 'Renewed',
          automatic: true,
          order: {
            startsAt: '2024-02-14T16:00:00Z',
            endsAt: '2024-03-14T16:00:00Z',
            paid: { gift: '2000.01', cash: '998.99' },
          },
        },
      ],
      [
        '2024-02-20T00:00:00+08:00',
        null,
        { type: 'AutoRenewalFailed', product: 'safety', cause: 'funds', required: '1000.00', available: '0.00' },
        { type: 'AddOnEnded', product: 'safety' },
      ],
      [
        '2024-02-25T10:00:00+08:00',
        say.chargeAccount('55.06'),
        { type: 'AccountCharged' },
        { type: 'Overdue', balance: '-55.06', suspendsAt: '2024-02-26T02:00:00Z' },
        { type: 'NoticeIssued', notice: 'arrears' },
      ],
      ['2024-02-26T09:59:59+08:00', say.topUp('55.05'), { type: 'FundsToppedUp', settled: '55.05' }],
      [
        '2024-02-26T10:00:00+08:00',
        null,
        { type: 'Suspended', cause: 'arrears', reclaimAt: '2024-05-26T02:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      ['2024-03-03T00:00:00+08:00', null, bill('2024-02')],
      ...countdown(LAST_E),
      [
        LAST_E,
        null,
        { type: 'AutoRenewalFailed', product: 'flagship', cause: 'arrears', required: '2999.00', available: '-0.01' },
        { type: 'Expired' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
      ],
      [
        '2024-03-16T00:00:00+08:00',
        null,
        {
          type: 'Suspended',
          cause: 'lapsed',
          suspendedSince: '2024-02-26T02:00:00Z',
          reclaimAt: '2024-05-26T02:00:00Z',
        },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
      ],
      ['2024-04-03T00:00:00+08:00', null, bill('2024-03')],
      ['2024-04-10T00:00:00+08:00', say.purchase('pro'), refused('AccountInArrears')],
      ['2024-05-03T00:00:00+08:00', null, bill('2024-04')],
      ['2024-05-19T10:00:00+08:00', null, { type: 'NoticeIssued', notice: 'reclaim' }],
      ['2024-05-26T10:00:00+08:00', null, { type: 'ResourcesReclaimed', suspendedSince: '2024-02-26T02:00:00Z' }],
      ['2024-05-26T10:00:00+08:00', say.topUp('5000.00'), { type: 'FundsToppedUp' }, { type: 'ArrearsCleared' }],
      ['2024-05-26T10:00:00+08:00', say.purchase('pro'), refused('AppReclaimed')],
      ['2024-06-03T00:00:00+08:00', null, bill('2024-05')],
      ['2024-07-03T00:00:00+08:00', null, bill('2024-06')],
      ['2034-01-01T00:00:00+08:00', null],
    );
    expect(accounts['a1']).toMatchObject({ cash: '4999.99', gift: '0.00', overdueSince: null });
    expect(apps['p1']).toMatchObject({ status: 'reclaimed', historyTier: 7 });
    expect(timers).toEqual([]);
  });
});
