import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { countdown, expectLife, refused } from '../testing/life.js';

const bill = (period: string) => ({ type: 'BillIssued', period, total: '0.00', lines: [] }) as const;
const BOUGHT = '2024-01-31T00:00:00+08:00';
const E = '2024-03-31T00:00:00+08:00';
const ofApp = { appId: 'p1' };

describe('P-10 a life in overseas-2023', () => {
  it('P-2.11 P-5.8 P-6.6 bought on the 31st at a discount, its calls changed, banned, reclaimed, deleted', () => {
    const { accounts, apps, timers } = expectLife(
      [BOUGHT, say.openAccount('CNY'), { type: 'AccountOpened' }],
      [BOUGHT, say.topUp('30000.00'), { type: 'FundsToppedUp' }],
      [
        BOUGHT,
        say.issueVoucher('v1', '1000.00', { products: ['flagship'], minimumOrder: '10000.00' }),
        { type: 'VoucherIssued', voucherId: 'v1' },
      ],
      [BOUGHT, say.createApp('overseas-2023'), { type: 'AppCreated', dataCentre: 'singapore' }],
      [BOUGHT, say.purchase('call-1v1'), refused('NeedsPackage')],
      // 5999 × 2 × 90 % = 10798.20; through 29 February, then through 30 March.
      [
        BOUGHT,
        say.purchase('flagship', {
          months: 2,
          vouchers: ['v1'],
          promotion: { id: 'new', payPercent: '90', refundable: true },
        }),
        {
          type: 'Purchased',
          order: {
            listPrice: '5999',
            amount: '10798.20',
            paid: { vouchers: [{ voucherId: 'v1', amount: '1000.00' }], gift: '0.00', cash: '9798.20' },
            endsAt: '2024-03-30T16:00:00Z',
          },
        },
      ],
      [
        BOUGHT,
        say.purchase('call-1v1'),
        { type: 'Purchased', order: { amount: '500.00', endsAt: '2024-02-29T16:00:00Z' } },
      ],
      ['2024-02-03T00:00:00+08:00', null, bill('2024-01')],
      ['2024-02-10T00:00:00+08:00', say.purchase('call-group-380k'), refused('FamilyRunning')],
      ['2024-02-10T00:00:00+08:00', say.blockRefunds(ofApp), { type: 'RefundsBlocked', appId: 'p1' }],
      ['2024-02-10T00:00:00+08:00', say.refund('call-1v1'), refused('RefundsBlocked')],
      ['2024-02-11T00:00:00+08:00', say.unblockRefunds(ofApp), { type: 'RefundsUnblocked', appId: 'p1' }],
      // 11 of the 30 days from 31 January to 1 March: 183.333…
      [
        '2024-02-11T00:00:00+08:00',
        say.refund('call-1v1'),
        { type: 'Refunded', lines: [{ used: '183.33' }], amount: '316.67' },
      ],
      [
        '2024-02-11T00:00:00+08:00',
        say.purchase('call-group-380k', { renewal: 'automatic' }),
        { type: 'Purchased', order: { amount: '1500.00', endsAt: '2024-03-10T16:00:00Z' } },
      ],
      ['2024-02-11T00:00:00+08:00', say.upgrade('flagship'), refused('NotHigher')],
      ['2024-03-03T00:00:00+08:00', null, bill('2024-02')],
      [
        '2024-03-11T00:00:00+08:00',
        null,
        { type: 'Renewed', automatic: true, order: { product: 'call-group-380k', endsAt: '2024-04-10T16:00:00Z' } },
      ],
      ...countdown(E, 7, 5),
      [
        '2024-03-26T12:00:00+08:00',
        say.banAccount(),
        { type: 'AccountBanned' },
        { type: 'Suspended', cause: 'banned', reclaimAt: '2024-06-24T04:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      ['2024-03-26T12:00:00+08:00', say.refund('flagship'), refused('AccountBanned')],
      ...countdown(E, 4, 1),
      [E, null, { type: 'Expired' }, { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 }],
      [
        '2024-04-01T00:00:00+08:00',
        null,
        {
          type: 'Suspended',
          cause: 'lapsed',
          suspendedSince: '2024-03-26T04:00:00Z',
          reclaimAt: '2024-06-24T04:00:00Z',
        },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
      ],
      ['2024-04-03T00:00:00+08:00', null, bill('2024-03')],
      [
        '2024-04-11T00:00:00+08:00',
        null,
        { type: 'AutoRenewalFailed', product: 'call-group-380k', cause: 'banned', required: '1500.00' },
        { type: 'AddOnEnded', product: 'call-group-380k' },
      ],
      ['2024-05-03T00:00:00+08:00', null, bill('2024-04')],
      ['2024-06-03T00:00:00+08:00', null, bill('2024-05')],
      ['2024-06-17T12:00:00+08:00', null, { type: 'NoticeIssued', notice: 'reclaim' }],
      ['2024-06-24T12:00:00+08:00', null, { type: 'ResourcesReclaimed', suspendedSince: '2024-03-26T04:00:00Z' }],
      ['2024-06-25T00:00:00+08:00', say.deleteApp(), { type: 'AppDeleted' }],
      ['2024-06-26T00:00:00+08:00', say.chargeAccount('100.00'), { type: 'AccountCharged', cash: '100.00' }],
      ['2024-07-03T00:00:00+08:00', null, bill('2024-06')],
      ['2034-01-01T00:00:00+08:00', null],
    );
    // 30000 − 9798.20 − 500 + 316.67 − 1500 − 1500 − 100
    expect(accounts['a1']).toMatchObject({ cash: '16918.47', banned: true, vouchers: [{ used: true }] });
    expect(apps['p1']).toMatchObject({ status: 'deleted' });
    expect(timers).toEqual([]);
  });
});
