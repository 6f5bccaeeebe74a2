/** The running service, as LEDGER_URL, LEDGER_TOKEN and DATA_DIR say; by default the one that `npm start` runs here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

export type Line = { readonly kind: string; readonly [name: string]: unknown };

/** What the service, or the way to it, answered instead; the message is for the operator. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(
    message: string,
    readonly exitCode = 3,
  ) {
    super(message);
  }
}

export type Asking = { readonly signal?: AbortSignal; readonly body?: unknown };

export const ask = async (method: 'GET' | 'POST', path: string, { signal, body }: Asking = {}): Promise<Response> => {
  const { LEDGER_URL = 'http://127.0.0.1:3000' } = process.env;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { authorization: `Bearer ${await token()}`, ...type };
  const sent = { ...(signal ? { signal } : {}), ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(new URL(path, LEDGER_URL), { method, headers, ...sent }).catch((error: unknown) => {
    throw new ServiceError(`The service at ${LEDGER_URL} cannot be reached (LEDGER_URL says where): ${causeOf(error)}`);
  });
  if (!answer.ok)
    throw new ServiceError(`The service answered ${answer.status}: ${await answer.text()}`, exitCodeOf(answer.status));
  return answer;
};

/** What was asked wrongly, what was refused, and what passes. */
const exitCodeOf = (status: number): number => (status === 400 ? 2 : status < 500 ? 1 : 3);

const causeOf = (error: unknown): string =>
  String(error instanceof Error && error.cause !== undefined ? error.cause : error);

const token = async (): Promise<string> => {
  const { LEDGER_TOKEN = '', DATA_DIR = './data' } = process.env;
  if (LEDGER_TOKEN !== '') return LEDGER_TOKEN;
  const path = join(DATA_DIR, 'token');
  return (
    await readFile(path, 'utf8').catch(() => {
      throw new ServiceError(
        `There is no token in ${path}: set LEDGER_TOKEN, or DATA_DIR to the service's data folder.`,
      );
    })
  ).trim();
};

/** The objects of an answer of one a line, as they come. */
export async function* linesOf({ body }: Response): AsyncGenerator<Line, void, undefined> {
  if (body === null) return;
  for await (const line of createInterface({ input: Readable.fromWeb(body), crlfDelay: Infinity }))
    yield JSON.parse(line) as Line;
}
