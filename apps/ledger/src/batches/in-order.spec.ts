import { setImmediate } from 'node:timers/promises';
import { lanesOf, throughLanes } from './in-order.js';

const never = new AbortController().signal;
const ITEMS = ['a1', 'b1', '-', 'a2', 'b2', 'a3'];

describe('lanes', () => {
  it('keep the order of what must keep it, and nothing else', async () =>
    expect(await lanesOf(ITEMS, (item) => (item === '-' ? null : item.charAt(0)))).toEqual([
      ['-'],
      ['a1', 'a2', 'a3'],
      ['b1', 'b2'],
    ]));

  it('are gone through side by side, no more at once than is allowed', async () => {
    const lanes = Array.from({ length: 20 }, (_, lane) => [lane]);
    const seen: number[] = [];
    let atWork = 0;
    let most = 0;
    await throughLanes(lanes, 3, never, async ([lane = -1]) => {
      most = Math.max(most, ++atWork);
      await setImmediate();
      seen.push(lane);
      atWork -= 1;
    });
    expect(most).toBe(3);
    expect(seen.toSorted((a, b) => a - b)).toEqual(lanes.flat());
  });

  it('end at the first error, when what is at work is finished', async () => {
    const finished: number[] = [];
    const work = throughLanes([[0], [1], [2], [3]], 2, never, async ([lane = -1], ended) => {
      if (lane === 0) throw new Error('it broke');
      await setImmediate();
      expect(ended.aborted).toBe(true);
      finished.push(lane);
    });
    await expect(work).rejects.toThrow('it broke');
    expect(finished).toEqual([1]);
  });

  it('are not begun when it is over', async () => {
    const begun: unknown[] = [];
    await throughLanes([[0]], 2, AbortSignal.abort(), async (lane) => void begun.push(lane));
    expect(begun).toEqual([]);
  });
});
