import { describe, expect, it } from '@jest/globals';
import { instant } from './calendar.js';
import { decide } from './decide.js';
import { fromStored, toStored } from './stored.js';
import {
  blockRefunds,
  createApp,
  grantGift,
  issueVoucher,
  openAccount,
  purchase,
  recordUsage,
  topUp,
} from './testing/commands.js';
import { given } from './testing/scenario.js';

/** A life in which every part of the state was touched: vouchers, references, apps, holds, bills. */
const life = given(
  '2024-03-10T10:00:00+08:00',
  openAccount('CNY'),
  topUp('9000.00', { reference: 'bank-1' }),
  grantGift('50.00'),
  issueVoucher('v1', '10.00', { products: ['pro'] }),
  issueVoucher('v2', '10.00', { validFrom: '2025-01-01T00:00:00Z', minimumOrder: '5.00' }),
  createApp('cn-2023'),
  createApp('cn-2023', { appId: 'p2' }),
  purchase('pro', { vouchers: ['v1'], months: 2 }),
  purchase('safety'),
  blockRefunds({ appId: 'p2' }),
)
  .and('2024-03-20T10:00:00+08:00', recordUsage([{ meter: 'dau', day: '2024-03-20', value: 25_000 }]))
  .until('2024-06-10T10:00:00+08:00');

describe('a state, stored and read again', () => {
  const before = life.state();
  const after = fromStored(toStored(before));

  it('is the same state', () => {
    expect(before.billing.billed.size).toBeGreaterThan(0);
    expect(after).toEqual(before);
    expect(toStored(after)).toBe(toStored(before));
  });

  it('P-2.14 keeps the references of payments taken', () => {
    const at = instant('2024-06-10T10:00:00+08:00');
    expect(decide(after, topUp('1.00', { reference: 'bank-1' }), at)).toMatchObject({ refusal: 'ReferenceUsed' });
    expect(decide(after, topUp('1.00', { reference: 'bank-2' }), at)).toMatchObject({
      events: [{ type: 'FundsToppedUp' }],
    });
  });

  it('P-2.7 keeps which voucher was used', () => {
    const at = instant('2024-06-10T10:00:00+08:00');
    expect(decide(after, purchase('pro', { appId: 'p2', vouchers: ['v1'] }), at)).toMatchObject({
      refusal: 'VoucherUsed',
    });
  });
});
