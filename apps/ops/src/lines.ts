import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';

/**
 * The lines of a byte stream, split at line feeds only: `node:readline` also splits at U+2028, which JSON strings may
 * contain as it is.
 */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for await (const chunk of input) {
    const [first = '', ...rest] = decoder.decode(chunk as Uint8Array, { stream: true }).split('\n');
    pieces.push(first);
    for (const next of rest) {
      yield pieces.join('');
      pieces = [next];
    }
  }
  const last = pieces.join('') + decoder.decode();
  if (last !== '') yield last;
}

/** Waits while the reader is slower than we are. */
export const write = async (output: Writable, text: string): Promise<void> => {
  if (!output.write(text)) await once(output, 'drain');
};
