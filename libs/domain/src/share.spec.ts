import { describe, expect, it } from '@jest/globals';
import { minus, NOTHING, plus, share, text, times } from './share.js';
import { createApp, openAccount, purchase, refund, topUp } from './testing/commands.js';
import { given } from './testing/scenario.js';

describe('P-0.5 a share of a month or a term is a fraction of whole seconds', () => {
  it('P-0.5 integers over integers, reduced', () => {
    expect(text(share(86_400, 31 * 86_400))).toBe('1/31');
    expect(text(share(0, 2_678_400))).toBe('0/1');
    expect(text(share(-6, 4))).toBe('-3/2');
  });

  it('P-0.5 the parts of a month make it whole', () => {
    const second = share(1, 3);
    expect(text(plus(plus(second, second), second))).toBe('1/1');
    expect(text(minus(share(1, 3), share(1, 3)))).toBe(text(NOTHING));
    expect(text(times(share(399, 1), share(22_320, 2_678_400)))).toBe('133/40');
  });

  it('P-0.5 no seconds are lost however large the numbers grow', () => {
    const small = share(1, 10n ** 40n);
    expect(text(minus(plus(share(1, 1), small), share(1, 1)))).toBe(text(small));
  });
});

// 22,320 of the 2,678,400 seconds of 31 days are 1/120; of 399.00 that is 3.325, of which a decimal quotient makes 3.3249…
describe('P-0.5, P-0.3 what a share is worth is rounded once, from the exact figure', () => {
  const standard = given(
    '2024-08-01T10:00:00+08:00',
    openAccount('USD'),
    topUp('399.00'),
    createApp('intl-2024'),
    purchase('standard'),
  );

  it('P-0.5 half a cent is half a cent, and is rounded up', () => {
    standard.when('2024-08-01T16:12:00+08:00', refund('standard')).thenAmong({
      type: 'Refunded',
      lines: [{ used: '3.33', amount: '395.67' }],
      amount: '395.67',
    });
  });

  it('P-0.3 the unrounded figure stays in the evidence', () => {
    standard
      .when('2024-08-01T16:12:00+08:00', refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{ unrounded: '133/40' }] });
    // one second: 399/2,678,400
    standard
      .when('2024-08-01T10:00:01+08:00', refund('standard'))
      .thenAmong({ type: 'Refunded', lines: [{ unrounded: '133/892800', used: '0.00' }] });
  });
});
