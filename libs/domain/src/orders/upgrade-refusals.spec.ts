import { describe, it } from '@jest/globals';
import type { RefusalName } from '../decision.js';
import * as say from '../testing/commands.js';
import { upgrade } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const BOUGHT = '2024-03-01T00:00:00+08:00';
const NOW = '2024-03-16T12:00:00+08:00';
const IN_GRACE = '2024-04-01T00:00:00+08:00';
const LAPSED = '2024-04-02T00:00:00+08:00';

const onTrial = given(BOUGHT, say.openAccount('CNY'), say.topUp('1499.00'), say.createApp('cn-2023'));
const pro = onTrial.and(BOUGHT, say.purchase('pro'));
const fixed = { id: 'fixed', payPercent: '100', refundable: false };
const withAddOn = pro.and(BOUGHT, say.topUp('500.00'), say.purchase('members-2000'));
const withFixedAddOn = pro.and(BOUGHT, say.topUp('500.00'), say.purchase('members-2000', { promotion: fixed }));
const overdue = say.chargeAccount('9999.00');
const NOTHING_SOLD = 'gold';
const noVoucher = { vouchers: ['v9'] };

type Case = readonly [
  title: string,
  history: Scenario,
  time: string,
  ask: ReturnType<typeof upgrade>,
  RefusalName,
  clause: string,
];

const OUTSIDE_IN: readonly Case[] = [
  ['an unknown account', pro, NOW, upgrade('flagship', { accountId: 'a9' }), 'AccountUnknown', 'P-1.1'],
  [
    'a banned account, before an unknown app',
    pro.and(NOW, say.banAccount()),
    NOW,
    upgrade('flagship', { appId: 'p9' }),
    'AccountBanned',
    'P-6.6',
  ],
  ['an unknown app', pro, NOW, upgrade('flagship', { appId: 'p9' }), 'AppUnknown', 'P-1.3'],
  [
    "another account's app",
    pro.and(NOW, say.openAccount('CNY', { accountId: 'a2' })),
    NOW,
    upgrade('flagship', { accountId: 'a2' }),
    'AppUnknown',
    'P-1.3',
  ],
  [
    'a deleted app, before its product',
    onTrial.and(NOW, say.disableApp(), say.deleteApp()),
    NOW,
    upgrade(NOTHING_SOLD),
    'AppDeleted',
    'P-1.6',
  ],
  [
    'a reclaimed app, before its product',
    pro,
    '2024-07-01T00:00:00+08:00',
    upgrade(NOTHING_SOLD),
    'AppReclaimed',
    'P-6.5',
  ],
  ['disabled, before grace', pro.and(NOW, say.disableApp()), IN_GRACE, upgrade('flagship'), 'AppDisabled', 'P-1.6'],
  ['disabled, before the lapse', pro.and(NOW, say.disableApp()), LAPSED, upgrade('flagship'), 'AppDisabled', 'P-1.6'],
  ['disabled, before Trial', onTrial.and(NOW, say.disableApp()), NOW, upgrade('flagship'), 'AppDisabled', 'P-1.6'],
];

const STATE_THEN_PRODUCT: readonly Case[] = [
  ['grace, before the product', pro, IN_GRACE, upgrade(NOTHING_SOLD), 'RenewInstead', 'P-2.12'],
  ['lapsed, before the product', pro, LAPSED, upgrade(NOTHING_SOLD), 'BuyAgain', 'P-3.2'],
  ['refunded, before the product', pro.and(NOW, say.refund('pro')), NOW, upgrade(NOTHING_SOLD), 'BuyAgain', 'P-3.2'],
  ['Trial, before the product', onTrial, NOW, upgrade(NOTHING_SOLD), 'TermNotRunning', 'P-3.1'],
  ['a product unknown, before arrears', pro.and(NOW, overdue), NOW, upgrade(NOTHING_SOLD), 'ProductUnknown', 'P-10'],
  ['an add-on is no package', pro, NOW, upgrade('members-2000'), 'ProductUnknown', 'P-10'],
  ['the package of another book', pro, NOW, upgrade('premium'), 'ProductUnknown', 'P-10'],
  ['not higher, before arrears', pro.and(NOW, overdue), NOW, upgrade('pro'), 'NotHigher', 'P-4.1'],
];

