/** How a bill is charged, into arrears too; what is still billed after a refund. P-8.1, P-5.6 */
import { describe, expect, it } from '@jest/globals';
import {
  chargeAccount,
  createApp,
  disableApp,
  grantGift,
  openAccount,
  purchase,
  recordUsage,
  refund,
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const JUNE = '2024-06-01T00:00:00+08:00';
const SECOND_BEFORE = '2024-07-02T23:59:59+08:00';
const SETTLED = '2024-07-03T00:00:00+08:00';
const dau = (day: string, value: number) => recordUsage([{ meter: 'dau', day: `2024-${day}`, value }]);

const pro = given(JUNE, openAccount('CNY'), topUp('20000.00'), createApp('cn-2023')).and(
  JUNE,
  purchase('pro', { months: 2 }),
);

describe('P-5.6 overage already incurred is still billed after a refund', () => {
  const refunded = pro.and('2024-06-16T00:00:00+08:00', dau('06-05', 30_000), refund('pro'));

  it('for the month of the refund, by the share in which it served', () => {
    expect(refunded.until(SETTLED).bill('2024-06').lines).toMatchObject([
      { units: 2, share: { served: 1_296_000, of: 2_592_000 }, amount: '1000.00' },
    ]);
  });

  it('and nothing from the next month on', () => {
    const after = refunded.and('2024-07-05T00:00:00+08:00', dau('07-04', 900_000));
    expect(after.until('2024-08-03T00:00:00+08:00').bill('2024-07')).toMatchObject({ total: '0.00', lines: [] });
  });

  it('of an app that had a plug-in too', () => {
    const mau = (day: string) => recordUsage([{ meter: 'mau', day: `2024-${day}`, value: 10_100 }]);
    const intl = given(JUNE, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'))
      .and(JUNE, purchase('standard', { months: 2 }), purchase('search', { months: 2 }))
      .and('2024-06-16T00:00:00+08:00', mau('06-05'), refund('standard'))
      .and('2024-07-05T00:00:00+08:00', mau('07-04'))
      .until('2024-08-03T00:00:00+08:00');
    expect(intl.bill('2024-06').lines).toMatchObject([{ units: 100, amount: '0.75' }]);
    expect(intl.bill('2024-07').lines).toEqual([]);
  });
});

describe('P-8.1 a bill is charged to gift, then to cash, which may go negative', () => {
  const used = pro.and('2024-06-20T00:00:00+08:00', dau('06-19', 30_000));
  const bill = { type: 'BillIssued', total: '2000.00' } as const;

  it('gift first', () => {
    used
      .and(SECOND_BEFORE, grantGift('1500.00'))
      .whenTimeIs(SETTLED)
      .then({ ...bill, gift: '1500.00', cash: '500.00' });
  });

  it('into arrears, at once, with the notice and the stop of all apps 24 h later', () => {
    // 20,000.00 − 2 × 1,499.00 = 17,002.00.
    const poor = used.and(SECOND_BEFORE, chargeAccount('15002.01'));
    poor
      .whenTimeIs(SETTLED)
      .then(
        { ...bill, gift: '0.00', cash: '2000.00' },
        { type: 'Overdue', balance: '-0.01', effectiveAt: '2024-07-02T16:00:00Z', suspendsAt: '2024-07-03T16:00:00Z' },
        { type: 'NoticeIssued', notice: 'arrears' },
      )
      .whenTimeIs('2024-07-04T00:00:00+08:00')
      .then(
        { type: 'Suspended', appId: 'p1', cause: 'arrears', effectiveAt: '2024-07-03T16:00:00Z' },
        { type: 'NoticeIssued', appId: 'p1', notice: 'suspended' },
      );
  });

  it('to exactly 0 without arrears', () => {
    used
      .and(SECOND_BEFORE, chargeAccount('15002.00'))
      .whenTimeIs(SETTLED)
      .then({ ...bill, cash: '2000.00' });
  });

  it('in arrears already, without a second notice or a new 24 h', () => {
    used
      .and(SECOND_BEFORE, chargeAccount('17002.01'))
      .whenTimeIs(SETTLED)
      .then({ ...bill, gift: '0.00', cash: '2000.00' });
  });

  it('of 0: nothing moves', () => {
    pro
      .until(SECOND_BEFORE)
      .whenTimeIs(SETTLED)
      .then({ type: 'BillIssued', lines: [], total: '0.00', gift: '0.00', cash: '0.00' });
  });

  it('of a disabled app too', () => {
    const disabled = used.and('2024-06-21T00:00:00+08:00', disableApp()).until(SECOND_BEFORE);
    disabled.whenTimeIs(SETTLED).then({ type: 'BillIssued', total: '1333.33', cash: '1333.33' });
  });
});
