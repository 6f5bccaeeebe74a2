import { describe, expect, it } from '@jest/globals';
import { chargeAccount, createApp, grantGift, issueVoucher, openAccount } from '../testing/commands.js';
import { purchase, refund, renew, setRenewal, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
/** Ten of 31 days: of 399.00 are used 128.71, and 270.29 come back. */
const DAY_10 = '2024-08-11T10:00:00+08:00';

const app = given(BOUGHT, openAccount('USD'), createApp('intl-2024'));

/** Standard, paid with so much gift, the rest in cash. */
const paidWith = (gift: string, cash: string) => app.and(BOUGHT, grantGift(gift), topUp(cash), purchase('standard'));

describe('P-5.4 the amount goes back to cash and gift in the proportion in which the orders were paid', () => {
  it.each([
    // 270.29 × 133 ÷ 399 = 90.096…
    ['a third gift', '133.00', '266.00', '90.10', '180.19'],
    // 270.29 × 100 ÷ 399 = 67.741…
    ['100 of 399', '100.00', '299.00', '67.74', '202.55'],
    // 270.29 ÷ 2 = 135.145: gift is rounded half up, cash takes the rest.
    ['half gift', '199.50', '199.50', '135.15', '135.14'],
    ['all gift', '399.00', '0.01', '270.29', '0.00'],
  ])('%s', (_, gift, cash, giftBack, cashBack) => {
    paidWith(gift, cash)
      .when(DAY_10, refund('standard'))
      .thenAmong({
        type: 'Refunded',
        lines: [{ gift: giftBack, cash: cashBack }],
        amount: '270.29',
        gift: giftBack,
        cash: cashBack,
      });
  });

  it('of all orders together, not of each', () => {
    // The first order all gift, the second all cash; 798.00 − 128.71 = 669.29, half of it 334.645.
    paidWith('399.00', '399.00')
      .and(BOUGHT, renew('standard', 1))
      .when(DAY_10, refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{ gift: '334.65', cash: '334.64' }], amount: '669.29' });
  });

  it('product by product', () => {
    // Standard all gift, desk all cash: 299 × 10 ÷ 31 = 96.451…
    paidWith('399.00', '299.00')
      .and(BOUGHT, purchase('desk'))
      .when(DAY_10, refund('standard'))
      .thenAmong({
        type: 'Refunded',
        lines: [
          { product: 'standard', gift: '270.29', cash: '0.00' },
          { product: 'desk', gift: '0.00', cash: '202.55' },
        ],
        amount: '472.84',
        gift: '270.29',
        cash: '202.55',
      });
  });

  it('vouchers never come back', () => {
    const free = app.and(BOUGHT, issueVoucher('v1', '399.00'), purchase('standard', { vouchers: ['v1'] }));
    free
      .when(BOUGHT, refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{ paid: { gift: '0.00', cash: '0.00' } }], amount: '0.00' });
    expect(free.and(BOUGHT, refund('standard')).account()).toMatchObject({
      cash: '0.00',
      gift: '0.00',
      vouchers: [{ voucherId: 'v1', used: true }],
    });
  });
});

describe('P-5.9 money that comes back while cash is negative settles the debt first', () => {
  it('cash rises to 0 from what would have gone to gift', () => {
    const indebted = paidWith('399.00', '10.00').and(DAY_10, chargeAccount('60.00'));
    indebted.when(DAY_10, refund('standard')).thenAmong({
      type: 'Refunded',
      lines: [{ gift: '270.29', cash: '0.00' }],
      amount: '270.29',
      gift: '220.29',
      cash: '50.00',
    });
    expect(indebted.and(DAY_10, refund('standard')).account()).toMatchObject({ cash: '0.00', gift: '220.29' });
  });

  it('after the cash that comes back by itself', () => {
    // 135.14 of cash leave a debt of 14.86, which the gift of 135.15 pays.
    paidWith('199.50', '199.50')
      .and(DAY_10, chargeAccount('150.00'))
      .when(DAY_10, refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{ gift: '135.15', cash: '135.14' }], gift: '120.29', cash: '150.00' });
  });

  it('gift that is not needed for the debt stays gift', () => {
    paidWith('199.50', '199.50')
      .and(DAY_10, chargeAccount('135.14'))
      .when(DAY_10, refund('standard'))
      .thenAmong({ type: 'Refunded', gift: '135.15', cash: '135.14' });
  });

  it('a debt that is greater than all takes all, and gift stays 0', () => {
    const indebted = paidWith('199.50', '199.50').and(DAY_10, chargeAccount('500.00'));
    indebted.when(DAY_10, refund('standard')).thenAmong({ type: 'Refunded', gift: '0.00', cash: '270.29' });
    expect(indebted.and(DAY_10, refund('standard')).account()).toMatchObject({
      cash: '-229.71',
      gift: '0.00',
      overdueSince: '2024-08-11T02:00:00Z',
    });
  });

  it('so does a gift, and only what is left of it goes to the gift balance', () => {
    const indebted = app.and(BOUGHT, chargeAccount('50.00'));
    indebted.when(DAY_10, grantGift('80.00')).thenAmong({ type: 'GiftGranted', amount: '80.00', settled: '50.00' });
    expect(indebted.and(BOUGHT, grantGift('80.00')).account()).toMatchObject({ cash: '0.00', gift: '30.00' });
    expect(indebted.and(BOUGHT, grantGift('20.00')).account()).toMatchObject({ cash: '-30.00', gift: '0.00' });
  });

  it('and a top-up, which says how much settled', () => {
    const indebted = app.and(BOUGHT, chargeAccount('50.00'));
    indebted.when(BOUGHT, topUp('80.00')).thenAmong({ type: 'FundsToppedUp', amount: '80.00', settled: '50.00' });
    expect(indebted.and(BOUGHT, topUp('80.00')).account()).toMatchObject({ cash: '30.00', gift: '0.00' });
    app.when(BOUGHT, topUp('80.00')).then({ type: 'FundsToppedUp', settled: '0.00' });
  });

  it('a refund is no top-up: an automatic package in grace is not tried again for it', () => {
    const other = { appId: 'p2' };
    const inGrace = app
      .and(BOUGHT, topUp('1596.00'), purchase('standard'), setRenewal('standard', 'automatic'))
      .and(BOUGHT, createApp('intl-2024', other), purchase('standard', { ...other, months: 3 }))
      .until('2024-09-01T12:00:00+08:00');
    inGrace
      .when('2024-09-01T12:00:00+08:00', refund('standard', other))
      .then(
        { type: 'Refunded', appId: 'p2' },
        { type: 'Suspended', appId: 'p2' },
        { type: 'NoticeIssued', appId: 'p2' },
      );
    inGrace
      .and('2024-09-01T12:00:00+08:00', refund('standard', other))
      .when('2024-09-01T12:00:00+08:00', topUp('0.01'))
      .then({ type: 'FundsToppedUp' }, { type: 'Renewed', appId: 'p1', automatic: true });
  });
});
