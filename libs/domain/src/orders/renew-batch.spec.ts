import { describe, expect, it } from '@jest/globals';
import type { BatchItem } from '../commands.js';
import { banAccount, createApp, issueVoucher, openAccount, purchase, renewBatch, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const LATER = '2024-08-10T10:00:00+08:00';

const create = (appId: string): ReturnType<typeof createApp> => createApp('intl-2024', { appId });
const buy = (appId: string, product: string): ReturnType<typeof purchase> => purchase(product, { appId });
const item = (appId: string, product = 'standard', months: number | null = 1): BatchItem => ({
  appId,
  product,
  months,
});

/** Two on standard at 399, one on premium at 699, one on Trial; 1000.00 left. */
const apps = given(T, openAccount('USD'), topUp('2497.00'), ...['p1', 'p2', 'p3', 'p4'].map(create)).and(
  T,
  buy('p1', 'standard'),
  buy('p2', 'premium'),
  buy('p3', 'standard'),
);
const renewed = (appId: string, orderId: string): { type: 'Renewed'; appId: string; order: object } => ({
  type: 'Renewed',
  appId,
  order: { orderId, amount: '399.00' },
});

describe('P-3.3 in a batch each app succeeds or fails on its own', () => {
  it('P-3.3 in the order given, each seeing the wallet that the one before left', () => {
    apps.when(LATER, renewBatch(item('p1'), item('p2', 'premium'), item('p3'))).thenRefusing(
      [
        {
          item: 1,
          refusal: 'InsufficientFunds',
          clause: 'P-2.5',
          details: { required: '699.00', available: '601.00' },
        },
      ],
      renewed('p1', 'p1-2'),
      renewed('p3', 'p3-2'),
    );
    apps.when(LATER, renewBatch(item('p2', 'premium'), item('p1'), item('p3'))).thenRefusing(
      [
        { item: 1, refusal: 'InsufficientFunds', clause: 'P-2.5', details: { available: '301.00' } },
        { item: 2, refusal: 'InsufficientFunds', clause: 'P-2.5', details: { available: '301.00' } },
      ],
      { type: 'Renewed', appId: 'p2', order: { amount: '699.00' } },
    );
  });

  it('P-3.3 whatever refuses one', () => {
    apps
      .when(
        LATER,
        renewBatch(item('no-such'), item('p4'), item('p1', 'standard', 25), item('p2', 'nothing'), item('p3')),
      )
      .thenRefusing(
        [
          { item: 0, refusal: 'AppUnknown', clause: 'P-1.3' },
          { item: 1, refusal: 'TermNotRunning', clause: 'P-3.1' },
          { item: 2, refusal: 'MonthsOutOfRange', clause: 'P-2.2' },
          { item: 3, refusal: 'ProductUnknown', clause: 'P-10' },
        ],
        renewed('p3', 'p3-2'),
      );
  });

  it('P-3.3 when all are refused, nothing happens, and each says why', () => {
    apps.when(LATER, renewBatch(item('p4'), item('p1', 'standard', 24))).thenRefusing([
      { item: 0, refusal: 'TermNotRunning', clause: 'P-3.1' },
      { item: 1, refusal: 'InsufficientFunds', clause: 'P-2.5' },
    ]);
  });

  it('P-3.3 an app named twice is renewed twice', () => {
    apps
      .when(LATER, renewBatch(item('p1'), item('p1')))
      .then(
        { type: 'Renewed', automatic: false, order: { orderId: 'p1-2', startsAt: '2024-09-01T02:00:00Z' } },
        { type: 'Renewed', automatic: false, order: { orderId: 'p1-3', startsAt: '2024-10-01T02:00:00Z' } },
      );
  });

  it('P-3.3 no voucher is taken', () => {
    const after = apps
      .and(LATER, issueVoucher('v', '399.00'))
      .when(LATER, renewBatch(item('p1')))
      .then(renewed('p1', 'p1-2'));
    expect(after.account()).toMatchObject({ cash: '601.00', vouchers: [{ voucherId: 'v', used: false }] });
  });
});

describe('P-3.3 a refusal of the account is one refusal of the whole', () => {
  it('P-3.3 it is banned, or there is none', () => {
    const batch = renewBatch(item('p1'), item('p3'));
    apps.and(T, banAccount()).when(LATER, batch).thenRefused('AccountBanned', 'P-6.6');
    given(T).when(LATER, batch).thenRefused('AccountUnknown', 'P-1.1');
  });
});
