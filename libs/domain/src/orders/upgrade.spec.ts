import { describe, expect, it } from '@jest/globals';
import { banAccount, chargeAccount, createApp, disableApp, extendTrial, openAccount } from '../testing/commands.js';
import { issueVoucher, purchase, refund, setRenewal, topUp, upgrade } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
/** Half of the 31 days of the month paid: 15.5 × 86,400 s. */
const HALF = '2024-08-16T22:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const onTrial = given(BOUGHT, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'));
const standard = onTrial.and(BOUGHT, purchase('standard'));

describe('P-4.1 a running package becomes a higher one in place', () => {
  it('takes effect at once', () => {
    standard.when(HALF, upgrade('premium')).then({
      type: 'Upgraded',
      effectiveAt: '2024-08-16T14:00:00Z',
      appId: 'p1',
      from: 'standard',
      to: 'premium',
      listPrice: '699',
      fee: '150.00',
      paid: { vouchers: [], gift: '0.00', cash: '150.00' },
      parts: [{ orderId: 'p1-1', fee: '150.00', unrounded: '150/1', gift: '0.00', cash: '150.00' }],
      refunds: [],
    });
    expect(standard.and(HALF, upgrade('premium')).app()).toMatchObject({
      status: 'active',
      package: 'premium',
      entitlements: { serving: true, limits: { membersPerGroup: 2000, liveGroups: 'unlimited' } },
    });
  });

  it('keeps expiry, anchor and renewal setting', () => {
    const app = standard.and(HALF, setRenewal('standard', 'automatic'), upgrade('premium')).app();
    expect(app).toMatchObject({
      termStartedAt: '2024-08-01T02:00:00Z',
      termEndsAt: '2024-09-01T02:00:00Z',
      renewal: 'automatic',
    });
  });

  it('keeps the notices of the expiry as they were', () => {
    standard
      .and(HALF, upgrade('premium'))
      .whenTimeIs('2024-08-26T10:00:00+08:00')
      .then(
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 7, effectiveAt: '2024-08-25T02:00:00Z' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: 6, effectiveAt: '2024-08-26T02:00:00Z' },
      );
  });

  it('is the package that expires', () => {
    standard
      .and(HALF, upgrade('premium'))
      .whenTimeIs(E)
      .thenAmong({ type: 'Expired', product: 'premium', termEndedAt: '2024-09-01T02:00:00Z' });
  });

  it('is the package that renews itself, at its own price', () => {
    standard
      .and(HALF, setRenewal('standard', 'automatic'), upgrade('premium'))
      .whenTimeIs(E)
      .thenAmong({ type: 'Renewed', order: { product: 'premium', listPrice: '699', amount: '699.00' } });
  });

  it('is possible until the last second of the term', () => {
    standard.when('2024-09-01T09:59:59+08:00', upgrade('premium')).thenAmong({ type: 'Upgraded', fee: '0.00' });
  });
});

describe('P-4.1 the same or a lower rank is refused', () => {
  const premium = onTrial.and(BOUGHT, purchase('premium'));

  it.each([
    ['the same', standard, 'standard'],
    ['a lower one', premium, 'standard'],
    ['the same, which is the highest: there is no second upgrade', standard.and(HALF, upgrade('premium')), 'premium'],
    ['what it was before', standard.and(HALF, upgrade('premium')), 'standard'],
    ['Trial', standard, 'trial'],
  ])('%s', (_, history, to) => {
    history.when(HALF, upgrade(to)).thenRefused('NotHigher', 'P-4.1', { to });
  });

  it('the only package of a book, where the next is one of another book', () => {
    const pro = given(BOUGHT, openAccount('CNY'), topUp('999.00'), createApp('cn-2019'), purchase('pro'));
    pro.when(HALF, upgrade('pro')).thenRefused('NotHigher', 'P-4.1');
    pro.when(HALF, upgrade('flagship')).thenRefused('ProductUnknown', 'P-10');
  });

  it('a downgrade is a refund, then a purchase', () => {
    premium
      .and(HALF, refund('premium'))
      .when(HALF, purchase('standard'))
      .then({ type: 'Purchased', order: { product: 'standard' } }, { type: 'Resumed' });
  });
});

describe('P-4.5 an upgrade is refused', () => {
  const overdue = chargeAccount('9999.00');

  it.each([
    ['in grace, from E on', standard, E, 'RenewInstead', 'P-2.12'],
    ['in grace, to its last second', standard, '2024-09-02T09:59:59+08:00', 'RenewInstead', 'P-2.12'],
    ['after the lapse', standard, '2024-09-02T10:00:00+08:00', 'BuyAgain', 'P-3.2'],
    ['after a refund', standard.and(HALF, refund('standard')), HALF, 'BuyAgain', 'P-3.2'],
    ['while disabled', standard.and(HALF, disableApp()), HALF, 'AppDisabled', 'P-1.6'],
    ['in arrears', standard.and(HALF, overdue), HALF, 'AccountInArrears', 'P-2.6'],
    [
      'while stopped for arrears',
      standard.and(HALF, overdue),
      '2024-08-18T00:00:00+08:00',
      'AccountInArrears',
      'P-2.6',
    ],
    ['of a banned account', standard.and(HALF, banAccount()), HALF, 'AccountBanned', 'P-6.6'],
    ['on Trial', onTrial, HALF, 'TermNotRunning', 'P-3.1'],
    ['when the Trial is over', onTrial, E, 'TermNotRunning', 'P-3.1'],
    ['on a Trial that was extended', onTrial.and(HALF, extendTrial()), E, 'TermNotRunning', 'P-3.1'],
  ] as const)('%s', (_, history, time, refusal, clause) => {
    history.when(time, upgrade('premium')).thenRefused(refusal, clause);
  });
});

describe('P-4.5 a postpaid package is upgraded without a fee', () => {
  const postpaid = given(
    BOUGHT,
    openAccount('USD'),
    createApp('intl-2022'),
    purchase('standard', { months: undefined }),
  );

  it('with an empty wallet', () => {
    postpaid.when(HALF, upgrade('premium')).then({
      type: 'Upgraded',
      from: 'standard',
      to: 'premium',
      fee: '0.00',
      paid: { vouchers: [], gift: '0.00', cash: '0.00' },
      refunds: [],
    });
    expect(postpaid.and(HALF, upgrade('premium')).account().cash).toBe('0.00');
  });

  it('so a voucher is not needed', () => {
    postpaid
      .and(BOUGHT, issueVoucher('v1', '100.00'))
      .when(HALF, upgrade('premium', { vouchers: ['v1'] }))
      .thenRefused('VoucherNotNeeded', 'P-2.7');
  });

  it('and the month bills each package for its own time (P-7.11)', () => {
    // Of the 2,678,400 s of August: 399 × 1,303,200 ÷ 2,678,400 = 194.137…, 699 × 1,339,200 ÷ 2,678,400 = 349.5.
    postpaid
      .and('2024-08-16T12:00:00+08:00', upgrade('premium'))
      .whenTimeIs('2024-09-03T00:00:00+08:00')
      .thenAmong({
        type: 'BillIssued',
        lines: [
          { package: 'standard', amount: '194.14' },
          { package: 'premium', amount: '349.50' },
        ],
        total: '543.64',
      });
  });
});
