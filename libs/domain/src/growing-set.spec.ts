import { describe, expect, it } from '@jest/globals';
import { GrowingSet } from './growing-set.js';

describe('P-2.14 the references of payments: a set that only grows', () => {
  it('P-2.14 has what was added, in order, once', () => {
    const set = GrowingSet.EMPTY.with('b').with('a').with('b');
    expect([...set]).toEqual(['b', 'a']);
    expect(set.size).toBe(2);
    expect([set.has('a'), set.has('c')]).toEqual([true, false]);
    expect([...GrowingSet.of(['b', 'a', 'b'])]).toEqual(['b', 'a']);
  });

  it('P-2.14 an older version does not see what was added to a newer one', () => {
    const old = GrowingSet.of(['a']);
    const young = old.with('b');
    expect([old.has('b'), old.size, [...old]]).toEqual([false, 1, ['a']]);
    expect([young.has('b'), young.size, [...young]]).toEqual([true, 2, ['a', 'b']]);
  });

  it('P-2.14 two versions may grow apart from the same older one', () => {
    const old = GrowingSet.of(['a']);
    const one = old.with('b');
    const other = old.with('c');
    expect([[...old], [...one], [...other]]).toEqual([['a'], ['a', 'b'], ['a', 'c']]);
    expect([one.has('c'), other.has('b')]).toEqual([false, false]);
  });

  it('P-2.14 the same growth twice is the same set', () => {
    const old = GrowingSet.of(['a']);
    const first = old.with('b').with('c');
    const again = old.with('b');
    expect([...again]).toEqual(['a', 'b']);
    expect(Array.from(again.with('d'))).toEqual(['a', 'b', 'd']);
    expect([...first]).toEqual(['a', 'b', 'c']);
  });

  it('P-2.14 the empty set stays empty, whatever grows from it', () => {
    GrowingSet.EMPTY.with('x');
    expect([GrowingSet.EMPTY.has('x'), GrowingSet.EMPTY.size, [...GrowingSet.EMPTY]]).toEqual([false, 0, []]);
  });
});
