/** Batches as a client sends them. */
import type { Api, Json } from './api.js';

export type BatchLine = Json & { readonly kind: string };
export type BatchAnswer = { readonly status: number; readonly lines: readonly BatchLine[] };

export type Sending = {
  readonly batchId: string;
  readonly body: string;
  /** Called with every line, as it comes. */
  readonly onLine?: (line: BatchLine) => void;
  readonly signal?: AbortSignal;
};

/** What came of it until the end, or until the way to the service broke. */
export const sendBatch = async (
  { url }: Pick<Api, 'url'>,
  token: string,
  { batchId, body, onLine, signal }: Sending,
): Promise<BatchAnswer> => {
  const answer = await fetch(`${url}/v1/batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', 'batch-id': batchId },
    body,
    ...(signal && { signal }),
  });
  const lines: BatchLine[] = [];
  try {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      const pieces = (text + decoder.decode(chunk, { stream: true })).split('\n');
      text = pieces.pop() ?? '';
      for (const line of pieces.map((piece) => JSON.parse(piece) as BatchLine)) {
        lines.push(line);
        onLine?.(line);
      }
    }
    if (text !== '') lines.push({ kind: 'problem', ...(JSON.parse(text) as Json) });
  } catch {
    // What came before it broke off is the answer.
  }
  return { status: answer.status, lines };
};

/** The body of a batch: one line for each command. */
export const bodyOf = (commands: readonly (readonly [name: string, body: Json])[]): string =>
  commands.map(([command, body]) => `${JSON.stringify({ command, body })}\n`).join('');

export const itemsOf = ({ lines }: BatchAnswer): readonly BatchLine[] => lines.filter(({ kind }) => kind === 'item');

/** Of an item that was done. */
export const receiptOf = (line: BatchLine | undefined): Json => {
  const receipt = line?.['receipt'];
  if (typeof receipt !== 'object' || receipt === null) throw new Error(`no receipt: ${JSON.stringify(line)}`);
  return receipt as Json;
};
