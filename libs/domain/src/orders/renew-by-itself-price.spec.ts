import { describe, it } from '@jest/globals';
import { createApp, openAccount, purchase, setRenewal, topUp } from '../testing/commands.js';
import { given, type Expected, type Scenario } from '../testing/scenario.js';

const AUTOMATIC = { renewal: 'automatic' } as const;

describe('P-3.5 an automatic renewal is priced as of the expiry', () => {
  it('P-3.5 at E = 2024-01-01, 00:00 local, by the new row', () => {
    const at = '2023-12-01T10:00:00+08:00';
    const pro = given(at, openAccount('CNY'), topUp('2498.00'), createApp('cn-2023'), purchase('pro', AUTOMATIC));
    pro
      .until('2023-12-31T23:59:59+08:00')
      .whenTimeIs('2024-01-01T00:00:00+08:00')
      .then({ type: 'Renewed', order: { listPrice: '1499', amount: '1499.00', priceRow: 'cn-2023@1/pro/2024-01-01' } });
  });

  // Four months from 31 August: E is 31 December, 00:00, and grace ends with the year.
  const at = '2023-08-31T10:00:00+08:00';
  const lapsing = given(at, openAccount('CNY'), topUp('3996.00'), createApp('cn-2023'), purchase('pro', { months: 4 }));
  const grace = '2023-12-31T12:00:00+08:00';
  const old = { listPrice: '999', amount: '999.00', startsAt: '2023-12-30T16:00:00Z', endsAt: '2024-01-30T16:00:00Z' };

  it('P-3.5 though it succeeds after the price has changed', () => {
    lapsing
      .and(grace, topUp('999.00'), setRenewal('pro', 'automatic'))
      .whenTimeIs('2024-01-01T00:00:00+08:00')
      .thenAmong({ type: 'Renewed', effectiveAt: '2023-12-31T16:00:00Z', order: old });
  });

  it('P-3.5 a top-up in grace pays the price of the expiry too', () => {
    lapsing
      .and(at, setRenewal('pro', 'automatic'))
      .when('2023-12-31T23:59:59+08:00', topUp('999.00'))
      .then({ type: 'FundsToppedUp' }, { type: 'Renewed', order: old });
  });

  it('P-3.5 an add-on likewise: bot messages are free until 2024-06-30, 24:00 local', () => {
    const bought = (time: string): Scenario =>
      given(time, openAccount('USD'), topUp('5000.00'), createApp('intl-2024'))
        .and(time, purchase('standard', { months: 2 }), purchase('bot-messages', { quantity: 2, ...AUTOMATIC }))
        .until('2024-06-30T09:59:59+08:00');
    const renewed = (amount: string): Expected => ({
      type: 'Renewed',
      automatic: true,
      order: { quantity: 2, amount },
    });
    const [before, after] = [bought('2024-05-31T23:59:59+08:00'), bought('2024-06-01T00:00:00+08:00')];
    before.whenTimeIs('2024-06-30T23:59:59+08:00').then(renewed('0.00'));
    after.whenTimeIs('2024-07-01T00:00:00+08:00').thenAmong(renewed('400.00'));
  });
});
