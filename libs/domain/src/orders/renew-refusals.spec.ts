import { describe, it } from '@jest/globals';
import {
  banAccount,
  chargeAccount,
  createApp,
  deleteApp,
  disableApp,
  issueVoucher,
  migrate,
  openAccount,
  purchase,
  refund,
  renew,
  setRenewal,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-01T10:00:01+08:00';
const E = '2024-09-01T10:00:00+08:00';
const LAPSED = '2024-09-02T10:00:00+08:00';
const NONE = { months: undefined };

/** Everything that can be wrong with a renewal, from the last check to the first; each row below takes one away. */
const NO_VOUCHER = { vouchers: ['no-such'] };

const opened = given(T, openAccount('USD'));
const trial = opened.and(T, createApp('intl-2024'));
const standard = trial.and(T, topUp('399.00'), purchase('standard'));
const never = standard.and(T, setRenewal('standard', 'never'));
const owing = (app: Scenario): Scenario => app.and(T, chargeAccount('9000.00'));
const owingAt = (at: string, app: Scenario): Scenario => app.and(at, chargeAccount('9000.00'));

describe('P-3.1, P-3.2, P-3.4, P-2.2, P-2.5, P-2.6, P-2.7, P-2.8 the refusals of a renewal, in their order', () => {
  const unknown = renew('no-such-product', 0, NO_VOUCHER);
  const any = renew('standard', 0, NO_VOUCHER);
  const desk = standard.and(T, topUp('299.00'), purchase('desk', { renewal: 'never' }));
  const MOVED = '2024-03-10T10:00:00+08:00';
  const moved = given(MOVED, openAccount('CNY'), topUp('9000.00'), createApp('cn-2019'))
    .and(MOVED, purchase('pro'), purchase('groups-per-user-400', { months: 12, renewal: 'never' }))
    .and(MOVED, migrate('cn-2023'), renew('pro', 1));
  const NEW_BOOK = '2024-04-10T00:00:00+08:00';

  it.each([
    ['P-6.6', 'AccountBanned', opened.and(T, banAccount()), LATER, unknown],
    ['P-1.3', 'AppUnknown', owing(opened), LATER, unknown],
    ['P-1.6', 'AppDeleted', owing(trial.and(T, disableApp(), deleteApp())), LATER, unknown],
    ['P-6.5', 'AppReclaimed', trial, '2024-11-30T10:00:00+08:00', unknown],
    ['P-10', 'ProductUnknown', owing(never), LATER, unknown],
    ['P-10', 'ProductUnknown', owing(trial), LATER, renew('trial', 0)],
    ['P-3.2', 'BuyAgain', owingAt(LAPSED, never), LAPSED, any],
    ['P-3.2', 'BuyAgain', owing(standard.and(T, refund('standard'))), LATER, any],
    ['P-3.1', 'TermNotRunning', owing(trial), LATER, any],
    ['P-3.1', 'TermNotRunning', owing(standard), LATER, renew('premium', 0)],
    ['P-3.1', 'TermNotRunning', owing(standard), LATER, renew('desk', 0)],
    ['P-3.1', 'TermNotRunning', owing(desk), E, renew('desk', 0)],
    ['P-2.8', 'NotOpenToPackage', owingAt(NEW_BOOK, moved), NEW_BOOK, renew('groups-per-user-400', 0, NO_VOUCHER)],
    ['P-3.4', 'RenewalNever', owing(never), LATER, any],
    ['P-3.4', 'RenewalNever', owing(desk), LATER, renew('desk', 0, NO_VOUCHER)],
    ['P-2.2', 'MonthsOutOfRange', owing(standard), LATER, any],
    ['P-2.6', 'AccountInArrears', owing(standard), LATER, renew('standard', 1, NO_VOUCHER)],
    ['P-2.7', 'VoucherUnknown', standard, LATER, renew('standard', 1, NO_VOUCHER)],
    ['P-2.5', 'InsufficientFunds', standard, LATER, renew('standard', 1)],
  ] as const)('%s %s', (clause, refusal, app, at, command) => app.when(at, command).thenRefused(refusal, clause));

  it('P-3.1 a postpaid package has no term to renew', () => {
    opened
      .and(T, createApp('intl-2022'), purchase('standard', NONE))
      .when(LATER, renew('standard', 1))
      .thenRefused('TermNotRunning', 'P-3.1');
  });

  it('P-3.1 a disabled app is renewed all the same', () => {
    standard.and(T, topUp('399.00'), disableApp()).when(LATER, renew('standard', 1)).then({ type: 'Renewed' });
  });

  it('P-2.5, P-2.7 what is missing is named; a voucher may pay it', () => {
    standard
      .when(LATER, renew('standard', 2))
      .thenRefused('InsufficientFunds', 'P-2.5', { required: '798.00', available: '0.00' });
    standard
      .and(T, issueVoucher('v', '399.00'))
      .when(LATER, renew('standard', 1, { vouchers: ['v'] }))
      .then({ type: 'Renewed', order: { paid: { vouchers: [{ voucherId: 'v', amount: '399.00' }], cash: '0.00' } } });
  });
});

describe('P-3.4, P-3.1 the refusals of a renewal setting, in their order', () => {
  const callTrial = owing(trial.and(T, purchase('call-trial', NONE)));
  const postpaid = opened.and(T, createApp('intl-2022'), purchase('standard', NONE));
  const desk = standard.and(T, topUp('299.00'), purchase('desk'));

  it.each([
    ['P-6.6', 'AccountBanned', opened.and(T, banAccount()), LATER, 'no-such-product'],
    ['P-1.3', 'AppUnknown', opened, LATER, 'no-such-product'],
    ['P-10', 'ProductUnknown', owing(trial), LATER, 'no-such-product'],
    ['P-10', 'ProductUnknown', owing(standard), LATER, 'members-2000'],
    ['P-3.1', 'TermNotRunning', owing(trial), LATER, 'standard'],
    ['P-3.1', 'TermNotRunning', standard, LATER, 'premium'],
    ['P-3.1', 'TermNotRunning', standard, LATER, 'desk'],
    ['P-3.1', 'TermNotRunning', standard, LATER, 'call-trial'],
    ['P-3.1', 'TermNotRunning', desk, E, 'desk'],
    ['P-3.1', 'TermNotRunning', standard, LAPSED, 'standard'],
    ['P-3.1', 'TermNotRunning', standard.and(T, refund('standard')), LATER, 'standard'],
    ['P-3.1', 'TermNotRunning', postpaid, LATER, 'standard'],
    ['P-3.4', 'RenewalNever', callTrial, LATER, 'call-trial'],
  ] as const)('%s %s', (clause, refusal, app, at, product) =>
    app.when(at, setRenewal(product, 'automatic')).thenRefused(refusal, clause),
  );
});
