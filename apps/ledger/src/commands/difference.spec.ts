import type { LedgerEvent } from '@ledger/domain';
import { differenceOf } from './difference.js';

const of = (effectiveAt: string) => ({ accountId: 'a', effectiveAt });
const funds = (amount: string, at = '2024-08-01T02:00:00Z'): LedgerEvent => ({
  type: 'FundsToppedUp',
  ...of(at),
  amount,
  settled: '0.00',
});
const resumed = (appId: string): LedgerEvent => ({ type: 'Resumed', ...of('2024-08-01T02:00:00Z'), appId });

describe('the difference between what was previewed and what would happen now', () => {
  it('is nothing between equals', () =>
    expect(differenceOf([funds('1.00'), resumed('x')], [funds('1.00'), resumed('x')])).toEqual({
      added: [],
      removed: [],
      changed: [],
    }));

  it('names each field that changed, and instants among them', () =>
    expect(differenceOf([funds('1.00')], [funds('2.00', '2024-08-01T02:01:00Z')])).toEqual({
      added: [],
      removed: [],
      changed: [
        {
          type: 'FundsToppedUp',
          appId: null,
          fields: {
            effectiveAt: { previewed: '2024-08-01T02:00:00Z', now: '2024-08-01T02:01:00Z' },
            amount: { previewed: '1.00', now: '2.00' },
          },
        },
      ],
    }));

  it('tells the events of one app from those of another, and the second from the first', () =>
    expect(differenceOf([resumed('x'), funds('1.00')], [resumed('y'), funds('1.00'), funds('1.00')])).toEqual({
      added: [resumed('y'), funds('1.00')],
      removed: [resumed('x')],
      changed: [],
    }));
});
