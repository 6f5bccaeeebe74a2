import { describe, expect, it } from '@jest/globals';
import * as money from './money.js';
import { share, text, times } from './share.js';

const { add, compare, decimal, exact, proportion, round, roundShare, subtract } = money;

describe('P-0.3 money is exact decimal', () => {
  it('P-0.3 nothing is lost or gained by adding', () => {
    expect(add('0.10', '0.20')).toBe('0.30');
    expect(add(...Array.from({ length: 1000 }, () => '0.01'))).toBe('10.00');
    expect(add('9999999999999.99', '0.01')).toBe('10000000000000.00');
    expect(subtract('0.30', '0.10')).toBe('0.20');
    expect(subtract('399.00', '399.01')).toBe('-0.01');
    expect(add()).toBe('0.00');
    expect(money.negate('-0.01')).toBe('0.01');
    expect(money.negate('0.00')).toBe('0.00');
  });

  it('P-0.3 amounts are compared as amounts, not as texts', () => {
    expect(compare('9.00', '10.00')).toBeLessThan(0);
    expect([money.least('9.00', '10.00'), money.greatest('9.00', '10.00')]).toEqual(['9.00', '10.00']);
    expect([money.isNegative('-0.01'), money.isNegative('0.00')]).toEqual([true, false]);
    expect([money.isZero('0.00'), money.isZero('0.01'), money.atLeastZero('-5.00')]).toEqual([true, false, '0.00']);
  });
});

describe('P-0.3 rounded once, half up, to two decimals', () => {
  it.each([
    ['69.825', '69.83'],
    ['0.005', '0.01'],
    ['0.00499999999999999999999999999999', '0.00'],
    ['2.675', '2.68'],
    ['1.994999', '1.99'],
    ['399', '399.00'],
    ['0', '0.00'],
    ['-0.001', '0.00'],
  ])('P-0.3 %s is %s', (unrounded, rounded) => {
    expect(round(decimal(unrounded))).toBe(rounded);
  });

  it.each([
    [133n, 200n, '0.67'], // 0.665
    [1n, 200n, '0.01'], // 0.005
    [1n, 201n, '0.00'],
    [2n, 3n, '0.67'],
    [0n, 7n, '0.00'],
    [39900n, 100n, '399.00'],
    [-1n, 3n, '-0.33'],
    [-2n, 3n, '-0.67'],
  ])('P-0.3 the fraction %s/%s is %s', (n, d, rounded) => {
    expect(roundShare({ n, d })).toBe(rounded);
  });

  it('P-0.3 a proportion is rounded once, and nothing of nothing is nothing', () => {
    expect(proportion('100.00', exact('1'), exact('3'))).toBe('33.33');
    expect(proportion('100.00', exact('2'), exact('3'))).toBe('66.67');
    expect(proportion('0.05', exact('0.50'), exact('5.00'))).toBe('0.01'); // half a cent
    expect(proportion('0.00', exact('0.00'), exact('0.00'))).toBe('0.00');
  });
});

describe('P-0.5 a share is kept exact until it is rounded', () => {
  it('P-0.5 a third of 0.015 is half a cent, which a decimal quotient just misses', () => {
    expect(roundShare(times(exact('0.015'), share(1, 3)))).toBe('0.01');
  });

  it('P-0.5 a price is the fraction that its decimals say', () => {
    expect(text(exact('0.015'))).toBe('3/200');
    expect(text(exact('399'))).toBe('399/1');
    expect(text(exact('-0.50'))).toBe('-1/2');
  });
});

describe('P-0.3 figures as they go out', () => {
  it('P-0.3 a number where it is a safe integer, else a decimal text', () => {
    expect(money.wire(decimal('9007199254740991'))).toBe(9_007_199_254_740_991);
    expect(money.wire(decimal('9007199254740992'))).toBe('9007199254740992');
    expect(money.wire(decimal('0.50'))).toBe('0.5');
  });

  it('P-0.3 beyond 2^53 too they are compared exactly, and the first of equals is the greatest', () => {
    expect(money.compareExact('9007199254740993', 9_007_199_254_740_992)).toBe(1);
    const [a, b, c] = [
      { figure: decimal(2), name: 'a' },
      { figure: decimal(3), name: 'b' },
      { figure: decimal(3), name: 'c' },
    ] as const;
    expect(money.greatestOf([a, b, c])).toBe(b);
    expect(money.greatestOf([])).toBeUndefined();
  });
});
