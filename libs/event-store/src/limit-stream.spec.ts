import { describe, expect, it } from '@jest/globals';
import { limitStream } from './limit-stream.js';
import { raw } from './testing/raw.js';
import { readAll, unique, useStore } from './testing/store.js';

const server = useStore();
const noted = (n: number): ReturnType<typeof raw> => raw('Noted', { n });

const numbers = async (stream: string): Promise<readonly unknown[]> =>
  (await readAll(server.adapter(), stream)).map(({ data }) => Object(data)['n']);

describe('the limit of a stream', () => {
  it('lets only the last events be read, and is written once', async () => {
    const [store, stream] = [server.adapter(), unique('s')];
    await limitStream(store, stream, 2);
    await store.append(stream, [noted(1), noted(2), noted(3)], 'any');
    await limitStream(store, stream, 2);
    expect(await numbers(stream)).toEqual([2, 3]);
    expect(await readAll(store, `$$${stream}`)).toMatchObject([{ revision: 0n }]);
  });

  it('brings back nothing that was deleted, and holds when the stream begins anew', async () => {
    const [store, stream] = [server.adapter(), unique('s')];
    await store.append(stream, [noted(1)], 'no-stream');
    await store.deleteStream(stream);
    await limitStream(store, stream, 1);
    expect(await numbers(stream)).toEqual([]);
    expect(await readAll(store, `$$${stream}`)).toMatchObject([{ revision: 0n }]);
    await store.append(stream, [noted(2), noted(3)], 'no-stream');
    await limitStream(store, stream, 1);
    expect(await numbers(stream)).toEqual([3]);
  });
});
