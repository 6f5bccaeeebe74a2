import { describe, it } from '@jest/globals';
import type { RefusalName } from '../decision.js';
import * as say from '../testing/commands.js';
import { refund } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const BOUGHT = '2024-03-01T00:00:00+08:00';
const NOW = '2024-03-16T12:00:00+08:00';
const fixed = { id: 'fixed', payPercent: '100', refundable: false };

const onTrial = given(BOUGHT, say.openAccount('CNY'), say.topUp('20000.00'), say.createApp('cn-2023'));
const pro = onTrial.and(BOUGHT, say.purchase('pro'));
const fixedPro = onTrial.and(BOUGHT, say.purchase('pro', { promotion: fixed }));

type Case = readonly [
  title: string,
  history: Scenario,
  time: string,
  ask: ReturnType<typeof refund>,
  RefusalName,
  clause: string,
];

const CASES: readonly Case[] = [
  ['an unknown account', pro, NOW, refund('pro', { accountId: 'a9' }), 'AccountUnknown', 'P-1.1'],
  [
    'a banned account, before an unknown app',
    pro.and(NOW, say.banAccount()),
    NOW,
    refund('pro', { appId: 'p9' }),
    'AccountBanned',
    'P-6.6',
  ],
  ['an unknown app', pro, NOW, refund('pro', { appId: 'p9' }), 'AppUnknown', 'P-1.3'],
  [
    "another account's app",
    pro.and(NOW, say.openAccount('CNY', { accountId: 'a2' })),
    NOW,
    refund('pro', { accountId: 'a2' }),
    'AppUnknown',
    'P-1.3',
  ],
  [
    'a deleted app, before its product',
    onTrial.and(NOW, say.disableApp(), say.deleteApp()),
    NOW,
    refund('gold'),
    'AppDeleted',
    'P-1.6',
  ],
  ['a reclaimed app, before its product', pro, '2024-07-01T00:00:00+08:00', refund('gold'), 'AppReclaimed', 'P-6.5'],
  [
    'an unknown product, before a block',
    pro.and(NOW, say.blockRefunds()),
    NOW,
    refund('gold'),
    'ProductUnknown',
    'P-10',
  ],
  ['Trial, which nobody buys', onTrial, NOW, refund('trial'), 'ProductUnknown', 'P-10'],
  ['the product of another book', pro, NOW, refund('push'), 'ProductUnknown', 'P-10'],
  [
    'a package that does not run, before a block',
    pro.and(NOW, say.blockRefunds()),
    NOW,
    refund('flagship'),
    'NothingToRefund',
    'P-5.5',
  ],
  [
    'an add-on that does not run, before a block',
    pro.and(NOW, say.blockRefunds()),
    NOW,
    refund('safety'),
    'NothingToRefund',
    'P-5.5',
  ],
  ['an app that never left Trial', onTrial, NOW, refund('pro'), 'NothingToRefund', 'P-5.5'],
  ['a package refunded already', pro.and(NOW, say.refund('pro')), NOW, refund('pro'), 'NothingToRefund', 'P-5.5'],
  [
    'a block of the account, before an order that is not refundable',
    fixedPro.and(NOW, say.blockRefunds()),
    NOW,
    refund('pro'),
    'RefundsBlocked',
    'P-5.8',
  ],
  ['an order that is not refundable', fixedPro, NOW, refund('pro'), 'NotRefundable', 'P-5.8'],
];

describe('P-5.5 P-5.8 a refund is checked from the outside in, and the first check that fails is named', () => {
  it.each(CASES)('%s', (_, history, time, ask, refusal, clause) => {
    history.when(time, ask).thenRefused(refusal, clause);
  });

  it('neither a disabled app nor arrears refuse it', () => {
    pro
      .and(NOW, say.disableApp(), say.chargeAccount('99999.00'))
      .when(NOW, refund('pro'))
      .thenAmong({ type: 'Refunded' });
  });
});

