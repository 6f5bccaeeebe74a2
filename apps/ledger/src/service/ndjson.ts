import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

export type Line = { readonly kind: string; readonly [name: string]: unknown };

/** Says lines to whoever asked. */
export type Say = {
  (line: Line): void;
  /** Resolves when the reader has taken most of what was said, or is gone: who has much to say waits for it. */
  readonly room: () => Promise<void>;
};

/**
 * Answers with one JSON object a line, as they come, for what takes long. When whoever asked is gone, the signal says so. An
 * error is a line too: the status is long sent.
 */
export const answerLines = async (
  reply: FastifyReply,
  end: AbortSignal,
  write: (say: Say, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const say: Say = Object.assign((line: Line): void => void raw.write(`${JSON.stringify(line)}\n`), {
    room: async () => {
      if (!raw.writableNeedDrain) return;
      await once(raw, 'drain', { signal: gone.signal }).catch(() => undefined);
    },
  });
  try {
    await write(say, AbortSignal.any([gone.signal, end]));
  } catch (error) {
    say({ kind: 'failed', reason: String(error) });
  }
  raw.end();
};
