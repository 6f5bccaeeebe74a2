import { describe, expect, it } from '@jest/globals';
import type { Command } from '../commands.js';
import * as say from '../testing/commands.js';
import { banAccount, deleteApp, purchase } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const NOW = '2024-08-11T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const account = given(BOUGHT, say.openAccount('USD'), say.topUp('2000.00'));
const standard = account.and(BOUGHT, say.createApp('intl-2024'), purchase('standard'));
const banned = standard.and(NOW, banAccount());

describe('P-6.6 an account banned for violations is suspended with all its apps', () => {
  it('at once, each with an event and a notice of its own', () => {
    const two = standard.and(BOUGHT, say.createApp('intl-2024', { appId: 'p2' }));
    two.when(NOW, banAccount()).then(
      { type: 'AccountBanned', accountId: 'a1', effectiveAt: '2024-08-11T02:00:00Z' },
      {
        type: 'Suspended',
        appId: 'p1',
        cause: 'banned',
        suspendedSince: '2024-08-11T02:00:00Z',
        reclaimAt: '2024-11-09T02:00:00Z',
      },
      { type: 'NoticeIssued', appId: 'p1', notice: 'suspended' },
      { type: 'Suspended', appId: 'p2', cause: 'banned', reclaimAt: '2024-11-09T02:00:00Z' },
      { type: 'NoticeIssued', appId: 'p2', notice: 'suspended' },
    );
    expect(two.and(NOW, banAccount()).account().banned).toBe(true);
  });

  it('and an account without apps', () => {
    account.when(NOW, banAccount()).then({ type: 'AccountBanned' });
  });

  it('but no other account', () => {
    const other = { accountId: 'a2' };
    const both = standard.and(BOUGHT, say.openAccount('USD', other)).and(NOW, banAccount(other));
    expect(both.app().status).toBe('active');
    expect(both.account()).toMatchObject({ banned: false });
  });

  it('its clock of 90 days runs', () => {
    banned
      .whenTimeIs('2024-11-09T09:59:59+08:00')
      .thenAmong({ type: 'Expired' }, { type: 'Suspended', cause: 'lapsed' });
    expect(banned.until('2024-11-09T09:59:59+08:00').app().status).toBe('suspended');
    expect(banned.until('2024-11-09T10:00:00+08:00').app().status).toBe('reclaimed');
  });
});

describe('P-6.6 all its commands are refused but usage, charges, contact and deletion', () => {
  it.each<Command>([
    banAccount(),
    say.topUp('1.00'),
    say.grantGift('1.00'),
    say.issueVoucher('v1', '1.00'),
    say.blockRefunds(),
    say.unblockRefunds({ appId: 'p1' }),
    say.createApp('intl-2024', { appId: 'p2' }),
    say.extendTrial(),
    say.disableApp(),
    say.enableApp(),
    say.migrate('intl-2024'),
    purchase('standard'),
    say.renew('standard', 1),
    say.renewBatch({ appId: 'p1', product: 'standard', months: 1 }),
    say.setRenewal('standard', 'automatic'),
    say.upgrade('premium'),
    say.refund('standard'),
    say.setHistoryTier(30),
  ])('$do is refused, whatever it names', (command) => {
    banned.when(NOW, command).thenRefused('AccountBanned', 'P-6.6', { accountId: 'a1' });
    if (!('appId' in command)) return;
    banned.when(NOW, { ...command, appId: 'p9' }).thenRefused('AccountBanned', 'P-6.6');
  });

  it('a batch is refused as a whole, not item by item', () => {
    const item = { appId: 'p1', product: 'standard', months: 1 };
    expect(banned.when(NOW, say.renewBatch(item, item)).events).toEqual([]);
    banned.when(NOW, say.renewBatch(item, item)).thenRefused('AccountBanned', 'P-6.6');
  });

  it('usage is recorded, and corrected', () => {
    const sample = { meter: 'mau', day: '2024-08-10', value: 9 };
    banned.when(NOW, say.recordUsage([sample])).then({ type: 'UsageRecorded' });
    banned.when(NOW, say.correctUsage(sample)).then({ type: 'UsageCorrected' });
  });

  it('charges come, and may bring arrears', () => {
    const overdue = banned
      .when(NOW, say.chargeAccount('1602.00'))
      .then(
        { type: 'AccountCharged' },
        { type: 'Overdue', balance: '-1.00' },
        { type: 'NoticeIssued', notice: 'arrears' },
      );
    overdue
      .whenTimeIs('2024-08-12T10:00:00+08:00')
      .then({ type: 'Suspended', cause: 'arrears', suspendedSince: '2024-08-11T02:00:00Z' });
  });

  it('the contact is set and erased: no event of a journey', () => {
    banned.when(NOW, say.setContact({ email: 'a@example.com' })).thenNothing();
    banned.when(NOW, say.eraseContact()).thenNothing();
  });

  it('an unknown account cannot be banned, and one that is there not opened again', () => {
    account.when(NOW, banAccount({ accountId: 'a9' })).thenRefused('AccountUnknown', 'P-1.1');
    banned.when(NOW, say.openAccount('USD')).thenRefused('AccountExists', 'P-1.1');
  });
});

