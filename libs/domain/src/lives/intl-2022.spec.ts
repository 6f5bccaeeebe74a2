import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { countdown, expectLife, refused } from '../testing/life.js';

const BOUGHT = '2024-01-10T00:00:00+08:00';
const E = '2024-06-10T12:00:00+08:00';
const withoutMonths = { months: undefined };

describe('P-10 a life in intl-2022, and after it', () => {
  it('P-7.11 P-8.3 P-1.7 postpaid, stopped for its bill, upgraded for nothing, moved to intl-2024, refunded, bought again', () => {
    const { accounts, apps } = expectLife(
      [BOUGHT, say.openAccount('USD'), { type: 'AccountOpened', currency: 'USD' }],
      [BOUGHT, say.createApp('intl-2022'), { type: 'AppCreated', priceBook: 'intl-2022' }],
      [BOUGHT, say.extendTrial(), refused('TrialNotLimited')],
      [
        BOUGHT,
        say.purchase('call-trial', withoutMonths),
        { type: 'Purchased', renewal: 'never', order: { amount: '0.00', endsAt: '2024-03-09T16:00:00Z' } },
      ],
      ['2024-01-16T12:00:00+08:00', say.purchase('standard'), refused('FieldNotApplicable')],
      [
        '2024-01-16T12:00:00+08:00',
        say.purchase('standard', withoutMonths),
        { type: 'Purchased', kind: 'package', order: { orderId: 'p1-2', amount: '0.00' } },
      ],
      [
        '2024-01-20T00:00:00+08:00',
        say.recordUsage([{ meter: 'mau', day: '2024-01-19', value: 12_000 }]),
        { type: 'UsageRecorded' },
      ],
      // 2,000 × 0.015, and 399 for 15.5 of 31 days.
      [
        '2024-02-03T00:00:00+08:00',
        null,
        {
          type: 'BillIssued',
          period: '2024-01',
          lines: [
            { meter: 'standard', units: 1, amount: '199.50' },
            { meter: 'mau', units: 2000, amount: '30.00' },
          ],
          total: '229.50',
        },
        { type: 'Overdue', balance: '-229.50', suspendsAt: '2024-02-03T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'arrears' },
      ],
      [
        '2024-02-04T00:00:00+08:00',
        null,
        { type: 'Suspended', cause: 'arrears', reclaimAt: '2024-05-03T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      ['2024-02-04T12:00:00+08:00', say.upgrade('premium'), refused('AccountInArrears')],
      [
        '2024-02-05T00:00:00+08:00',
        say.topUp('300.00'),
        { type: 'FundsToppedUp', settled: '229.50' },
        { type: 'ArrearsCleared' },
        { type: 'Resumed' },
      ],
      ['2024-02-15T12:00:00+08:00', say.upgrade('premium'), { type: 'Upgraded', to: 'premium', fee: '0.00' }],
      // February has 29 days: Standard 14.5 of them less one without service, 399 × 13.5 ÷ 29; Premium 14.5.
      [
        '2024-03-03T00:00:00+08:00',
        null,
        {
          type: 'BillIssued',
          lines: [
            { meter: 'standard', amount: '185.74' },
            { meter: 'premium', amount: '349.50' },
          ],
          total: '535.24',
          cash: '535.24',
        },
        { type: 'Overdue', balance: '-464.74' },
        { type: 'NoticeIssued', notice: 'arrears' },
      ],
      [
        '2024-03-03T12:00:00+08:00',
        say.grantGift('1000.00'),
        { type: 'GiftGranted', settled: '464.74' },
        { type: 'ArrearsCleared' },
      ],
      ['2024-03-10T00:00:00+08:00', null, { type: 'AddOnEnded', product: 'call-trial' }],
      ['2024-03-16T12:00:00+08:00', say.topUp('1000.00'), { type: 'FundsToppedUp', settled: '0.00' }],
      [
        '2024-03-16T12:00:00+08:00',
        say.migrate('intl-2024', { months: 2 }),
        { type: 'PriceBookMigrated', from: 'intl-2022', to: 'intl-2024', takesEffect: 'now' },
        {
          type: 'Purchased',
          order: {
            product: 'premium',
            priceBook: 'intl-2024',
            endsAt: '2024-05-16T04:00:00Z',
            amount: '1398.00',
            paid: { gift: '535.26', cash: '862.74' },
          },
        },
      ],
      [
        '2024-04-03T00:00:00+08:00',
        null,
        { type: 'BillIssued', period: '2024-03', lines: [{ meter: 'premium', book: 'intl-2022', amount: '349.50' }] },
        { type: 'Overdue', balance: '-212.24' },
        { type: 'NoticeIssued', notice: 'arrears' },
      ],
      [
        '2024-04-03T06:00:00+08:00',
        say.topUp('500.00'),
        { type: 'FundsToppedUp', settled: '212.24' },
        { type: 'ArrearsCleared' },
      ],
      // A month is used and 4 of 30 days: 699 + 93.20; of the rest 605.80 × 535.26 ÷ 1398 = 231.945… is gift.
      [
        '2024-04-20T12:00:00+08:00',
        say.refund('premium'),
        { type: 'Refunded', lines: [{ used: '792.20' }], amount: '605.80', gift: '231.95', cash: '373.85' },
        { type: 'Suspended', cause: 'refunded', reclaimAt: '2024-07-19T04:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
      ],
      ['2024-05-03T00:00:00+08:00', null, { type: 'BillIssued', period: '2024-04', lines: [], total: '0.00' }],
      [
        '2024-05-10T12:00:00+08:00',
        say.purchase('standard'),
        { type: 'Purchased', order: { endsAt: '2024-06-10T04:00:00Z', paid: { gift: '231.95', cash: '167.05' } } },
        { type: 'Resumed' },
      ],
      ['2024-06-03T00:00:00+08:00', null, { type: 'BillIssued', period: '2024-05', lines: [], total: '0.00' }],
      ...countdown(E),
      [E, null, { type: 'Expired', product: 'standard' }, { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 }],
      [
        '2024-06-10T13:00:00+08:00',
        say.renew('standard', 1),
        { type: 'Renewed', order: { startsAt: '2024-06-10T04:00:00Z', endsAt: '2024-07-10T04:00:00Z' } },
      ],
      ['2024-06-12T00:00:00+08:00', null],
    );
    // 287.76 after the last arrears, + 373.85 − 167.05 − 399.
    expect(accounts['a1']).toMatchObject({ cash: '95.56', gift: '0.00', overdueSince: null });
    expect(apps['p1']).toMatchObject({ status: 'active', priceBook: 'intl-2024', package: 'standard', addOns: [] });
  });
});
