import type { FastifyReply } from 'fastify';

export type Line = { readonly kind: string; readonly [name: string]: unknown };

/**
 * Answers with one JSON object a line, as they come, for what takes long. When whoever asked is gone, the signal says so. An
 * error is a line too: the status is long sent.
 */
export const answerLines = async (
  reply: FastifyReply,
  end: AbortSignal,
  write: (say: (line: Line) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.on('close', () => gone.abort());
  raw.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const say = (line: Line): void => void raw.write(`${JSON.stringify(line)}\n`);
  try {
    await write(say, AbortSignal.any([gone.signal, end]));
  } catch (error) {
    say({ kind: 'failed', reason: String(error) });
  }
  raw.end();
};