const MONEY_LAST: readonly Case[] = [
  [
    'arrears, before a block of refunds',
    withAddOn.and(NOW, overdue, say.blockRefunds()),
    NOW,
    upgrade('flagship'),
    'AccountInArrears',
    'P-2.6',
  ],
  [
    'a block of refunds, before an order that is not refundable',
    withFixedAddOn.and(NOW, say.blockRefunds()),
    NOW,
    upgrade('flagship'),
    'RefundsBlocked',
    'P-5.8',
  ],
  ['not refundable, before vouchers', withFixedAddOn, NOW, upgrade('flagship', noVoucher), 'NotRefundable', 'P-5.8'],
  ['vouchers, before money', pro, NOW, upgrade('flagship', noVoucher), 'VoucherUnknown', 'P-2.7'],
  ['money, last', pro, NOW, upgrade('flagship'), 'InsufficientFunds', 'P-2.5'],
];

const used = (history: Scenario): Scenario => history.and(NOW, say.purchase('safety', { vouchers: ['v1'] }));
const voucher = (more: Parameters<typeof say.issueVoucher>[2]) =>
  pro.and(BOUGHT, say.issueVoucher('v1', '1000.00', more));
const asked = upgrade('flagship', { vouchers: ['v1'] });

/** A voucher that is used, over and for something else is used; and so on down the list. */
const VOUCHERS: readonly Case[] = [
  [
    'used, before no longer valid',
    used(voucher({ validUntil: '2024-03-17T00:00:00+08:00' })),
    '2024-03-18T00:00:00+08:00',
    asked,
    'VoucherUsed',
    'P-2.7',
  ],
  [
    'used twice in one command, before not needed',
    pro.and(BOUGHT, say.issueVoucher('v1', '9000.00')),
    NOW,
    upgrade('flagship', { vouchers: ['v1', 'v1'] }),
    'VoucherUsed',
    'P-2.7',
  ],
  [
    'no longer valid, before not applicable',
    voucher({ validUntil: NOW, products: ['pro'] }),
    NOW,
    asked,
    'VoucherNotValid',
    'P-2.7',
  ],
  [
    'not valid yet, before not applicable',
    voucher({ validFrom: '2024-03-16T12:00:01+08:00', products: ['pro'] }),
    NOW,
    asked,
    'VoucherNotValid',
    'P-2.7',
  ],
  [
    'not applicable, before not needed',
    pro.and(BOUGHT, say.issueVoucher('v1', '9000.00'), say.issueVoucher('v2', '1.00', { products: ['pro'] })),
    NOW,
    upgrade('flagship', { vouchers: ['v1', 'v2'] }),
    'VoucherNotApplicable',
    'P-2.7',
  ],
  [
    'not needed, before the next unknown',
    pro.and(BOUGHT, say.issueVoucher('v1', '9000.00'), say.issueVoucher('v2', '1.00')),
    NOW,
    upgrade('flagship', { vouchers: ['v1', 'v2', 'v9'] }),
    'VoucherNotNeeded',
    'P-2.7',
  ],
];

describe('P-4.5 P-4.1 an upgrade is checked from the outside in, and the first check that fails is named', () => {
  describe.each([
    ['account and app', OUTSIDE_IN],
    ['state, then product', STATE_THEN_PRODUCT],
    ['arrears, refunds, vouchers, money', MONEY_LAST],
    ['vouchers one by one', VOUCHERS],
  ])('%s', (_group, cases) => {
    it.each(cases)('%s', (_, history, time, ask, refusal, clause) => {
      history.when(time, ask).thenRefused(refusal, clause);
    });
  });
});
