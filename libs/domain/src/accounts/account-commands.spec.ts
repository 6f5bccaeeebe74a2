import { describe, expect, it } from '@jest/globals';
import type { Command } from '../commands.js';
import {
  APP,
  banAccount,
  blockRefunds,
  chargeAccount,
  correctUsage,
  createApp,
  deleteApp,
  disableApp,
  enableApp,
  eraseContact,
  extendTrial,
  grantGift,
  issueVoucher,
  migrate,
  openAccount,
  purchase,
  recordUsage,
  refund,
  renew,
  renewBatch,
  setContact,
  setHistoryTier,
  setRenewal,
  topUp,
  unblockRefunds,
  upgrade,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-01T10:00:01+08:00';
const SAMPLE = { meter: 'mau', day: '2024-08-01', value: 1 };
const named = (commands: readonly Command[]): readonly (readonly [string, Command])[] =>
  commands.map((command) => [`${command.do}${'appId' in command ? ' of an app' : ''}`, command]);

/** Allowed to a banned account. */
const USAGE = [recordUsage([SAMPLE]), correctUsage(SAMPLE)];
const DELETION = deleteApp();
const OF_APP: readonly Command[] = [
  extendTrial(),
  disableApp(),
  enableApp(),
  migrate('intl-2024'),
  purchase('no-such-product', { months: 0 }),
  renew('no-such-product', 0),
  setRenewal('no-such-product', 'never'),
  upgrade('no-such-product'),
  refund('no-such-product'),
  setHistoryTier(30),
  blockRefunds({ appId: APP }),
  unblockRefunds({ appId: APP }),
];
const OF_ACCOUNT: readonly Command[] = [
  topUp('1.00', { reference: 'r' }),
  grantGift('1.00'),
  issueVoucher('v', '1.00'),
  banAccount(),
  blockRefunds(),
  unblockRefunds(),
  createApp('no-such-book'),
  renewBatch({ appId: APP, product: 'standard', months: 1 }, { appId: APP, product: 'no-such-product', months: 0 }),
];
const STILL_ALLOWED: readonly Command[] = [chargeAccount('1.00'), setContact(), eraseContact(), ...USAGE, DELETION];

describe('P-0.3, P-1.1 an account is opened once, with one currency', () => {
  it.each(['CNY', 'USD'] as const)('P-0.3 in %s', (currency) => {
    given(T).when(T, openAccount(currency)).then({ type: 'AccountOpened', accountId: 'a1', currency });
    expect(given(T, openAccount(currency)).account()).toMatchObject({
      currency,
      cash: '0.00',
      gift: '0.00',
      overdueSince: null,
      suspendsAt: null,
      banned: false,
      vouchers: [],
      bills: [],
    });
  });

  it('P-1.1 a second time is refused, in the other currency and when it is banned too', () => {
    given(T, openAccount('USD')).when(LATER, openAccount('USD')).thenRefused('AccountExists', 'P-1.1');
    given(T, openAccount('USD')).when(LATER, openAccount('CNY')).thenRefused('AccountExists', 'P-1.1');
    given(T, openAccount('USD'), banAccount()).when(LATER, openAccount('USD')).thenRefused('AccountExists', 'P-1.1');
  });

  it('P-0.3 CNY and USD never meet: a book of the other currency is refused', () => {
    given(T, openAccount('USD')).when(LATER, createApp('cn-2023')).thenRefused('CurrencyMismatch', 'P-0.3');
    given(T, openAccount('CNY')).when(LATER, createApp('intl-2024')).thenRefused('CurrencyMismatch', 'P-0.3');
  });
});

describe('P-1.1 the account is looked at first', () => {
  it.each(named([...OF_ACCOUNT, ...STILL_ALLOWED, ...OF_APP]))(
    'P-1.1 an unknown account is asked for %s',
    (_, command) => given(T).when(T, command).thenRefused('AccountUnknown', 'P-1.1', { accountId: 'a1' }),
  );
});

describe('P-6.6 then whether it is banned, before the app is', () => {
  const banned = given(T, openAccount('USD'), banAccount());

  it.each(named([...OF_ACCOUNT, ...OF_APP]))('P-6.6 a banned account is asked for %s', (_, command) =>
    banned.when(LATER, command).thenRefused('AccountBanned', 'P-6.6'),
  );

  it('P-6.6 charges, contact, usage and deletion are still allowed', () => {
    banned.when(LATER, chargeAccount('1.00')).thenAmong({ type: 'AccountCharged', cash: '1.00' });
    banned.when(LATER, setContact({ email: 'a@example.org' })).thenNothing();
    banned.when(LATER, eraseContact()).thenNothing();
    const withApp = given(T, openAccount('USD'), createApp('intl-2022'), banAccount());
    withApp.when(LATER, recordUsage([SAMPLE])).then({ type: 'UsageRecorded' });
    withApp.when(LATER, correctUsage(SAMPLE)).then({ type: 'UsageCorrected' });
    withApp.when(LATER, DELETION).then({ type: 'AppDeleted' });
  });
});

describe('P-1.3, P-1.6, P-6.5 then the app: unknown or of another account, deleted, reclaimed', () => {
  const opened = given(T, openAccount('USD'), openAccount('USD', { accountId: 'a2' }));
  const ofAnother = opened.and(T, createApp('intl-2024', { accountId: 'a2' }));
  const deleted = opened.and(T, createApp('intl-2024'), disableApp(), deleteApp());
  // The Trial ends on 1 September; 90 days later it is 30 November, 10:00.
  const reclaimed = opened.and(T, createApp('intl-2024')).until('2024-11-30T10:00:00+08:00');

  it.each(named([...OF_APP, DELETION, ...USAGE]))('P-1.3 an unknown app is asked for %s', (_, command) => {
    opened.when(LATER, command).thenRefused('AppUnknown', 'P-1.3', { appId: APP });
    ofAnother.when(LATER, command).thenRefused('AppUnknown', 'P-1.3');
  });

  it.each(named([...OF_APP, DELETION]))('P-1.6 a deleted app is asked for %s', (_, command) =>
    deleted.when(LATER, command).thenRefused('AppDeleted', 'P-1.6'),
  );

  it.each(named(OF_APP))('P-6.5 a reclaimed app is asked for %s', (_, command) =>
    reclaimed.when('2024-11-30T10:00:00+08:00', command).thenRefused('AppReclaimed', 'P-6.5'),
  );

  it('P-1.6 an app reclaimed and then deleted is a deleted one', () => {
    reclaimed
      .and('2024-11-30T10:00:00+08:00', deleteApp())
      .when('2024-11-30T10:00:01+08:00', refund('standard'))
      .thenRefused('AppDeleted', 'P-1.6');
  });
});

describe('P-5.8 refunds are blocked and unblocked, the account and each app on its own', () => {
  const one = given(T, openAccount('USD'), createApp('intl-2024'));

  it('P-5.8 of an account, and of an app', () => {
    const [ofAccount] = one.when(LATER, blockRefunds()).events;
    expect(ofAccount).toEqual({ type: 'RefundsBlocked', accountId: 'a1', effectiveAt: '2024-08-01T02:00:01Z' });
    one.when(LATER, blockRefunds({ appId: APP })).then({ type: 'RefundsBlocked', appId: APP });
    one.and(T, blockRefunds()).when(LATER, unblockRefunds()).then({ type: 'RefundsUnblocked' });
  });

  it('P-5.8 what is blocked or unblocked already is not again', () => {
    one.and(T, blockRefunds()).when(LATER, blockRefunds()).thenNothing();
    one.when(LATER, unblockRefunds()).thenNothing();
    one
      .and(T, blockRefunds())
      .when(LATER, unblockRefunds({ appId: APP }))
      .thenNothing();
    one
      .and(T, blockRefunds({ appId: APP }))
      .when(LATER, unblockRefunds())
      .thenNothing();
    one
      .and(T, blockRefunds())
      .when(LATER, blockRefunds({ appId: APP }))
      .then({ type: 'RefundsBlocked', appId: APP });
  });
});