describe('P-5.8 one order that is not refundable among the effective and the unstarted refuses the refund', () => {
  const renewed = (promotion?: typeof fixed) =>
    pro.and(BOUGHT, say.renew('pro', 1, { ...(promotion && { promotion }) }));

  it('the unstarted', () => {
    renewed(fixed).when(NOW, refund('pro')).thenRefused('NotRefundable', 'P-5.8', { orderId: 'p1-2' });
  });

  it('not one that is over', () => {
    fixedPro
      .and(BOUGHT, say.renew('pro', 1))
      .when('2024-04-01T00:00:00+08:00', refund('pro'))
      .thenAmong({ type: 'Refunded', lines: [{ orders: ['p1-2'] }] });
  });

  it('not one whose promotion says nothing of it', () => {
    renewed({ ...fixed, refundable: true })
      .when(NOW, refund('pro'))
      .thenAmong({ type: 'Refunded' });
  });

  it('of an add-on, that of the package too: the whole command is refused', () => {
    const both = pro.and(BOUGHT, say.purchase('safety', { promotion: fixed }));
    both.when(NOW, refund('pro')).thenRefused('NotRefundable', 'P-5.8', { orderId: 'p1-2' });
    both.when(NOW, refund('safety')).thenRefused('NotRefundable', 'P-5.8', { orderId: 'p1-2' });
  });

  it('but not the other way round: another add-on may be refunded alone', () => {
    fixedPro
      .and(BOUGHT, say.purchase('safety'))
      .when(NOW, refund('safety'))
      .then({ type: 'Refunded', amount: '500.00' });
  });
});

describe('P-5.8 refunds are blocked until unblocked, of the account and of the app each on its own', () => {
  const appOnly = { appId: 'p1' };

  it('of the account: all its apps', () => {
    const blocked = pro.when(NOW, say.blockRefunds()).then({ type: 'RefundsBlocked', accountId: 'a1' });
    blocked.when(NOW, refund('pro')).thenRefused('RefundsBlocked', 'P-5.8', { of: 'account' });
    blocked.when(NOW, say.unblockRefunds()).then({ type: 'RefundsUnblocked' });
    blocked.and(NOW, say.unblockRefunds()).when(NOW, refund('pro')).thenAmong({ type: 'Refunded' });
  });

  it('of one app: only this one', () => {
    const second = { appId: 'p2' };
    const blocked = pro
      .and(NOW, say.createApp('cn-2023', second), say.purchase('pro', second))
      .and(NOW, say.blockRefunds(appOnly));
    blocked.when(NOW, refund('pro')).thenRefused('RefundsBlocked', 'P-5.8', { of: 'app' });
    blocked.when(NOW, refund('pro', second)).thenAmong({ type: 'Refunded' });
    blocked.when(NOW, say.unblockRefunds(appOnly)).then({ type: 'RefundsUnblocked', appId: 'p1' });
  });

  it.each([
    ['unblocking the account leaves the block of the app', say.unblockRefunds(), 'app'],
    ['unblocking the app leaves the block of the account', say.unblockRefunds(appOnly), 'account'],
  ])('%s', (_, unblock, of) => {
    pro
      .and(NOW, say.blockRefunds(), say.blockRefunds(appOnly), unblock)
      .when(NOW, refund('pro'))
      .thenRefused('RefundsBlocked', 'P-5.8', { of });
  });

  it('what changes nothing brings no event', () => {
    pro.when(NOW, say.unblockRefunds()).thenNothing();
    pro.when(NOW, say.unblockRefunds(appOnly)).thenNothing();
    pro.and(NOW, say.blockRefunds()).when(NOW, say.blockRefunds()).thenNothing();
    pro.and(NOW, say.blockRefunds(appOnly)).when(NOW, say.blockRefunds(appOnly)).thenNothing();
  });

  it.each([
    ['an unknown account', pro, { accountId: 'a9' }, 'AccountUnknown', 'P-1.1'],
    ['a banned account, before the app', pro.and(NOW, say.banAccount()), { appId: 'p9' }, 'AccountBanned', 'P-6.6'],
    ['an unknown app', pro, { appId: 'p9' }, 'AppUnknown', 'P-1.3'],
    ['a deleted app', onTrial.and(NOW, say.disableApp(), say.deleteApp()), appOnly, 'AppDeleted', 'P-1.6'],
    ['a reclaimed app', pro.until('2024-07-01T00:00:00+08:00'), appOnly, 'AppReclaimed', 'P-6.5'],
  ] as const)('nor can it be said of %s', (_, history, of, refusal, clause) => {
    history.when('2024-07-01T00:00:00+08:00', say.blockRefunds(of)).thenRefused(refusal, clause);
    history.when('2024-07-01T00:00:00+08:00', say.unblockRefunds(of)).thenRefused(refusal, clause);
  });
});
