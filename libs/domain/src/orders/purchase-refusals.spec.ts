import { describe, expect, it } from '@jest/globals';
import type { Command } from '../commands.js';
import {
  banAccount,
  chargeAccount,
  createApp,
  deleteApp,
  disableApp,
  grantGift,
  migrate,
  openAccount,
  purchase,
  refund,
  renew,
  renewBatch,
  setRenewal,
  topUp,
  upgrade,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-01T10:00:01+08:00';
const GRACE = '2024-09-01T10:00:00+08:00';

/** Everything that can be wrong with an order, from the last check to the first; each row below takes one away. */
const NO_VOUCHER = { vouchers: ['no-such'] };
const NO_MONTHS = { ...NO_VOUCHER, months: 0 };
const SENSELESS = { ...NO_MONTHS, quantity: 2 };

const opened = given(T, openAccount('USD'));
const poor = opened.and(T, createApp('intl-2024'));
const owing = (app: Scenario): Scenario => app.and(T, chargeAccount('9000.00'));
const standard = opened.and(T, topUp('5000.00'), createApp('intl-2024'), purchase('standard'));

describe('P-2.1, P-2.2, P-2.5, P-2.6, P-2.7, P-2.12, P-2.13 the refusals of the purchase of a package, in their order', () => {
  const unknown = purchase('no-such-product', SENSELESS);
  const disabled = standard.until(GRACE).and(GRACE, disableApp());

  it.each([
    ['P-6.6', 'AccountBanned', opened.and(T, banAccount()), LATER, unknown],
    ['P-1.3', 'AppUnknown', opened, LATER, unknown],
    ['P-1.6', 'AppDeleted', poor.and(T, disableApp(), deleteApp()), LATER, unknown],
    ['P-6.5', 'AppReclaimed', poor, '2024-11-30T10:00:00+08:00', unknown],
    ['P-1.6', 'AppDisabled', owing(disabled), GRACE, unknown],
    ['P-2.12', 'RenewInstead', owing(standard), GRACE, unknown],
    ['P-10', 'ProductUnknown', owing(standard), LATER, unknown],
    ['P-10', 'ProductUnknown', owing(poor), LATER, purchase('trial', SENSELESS)],
    ['P-2.1', 'TermRunning', owing(standard), LATER, purchase('standard', SENSELESS)],
    ['P-2.13', 'FieldNotApplicable', owing(poor), LATER, purchase('standard', SENSELESS)],
    ['P-2.2', 'MonthsOutOfRange', owing(poor), LATER, purchase('standard', NO_MONTHS)],
    ['P-2.6', 'AccountInArrears', owing(poor), LATER, purchase('standard', NO_VOUCHER)],
    ['P-2.7', 'VoucherUnknown', poor, LATER, purchase('standard', NO_VOUCHER)],
    ['P-2.5', 'InsufficientFunds', poor, LATER, purchase('standard')],
  ] as const)('%s %s', (clause, refusal, app, at, command) => app.when(at, command).thenRefused(refusal, clause));
});

describe('P-2.8, P-2.10, P-2.13 the refusals of the purchase of an add-on, in their order', () => {
  const cny = given(T, openAccount('CNY'), topUp('9000.00'), createApp('cn-2023'));
  const pro = cny.and(T, purchase('pro'));
  const callTrial = (more: object = {}): Command => ({ ...purchase('call-trial', { months: undefined }), ...more });
  const usedUp = poor.and(T, callTrial(), refund('call-trial'), callTrial());
  const seat = standard.and(T, purchase('desk'), purchase('desk-seat'), refund('desk'));

  it.each([
    ['P-1.6', 'AppDisabled', owing(cny.and(T, disableApp())), LATER, purchase('members-6000', SENSELESS)],
    ['P-2.12', 'RenewInstead', owing(pro), '2024-09-01T00:00:00+08:00', purchase('members-6000', SENSELESS)],
    ['P-2.8', 'NeedsPackage', owing(cny), LATER, purchase('members-6000', SENSELESS)],
    ['P-2.8', 'NeedsPackage', owing(pro), '2024-09-02T00:00:00+08:00', purchase('members-6000', SENSELESS)],
    [
      'P-2.8',
      'NotOpenToPackage',
      owing(pro.and(T, purchase('members-2000'))),
      LATER,
      purchase('members-6000', SENSELESS),
    ],
    ['P-2.8', 'FamilyRunning', owing(seat), LATER, purchase('desk-seat', NO_MONTHS)],
    ['P-2.8', 'FamilyRunning', owing(usedUp), LATER, callTrial(SENSELESS)],
    ['P-2.8', 'NeedsPackage', owing(standard), LATER, purchase('desk-seat', NO_MONTHS)],
    ['P-2.10', 'CallTrialUsedUp', owing(usedUp.and(T, refund('call-trial'))), LATER, callTrial(SENSELESS)],
    ['P-2.13', 'FieldNotApplicable', owing(poor), LATER, callTrial(SENSELESS)],
    ['P-2.13', 'FieldNotApplicable', owing(standard), LATER, purchase('desk', SENSELESS)],
    ['P-2.2', 'MonthsOutOfRange', owing(standard), LATER, purchase('desk', NO_MONTHS)],
    ['P-2.6', 'AccountInArrears', owing(standard), LATER, purchase('desk', NO_VOUCHER)],
    ['P-2.6', 'AccountInArrears', owing(poor), LATER, callTrial(NO_VOUCHER)],
    ['P-2.7', 'VoucherUnknown', standard, LATER, purchase('desk', { ...NO_VOUCHER, months: 24 })],
    ['P-2.5', 'InsufficientFunds', standard, LATER, purchase('desk', { months: 24 })],
  ] as const)('%s %s', (clause, refusal, app, at, command) => app.when(at, command).thenRefused(refusal, clause));
});

describe('P-2.13 a field without meaning for the product is refused, not ignored', () => {
  const rich = opened.and(T, topUp('5000.00'));
  const [trial, postpaid] = [rich.and(T, createApp('intl-2024')), rich.and(T, createApp('intl-2022'))];
  const spring = { id: 'spring', payPercent: '50', refundable: true };

  it.each([
    ['quantity', trial, 'standard', { months: 1, quantity: 2 }],
    ['quantity', standard, 'desk', { months: 1, quantity: 2 }],
    ['quantity', standard, 'search', { months: 1, quantity: 3 }],
    ['months', trial, 'call-trial', { months: 1 }],
    ['promotion', trial, 'call-trial', { promotion: spring }],
    ['renewal', trial, 'call-trial', { renewal: 'never' }],
    ['quantity', trial, 'call-trial', { quantity: 2 }],
    ['months', postpaid, 'standard', { months: 1 }],
    ['promotion', postpaid, 'standard', { promotion: spring }],
    ['renewal', postpaid, 'premium', { renewal: 'manual' }],
    ['quantity', postpaid, 'premium', { quantity: 2 }],
  ] as const)('P-2.13 %s', (field, app, product, fields) => {
    app
      .when(LATER, { ...purchase(product, { months: undefined }), ...fields })
      .thenRefused('FieldNotApplicable', 'P-2.13', { field });
  });

  it('P-2.13 a quantity of 1 says nothing', () => {
    trial.when(LATER, purchase('standard', { quantity: 1 })).then({ type: 'Purchased', order: { quantity: 1 } });
    standard.when(LATER, purchase('desk', { quantity: 1 })).then({ type: 'Purchased', order: { quantity: 1 } });
  });
});

describe('P-2.6 while the account is in arrears nothing is ordered', () => {
  const postpaid = opened.and(T, createApp('intl-2022'));
  const free = { id: 'free', payPercent: '0', refundable: true };
  const month = { months: 1 };

  it.each([
    ['a package', poor, purchase('standard')],
    ['a free order of one', poor, purchase('standard', { promotion: free })],
    ['a call trial', poor, purchase('call-trial', { months: undefined })],
    ['a postpaid package', postpaid, purchase('standard', { months: undefined })],
    [
      'the prepaid months of a migration',
      postpaid.and(T, purchase('standard', { months: undefined })),
      migrate('intl-2024', month),
    ],
    ['an add-on', standard, purchase('desk')],
    ['a renewal', standard, renew('standard', 1)],
    ['an upgrade', standard, upgrade('premium')],
    ['an app', poor, createApp('intl-2024', { appId: 'p2' })],
  ] as const)('P-2.6 not %s', (_, app, command) => {
    owing(app).when(LATER, command).thenRefused('AccountInArrears', 'P-2.6');
  });

  it('P-2.6 nor in a batch, item by item', () => {
    const item = { appId: 'p1', product: 'standard', months: 1 };
    const refused = { refusal: 'AccountInArrears', clause: 'P-2.6' } as const;
    owing(standard)
      .when(LATER, renewBatch(item, item))
      .thenRefusing([
        { item: 0, ...refused },
        { item: 1, ...refused },
      ]);
  });

  it('P-2.6 what is no order is allowed', () => {
    owing(standard).when(LATER, setRenewal('standard', 'automatic')).then({ type: 'RenewalSettingChanged' });
    owing(standard).when(LATER, disableApp()).thenAmong({ type: 'AppDisabled' });
  });

  it('P-2.6 the arrears cleared, it is allowed again', () => {
    const cleared = poor.and(T, chargeAccount('0.01'), topUp('399.01'));
    cleared.when(LATER, purchase('standard')).then({ type: 'Purchased', order: { paid: { cash: '399.00' } } });
    expect(cleared.account()).toMatchObject({ cash: '399.00', overdueSince: null });
    const gifted = poor.and(T, chargeAccount('0.01'), grantGift('399.01'));
    gifted.when(LATER, purchase('standard')).then({ type: 'Purchased', order: { paid: { gift: '399.00' } } });
  });
});
