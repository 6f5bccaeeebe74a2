/** The body of a batch: one JSON object a line. */
import { createHash } from 'node:crypto';

/** Half a minute of a slow line, and room for every batch that a process carries out at once. */
export const MOST_BYTES = 16 * 1024 * 1024;
export const MOST_ITEMS = 20_000;

export type BatchLine = {
  /** The number of the line, from 0; empty lines are no items, but count. */
  readonly item: number;
  readonly bytes: Buffer;
};

export type BatchBody = {
  /** Of every byte: another body under the same id is another batch. */
  readonly hash: string;
  readonly lines: readonly BatchLine[];
};

export type Unreadable = { readonly tooLarge: string };

/**
 * The whole body, since its hash decides whether anything may happen at all; a body that breaks off has no consequences. The
 * lines are views of its bytes: each is decoded when its turn comes.
 */
export const readBody = async (input: AsyncIterable<Buffer>): Promise<BatchBody | Unreadable> => {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > MOST_BYTES) return { tooLarge: `A batch has ${MOST_BYTES} bytes at most: send it in several.` };
    hash.update(chunk);
    chunks.push(chunk);
  }
  const lines = linesOf(Buffer.concat(chunks));
  if (lines.length > MOST_ITEMS)
    return {
      tooLarge: `A batch has ${MOST_ITEMS} commands at most, and this one has ${lines.length}: send it in several.`,
    };
  return { hash: hash.digest('hex'), lines };
};

const LINE_FEED = 10;

const linesOf = (bytes: Buffer): readonly BatchLine[] => {
  const lines: BatchLine[] = [];
  for (let start = 0, item = 0; start < bytes.length; item += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    if (!isBlank(line)) lines.push({ item, bytes: line });
    start = end + 1;
  }
  return lines;
};

/** Spaces, tabs and the carriage return of a file from Windows. */
const isBlank = (line: Buffer): boolean => line.every((byte) => byte === 32 || byte === 9 || byte === 13);
