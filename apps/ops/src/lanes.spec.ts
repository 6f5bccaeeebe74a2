import { setImmediate } from 'node:timers/promises';
import { Lanes } from './lanes.js';

/** Work that ends when it is told to. */
const held = () => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve, fail: reject };
};

describe('lanes', () => {
  it('keep the order within a lane, and run lanes side by side', async () => {
    const lanes = new Lanes(2, 10);
    const said: string[] = [];
    const first = held();
    await lanes.add('a', () => first.work().then(() => void said.push('a1')));
    await lanes.add('a', async () => void said.push('a2'));
    await lanes.add('b', async () => void said.push('b1'));
    await setImmediate();
    expect(said).toEqual(['b1']);
    first.end();
    await lanes.end();
    expect(said).toEqual(['b1', 'a1', 'a2']);
  });

  it('run so much at once and no more, and end all of it', async () => {
    const lanes = new Lanes(3, 100);
    let [running, most, through] = [0, 0, 0];
    for (let i = 0; i < 50; i++)
      await lanes.add(`lane ${i % 7}`, async () => {
        most = Math.max(most, ++running);
        await setImmediate();
        running -= 1;
        through += 1;
      });
    await lanes.end();
    expect({ most, running, through }).toEqual({ most: 3, running: 0, through: 50 });
  });

  it('take no more than there is room for', async () => {
    const lanes = new Lanes(1, 2);
    const [one, two] = [held(), held()];
    await lanes.add('a', one.work);
    await lanes.add('b', two.work);
    let isTaken = false;
    const third = lanes.add('c', async () => undefined).then(() => (isTaken = true));
    await setImmediate();
    expect(isTaken).toBe(false);
    one.end();
    await third;
    two.end();
    await lanes.end();
  });

  it('run nothing more after a failure, which the next to add and the end are told', async () => {
    const lanes = new Lanes(1, 10);
    const failing = held();
    let ran = false;
    await lanes.add('a', failing.work);
    await lanes.add('b', async () => void (ran = true));
    failing.fail(new Error('no token'));
    await setImmediate();
    await expect(lanes.add('c', async () => undefined)).rejects.toThrow('no token');
    await expect(lanes.end()).rejects.toThrow('no token');
    expect(ran).toBe(false);
  });
});
