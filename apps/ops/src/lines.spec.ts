import { Readable } from 'node:stream';
import { linesOf } from './lines.js';

const lines = async (...chunks: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const line of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk, 'latin1')))))
    found.push(line);
  return found;
};

describe('the lines of standard input', () => {
  it('are those between line feeds, however they come', async () =>
    expect(await lines('a', 'b\nc\n', '\nd')).toEqual(['ab', 'c', '', 'd']));

  it('end with the last line feed', async () => {
    expect(await lines('a\n')).toEqual(['a']);
    expect(await lines()).toEqual([]);
  });

  it('may hold what JSON strings may: U+2028 as it is, and characters cut in two', async () =>
    expect(await lines('"\xe2\x80', '\xa8"\n', '\xf0\x9f', '\x98\x80')).toEqual(['"\u2028"', '😀']));
});
