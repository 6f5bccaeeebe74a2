import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

/**
 * Answers with a file as its lines are made, no faster than it is taken. Where that breaks off, so does the connection: a
 * file that ended early must not look like a whole one.
 */
export const answerFile = async (
  reply: FastifyReply,
  end: AbortSignal,
  { name, lines }: { readonly name: string; readonly lines: AsyncIterable<string> },
): Promise<void> => {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'application/jsonl',
    'content-disposition': `attachment; filename="${name}"`,
  });
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, end]);
  try {
    for await (const line of lines) {
      signal.throwIfAborted();
      if (!raw.write(line)) await once(raw, 'drain', { signal });
    }
    raw.end();
  } catch {
    raw.destroy();
  }
};
