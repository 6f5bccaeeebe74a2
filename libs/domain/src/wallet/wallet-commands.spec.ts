import { describe, expect, it } from '@jest/globals';
import type { Command } from '../commands.js';
import {
  chargeAccount,
  createApp,
  deleteApp,
  disableApp,
  grantGift,
  openAccount,
  purchase,
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2025-08-01T10:00:00+08:00';
const account = given(T, openAccount('USD'), openAccount('USD', { accountId: 'a2' }));
const paymentOf = (reference: string): readonly Command[] => [
  topUp('5.00', { reference }),
  chargeAccount('5.00', { reference }),
];

describe('P-2.14 a top-up or a charge may carry the reference of the payment it stands for', () => {
  it('P-2.14 it is kept with it', () => {
    account
      .when(T, topUp('5.00', { reference: 'bank-1' }))
      .then({ type: 'FundsToppedUp', amount: '5.00', reference: 'bank-1' });
    account
      .and(T, topUp('5.00'))
      .when(T, chargeAccount('5.00', { reference: 'disk-1' }))
      .then({
        type: 'AccountCharged',
        amount: '5.00',
        service: 'cloud-disk',
        reference: 'disk-1',
        gift: '0.00',
        cash: '5.00',
      });
  });

  it('P-2.14 the same twice in an account is refused, of whatever kind, amount and time', () => {
    for (const taken of paymentOf('r'))
      for (const again of [...paymentOf('r'), topUp('7.00', { reference: 'r', reason: 'again' })])
        account
          .and(T, topUp('9.00'), taken)
          .when(LATER, again)
          .thenRefused('ReferenceUsed', 'P-2.14', { reference: 'r' });
  });

  it('P-2.14 without one, or with another, or in another account it is another payment', () => {
    const paid = account.and(T, topUp('5.00', { reference: 'r' }), topUp('5.00'));
    paid.when(LATER, topUp('5.00')).then({ type: 'FundsToppedUp' });
    paid.when(LATER, topUp('5.00', { reference: 'R' })).then({ type: 'FundsToppedUp' });
    paid
      .when(LATER, topUp('5.00', { reference: 'r', accountId: 'a2' }))
      .then({ type: 'FundsToppedUp', accountId: 'a2' });
  });

  it('P-2.14 one that was refused has not been taken', () => {
    given(T, openAccount('USD'), topUp('5.00', { reference: 'q' }))
      .when(T, topUp('5.00', { reference: 'q' }))
      .thenRefused('ReferenceUsed', 'P-2.14');
    expect(account.and(T, topUp('5.00', { reference: 'q' })).account().cash).toBe('5.00');
  });
});

describe('P-0.3, P-5.9 money that comes in', () => {
  it('P-0.3 a top-up is cash, a gift is gift balance', () => {
    account.when(T, topUp('0.01')).then({ type: 'FundsToppedUp', amount: '0.01', settled: '0.00' });
    account.when(T, grantGift('0.01')).then({ type: 'GiftGranted', amount: '0.01', settled: '0.00' });
    expect(account.and(T, topUp('7.10'), grantGift('0.25'), topUp('0.20')).account()).toMatchObject({
      cash: '7.30',
      gift: '0.25',
    });
  });

  it('P-5.9 settles the debt first: a gift too, and only the rest of it is gift balance', () => {
    const owing = account.and(T, chargeAccount('10.00'));
    const part = owing.when(T, grantGift('4.00')).then({ type: 'GiftGranted', amount: '4.00', settled: '4.00' });
    expect(part.account()).toMatchObject({ cash: '-6.00', gift: '0.00' });
    const rest = part
      .when(T, grantGift('7.00'))
      .then({ type: 'GiftGranted', amount: '7.00', settled: '6.00' }, { type: 'ArrearsCleared' });
    expect(rest.account()).toMatchObject({ cash: '0.00', gift: '1.00', overdueSince: null });
    owing.when(T, topUp('12.00')).then({ type: 'FundsToppedUp', settled: '10.00' }, { type: 'ArrearsCleared' });
    expect(owing.and(T, topUp('12.00')).account()).toMatchObject({ cash: '2.00', gift: '0.00' });
  });
});

describe('P-1.3, P-2.5 the wallet is the account’s, over all its apps', () => {
  it('P-2.5 what one app spent the other has not', () => {
    const P2 = { appId: 'p2' };
    const bought = account.and(
      T,
      topUp('500.00'),
      createApp('intl-2024'),
      createApp('intl-2024', P2),
      purchase('standard'),
    );
    bought.when(T, purchase('standard', P2)).thenRefused('InsufficientFunds', 'P-2.5', { available: '101.00' });
    expect(account.and(T, topUp('5.00'), createApp('intl-2022'), disableApp(), deleteApp()).account().cash).toBe(
      '5.00',
    );
  });
});
