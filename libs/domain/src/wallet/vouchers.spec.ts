import { describe, expect, it } from '@jest/globals';
import type { IssueVoucher, Purchase } from '../commands.js';
import { createApp, issueVoucher, openAccount, purchase, topUp, upgrade } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-01T10:00:01+08:00';
const P2 = { appId: 'p2' };

/** Standard is 399 a month, premium 699. */
const apps = given(T, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'), createApp('intl-2024', P2));
const withVoucher = (amount: string, more: Partial<IssueVoucher> = {}): Scenario =>
  apps.and(T, issueVoucher('v', amount, more));
const buy = (...vouchers: readonly string[]): Purchase => purchase('standard', { vouchers });
const half = { id: 'half', payPercent: '50', refundable: true };
const used = (amount: string): object => ({ paid: { vouchers: [{ voucherId: 'v', amount }] } });

describe('P-2.7 a voucher pays its face value once', () => {
  it('P-2.7 and is used up then', () => {
    const paid = withVoucher('100.00')
      .when(LATER, buy('v'))
      .then({ type: 'Purchased', order: { ...used('100.00'), amount: '399.00' } });
    expect(paid.account()).toMatchObject({
      cash: '4701.00',
      vouchers: [{ voucherId: 'v', amount: '100.00', used: true }],
    });
    paid.when(LATER, purchase('standard', { ...P2, vouchers: ['v'] })).thenRefused('VoucherUsed', 'P-2.7');
  });

  it('P-2.7 a remainder is lost', () => {
    const paid = withVoucher('500.00')
      .when(LATER, buy('v'))
      .then({ type: 'Purchased', order: used('399.00') });
    expect(paid.account()).toMatchObject({ cash: '5000.00', gift: '0.00' });
    paid.when(LATER, purchase('standard', { ...P2, vouchers: ['v'] })).thenRefused('VoucherUsed', 'P-2.7');
  });

  it('P-2.7 an id is issued once, used or not', () => {
    withVoucher('100.00').when(LATER, issueVoucher('v', '5.00')).thenRefused('VoucherExists', 'P-2.7');
    withVoucher('100.00').and(T, buy('v')).when(LATER, issueVoucher('v', '5.00')).thenRefused('VoucherExists', 'P-2.7');
  });

  it('P-2.7 it is the account’s', () => {
    apps
      .and(T, openAccount('USD', { accountId: 'a2' }), issueVoucher('v', '100.00', { accountId: 'a2' }))
      .when(LATER, buy('v'))
      .thenRefused('VoucherUnknown', 'P-2.7', { voucherId: 'v' });
  });
});

describe('P-2.7 within its validity', () => {
  const bounds = { validFrom: '2024-08-10T02:00:00Z', validUntil: '2024-08-20T02:00:00Z' };
  const voucher = withVoucher('100.00', bounds);

  it.each(['2024-08-10T10:00:00+08:00', '2024-08-20T09:59:59+08:00'])('P-2.7 at %s', (at) => {
    voucher.when(at, buy('v')).then({ type: 'Purchased', order: used('100.00') });
  });

  it.each(['2024-08-10T09:59:59+08:00', '2024-08-20T10:00:00+08:00'])('P-2.7 not at %s', (at) => {
    voucher.when(at, buy('v')).thenRefused('VoucherNotValid', 'P-2.7');
  });

  it('P-2.7 from when it is issued, where nothing else is said', () => {
    apps.when(T, issueVoucher('v', '100.00', bounds)).then({ type: 'VoucherIssued', ...bounds });
    const [plain] = apps.when(T, issueVoucher('v', '100.00')).events;
    expect(plain).not.toHaveProperty('validFrom');
    withVoucher('100.00').when(T, buy('v')).then({ type: 'Purchased' });
  });
});

describe('P-2.7 optionally above a minimum order and for named products', () => {
  it.each([
    ['399.00', true],
    ['399.01', false],
  ])('P-2.7 a minimum of %s for an order of 399.00: %s', (minimumOrder, applies) => {
    const outcome = withVoucher('100.00', { minimumOrder }).when(LATER, buy('v'));
    if (applies) outcome.then({ type: 'Purchased', order: used('100.00') });
    else outcome.thenRefused('VoucherNotApplicable', 'P-2.7');
  });

  it('P-2.7 the minimum is held against the amount after the promotion', () => {
    const bought = purchase('standard', { vouchers: ['v'], promotion: half });
    withVoucher('100.00', { minimumOrder: '199.50' })
      .when(LATER, bought)
      .then({ type: 'Purchased', order: used('100.00') });
    withVoucher('100.00', { minimumOrder: '199.51' }).when(LATER, bought).thenRefused('VoucherNotApplicable', 'P-2.7');
  });

  it('P-2.7 and not against what earlier vouchers left', () => {
    withVoucher('100.00', { minimumOrder: '399.00' })
      .and(T, issueVoucher('w', '200.00'))
      .when(LATER, buy('w', 'v'))
      .then({ type: 'Purchased', order: { paid: { cash: '99.00' } } });
  });

  it('P-2.7 for named products only', () => {
    withVoucher('100.00', { products: ['premium', 'standard'] })
      .when(LATER, buy('v'))
      .then({ type: 'Purchased' });
    withVoucher('100.00', { products: ['premium'] })
      .when(LATER, buy('v'))
      .thenRefused('VoucherNotApplicable', 'P-2.7');
  });

  it('P-2.7 for an upgrade the amount is the fee, and the product the new package', () => {
    // 300.00 for the whole month
    const upgraded = (more: Partial<IssueVoucher>): ReturnType<Scenario['when']> =>
      withVoucher('100.00', more)
        .and(T, purchase('standard'))
        .when(T, upgrade('premium', { vouchers: ['v'] }));
    upgraded({ products: ['premium'], minimumOrder: '300.00' }).then({
      type: 'Upgraded',
      fee: '300.00',
      ...used('100.00'),
    });
    upgraded({ minimumOrder: '300.01' }).thenRefused('VoucherNotApplicable', 'P-2.7');
    upgraded({ products: ['standard'] }).thenRefused('VoucherNotApplicable', 'P-2.7');
  });
});

describe('P-2.7 vouchers are used in the order named', () => {
  const two = withVoucher('300.00').and(T, issueVoucher('w', '200.00'));

  it.each([
    [
      ['v', 'w'],
      ['300.00', '99.00'],
    ],
    [
      ['w', 'v'],
      ['200.00', '199.00'],
    ],
  ])('P-2.7 %s', (vouchers, amounts) => {
    const expected = vouchers.map((voucherId, i) => ({ voucherId, amount: amounts[i] }));
    two
      .when(LATER, buy(...vouchers))
      .then({ type: 'Purchased', order: { paid: { vouchers: expected, cash: '0.00' } } });
  });

  it('P-2.7 one that is named when nothing is left to pay refuses the command', () => {
    const three = two.and(T, issueVoucher('x', '1.00'));
    three.when(LATER, buy('v', 'w', 'x')).thenRefused('VoucherNotNeeded', 'P-2.7', { voucherId: 'x' });
    three.when(LATER, buy('v', 'x', 'w')).then({ type: 'Purchased' });
    const free = { ...half, payPercent: '0' };
    two
      .when(LATER, purchase('standard', { vouchers: ['v'], promotion: free }))
      .thenRefused('VoucherNotNeeded', 'P-2.7');
    two
      .when(LATER, purchase('call-trial', { months: undefined, vouchers: ['v'] }))
      .thenRefused('VoucherNotNeeded', 'P-2.7');
  });
});

describe('P-2.7 the refusals of vouchers, one by one, in their order', () => {
  const over = { validUntil: '2024-08-01T02:00:00Z' };
  const other = { products: ['premium'] };
  const P3 = { appId: 'p3' };
  const vouchers = apps
    .and(T, issueVoucher('used-and-over', '1.00', { ...other, validUntil: '2024-08-01T02:00:01Z' }))
    .and(T, createApp('intl-2024', P3), purchase('premium', { ...P3, vouchers: ['used-and-over'] }))
    .and(T, issueVoucher('over', '1.00', over), issueVoucher('over-and-other', '1.00', { ...over, ...other }))
    .and(T, issueVoucher('other', '1.00', other), issueVoucher('all', '399.00'), issueVoucher('more', '1.00'));

  it.each([
    ['VoucherUnknown', ['no-such']],
    ['VoucherUsed', ['used-and-over']],
    ['VoucherNotValid', ['over-and-other']],
    ['VoucherNotApplicable', ['all', 'other']],
    ['VoucherNotNeeded', ['all', 'more']],
    ['VoucherUsed', ['all', 'all']],
    ['VoucherUsed', ['more', 'more']],
    // the first that cannot be used decides, not the worst
    ['VoucherNotValid', ['over', 'no-such']],
    ['VoucherUnknown', ['no-such', 'over']],
    ['VoucherNotNeeded', ['all', 'more', 'no-such']],
  ] as const)('P-2.7 %s: %s', (refusal, names) => vouchers.when(LATER, buy(...names)).thenRefused(refusal, 'P-2.7'));
});
