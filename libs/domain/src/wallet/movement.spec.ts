import { describe, expect, it } from '@jest/globals';
import type { AccountEvent, Split } from '../events.js';
import * as say from '../testing/commands.js';
import { createApp, purchase, renew, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';
import { balanceAfter, balanceBefore, movementOf } from './movement.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';

/** Top-ups, a gift, orders with a voucher, an upgrade that gives an add-on back, a refund, a bill, a charge into debt. */
const life = given(
  BOUGHT,
  say.openAccount('USD'),
  topUp('3000.00'),
  say.grantGift('120.00'),
  say.issueVoucher('v1', '50.00'),
)
  .and(BOUGHT, createApp('intl-2024'), purchase('standard', { vouchers: ['v1'] }), purchase('desk'))
  .and('2024-08-05T10:00:00+08:00', renew('standard', 1), say.upgrade('premium'))
  .and('2024-08-06T10:00:00+08:00', say.recordUsage([{ meter: 'mau', day: '2024-08-06', value: 12_000 }]))
  .and('2024-09-10T10:00:00+08:00', say.chargeAccount('5000.00'))
  .and('2024-09-11T10:00:00+08:00', say.grantGift('1.00'), say.refund('premium'));

describe('P-5.9 the journal of a wallet', () => {
  const events = life.result.events
    .filter(({ stream }) => stream.startsWith('account-'))
    .map(({ type, data }) => ({ type, ...data }) as AccountEvent);
  const movements = events.map(movementOf).filter((movement) => movement !== null);
  const empty: Split = { gift: '0.00', cash: '0.00' };

  it('ends with what the wallet holds', () => {
    const { gift, cash } = life.account();
    expect(movements.reduce<Split>(balanceAfter, empty)).toEqual({ gift, cash });
    expect(movements.length).toBeGreaterThan(8);
  });

  it('can be told from its end', () => {
    const { gift, cash } = life.account();
    expect(movements.reduceRight<Split>(balanceBefore, { gift, cash })).toEqual(empty);
  });

  it('has a line for an order that vouchers paid in full', () => {
    const free = given(BOUGHT, say.openAccount('USD'), say.issueVoucher('v1', '500.00'), createApp('intl-2024'));
    const [bought] = free.when(BOUGHT, purchase('standard', { vouchers: ['v1'] })).events;
    expect(movementOf(bought as AccountEvent)).toEqual({
      gift: '0.00',
      cash: '0.00',
      vouchers: [{ voucherId: 'v1', amount: '399.00' }],
    });
  });
});