describe('P-6.6 settlement goes on; nothing renews', () => {
  it('the month is billed', () => {
    banned.whenTimeIs('2024-09-03T00:00:00+08:00').thenAmong({ type: 'BillIssued', period: '2024-08' });
  });

  it('an automatic renewal fails with the cause banned, the first of those that hold', () => {
    const automatic = standard.and(BOUGHT, say.setRenewal('standard', 'automatic'));
    for (const history of [
      automatic.and(NOW, banAccount()),
      automatic.and(NOW, banAccount(), say.chargeAccount('9999.00')),
    ])
      history
        .whenTimeIs('2024-09-02T10:00:00+08:00')
        .thenAmong(
          { type: 'AutoRenewalFailed', cause: 'banned', effectiveAt: '2024-09-01T02:00:00Z' },
          { type: 'Expired', effectiveAt: '2024-09-01T02:00:00Z' },
        );
  });

  it('nor an add-on: it ends', () => {
    standard
      .and(BOUGHT, purchase('desk', { renewal: 'automatic' }), say.renew('standard', 1))
      .and(NOW, banAccount())
      .whenTimeIs(E)
      .thenAmong(
        { type: 'AutoRenewalFailed', product: 'desk', cause: 'banned' },
        { type: 'AddOnEnded', product: 'desk' },
      );
  });
});

describe('P-6.6 P-1.6 an app of a banned account may be deleted', () => {
  it('while its paid term runs; nothing is paid back', () => {
    const deleted = banned.when(NOW, deleteApp()).then({ type: 'AppDeleted', appId: 'p1' });
    expect(deleted.app()).toMatchObject({ status: 'deleted', package: null, addOns: [] });
    expect(deleted.account().cash).toBe('1601.00');
    deleted.whenTimeIs('2024-09-02T10:00:00+08:00').thenNothing();
  });

  it('with a postpaid package too, which is billed until then', () => {
    const bannedPostpaid = given('2024-08-01T00:00:00+08:00', say.openAccount('USD'), say.createApp('intl-2022'))
      .and('2024-08-01T00:00:00+08:00', purchase('standard', { months: undefined }))
      .and('2024-08-16T12:00:00+08:00', banAccount());
    bannedPostpaid
      .when('2024-08-20T00:00:00+08:00', deleteApp())
      .then({ type: 'AppDeleted' })
      .whenTimeIs('2024-09-03T00:00:00+08:00')
      .thenAmong({ type: 'BillIssued', total: '199.50' });
  });

  it('in another account only when it is stopped and its term is over or refunded', () => {
    standard.when(NOW, deleteApp()).thenRefused('AppServing', 'P-1.6');
    standard.and(NOW, say.disableApp()).when(NOW, deleteApp()).thenRefused('TermRunning', 'P-2.1');
    standard.and(NOW, say.refund('standard')).when(NOW, deleteApp()).then({ type: 'AppDeleted' });
    standard.when(E, deleteApp()).thenRefused('AppServing', 'P-1.6');
    standard.until(E).and(E, say.disableApp()).when(E, deleteApp()).then({ type: 'AppDeleted' });
  });

  it.each([
    ['an unknown app', deleteApp({ appId: 'p9' }), 'AppUnknown', 'P-1.3'],
    ['one that is deleted already', deleteApp({ appId: 'p2' }), 'AppDeleted', 'P-1.6'],
  ] as const)('not %s', (_, command, refusal, clause) => {
    standard
      .and(BOUGHT, say.createApp('intl-2024', { appId: 'p2' }))
      .and(NOW, banAccount(), deleteApp({ appId: 'p2' }))
      .when(NOW, command)
      .thenRefused(refusal, clause);
  });
});
