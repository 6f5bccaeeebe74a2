/** The running service, as LEDGER_URL, LEDGER_TOKEN and DATA_DIR say; by default the one that `npm start` runs here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import createClient, { type Client } from 'openapi-fetch';
import { EXIT, Failure, messageOf, UsageError, type ExitCode } from './failure.js';
import type { components, paths } from './generated/api.js';

export type Line = { readonly kind: string; readonly [name: string]: unknown };

/** What the service, or the way to it, answered instead. */
export class ServiceError extends Failure {
  override readonly name: string = 'ServiceError';
  constructor(message: string, exitCode: ExitCode = EXIT.unreachable) {
    super(message, exitCode);
  }
}

/** The problem document of an answer (RFC 9457); an answer without one is given its status and text. */
export type ProblemBody = components['schemas']['ProblemDto'] & { readonly [extension: string]: unknown };

export class ProblemAnswer extends ServiceError {
  override readonly name = 'ProblemAnswer';
  constructor(
    readonly problem: ProblemBody,
    /** Seconds after which the same may be asked again; null when the service did not say. */
    readonly retryAfter: number | null,
  ) {
    super(`The service answered ${problem.status}: ${problem.title}`, exitCodeOf(problem.status));
  }
}

/** 429 and 5xx pass by themselves or when somebody has seen to them: nothing was decided. */
export const exitCodeOf = (status: number): ExitCode => {
  if (status >= 500 || status === 429 || status === 408) return EXIT.unreachable;
  return status === 400 || status === 413 || status === 414 || status === 415 ? EXIT.usage : EXIT.refused;
};

/** For what is answered at once. A stopped process holds a connection open without ever answering. */
const LONGEST_WAIT_MS = 60_000;

export type Asking = {
  /** By default the answer is waited for a minute. */
  readonly signal?: AbortSignal;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
  /** For what the service tells anybody. */
  readonly withoutToken?: boolean;
};

/** An answer of success; throws a `ServiceError` that says what else came. */
export const ask = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { signal = AbortSignal.timeout(LONGEST_WAIT_MS), headers = {}, body, withoutToken = false }: Asking = {},
): Promise<Response> => {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const request = new Request(serviceUrl() + path, { method, signal, headers: { ...headers, ...type }, ...json });
  return answerTo(request, withoutToken ? null : token());
};

/** The service by its OpenAPI document. */
export const api = (): Client<paths> =>
  createClient<paths>({
    baseUrl: serviceUrl(),
    fetch: (request) => answerTo(new Request(request, { signal: AbortSignal.timeout(LONGEST_WAIT_MS) }), token()),
  });

export type Api = Client<paths>;

const answerTo = async (request: Request, bearer: Promise<string> | null): Promise<Response> => {
  if (bearer !== null) request.headers.set('authorization', `Bearer ${await bearer}`);
  const answer = await fetch(request).catch((error: unknown) => {
    throw new ServiceError(
      `The service at ${serviceUrl()} cannot be reached (LEDGER_URL or --url says where): ${causeOf(error)}`,
    );
  });
  if (answer.ok) return answer;
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN);
  throw new ProblemAnswer(await problemIn(answer), Number.isFinite(retryAfter) ? retryAfter : null);
};

const problemIn = async (answer: Response): Promise<ProblemBody> => {
  const text = await answer.text();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'title' in parsed)
      return { ...(parsed as ProblemBody), status: answer.status };
  } catch {
    // Something on the way answered, such as a proxy.
  }
  return { type: 'about:blank', title: answer.statusText, status: answer.status, detail: text.slice(0, 1000) };
};

const causeOf = (error: unknown): string =>
  messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);

export const serviceUrl = (): string => {
  const { LEDGER_URL = '' } = process.env;
  const url = LEDGER_URL === '' ? 'http://127.0.0.1:3000' : LEDGER_URL;
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageError(`LEDGER_URL or --url is "${url}": give a URL such as http://127.0.0.1:3000.`);
  return url.replace(/\/+$/, '');
};

const token = async (): Promise<string> => {
  const { LEDGER_TOKEN_FILE = '', LEDGER_TOKEN = '', DATA_DIR = '' } = process.env;
  if (LEDGER_TOKEN_FILE === '' && LEDGER_TOKEN !== '') return LEDGER_TOKEN;
  const path = LEDGER_TOKEN_FILE || join(DATA_DIR || './data', 'token');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(
      `There is no token in ${path}: set LEDGER_TOKEN, name a file with --token-file, or set DATA_DIR to the service's data folder.`,
    );
  });
  return text.trim();
};

/** The objects of an answer of one a line, as they come. */
export async function* linesOf({ body }: Response): AsyncGenerator<Line, void, undefined> {
  if (body === null) return;
  for await (const line of createInterface({ input: Readable.fromWeb(body), crlfDelay: Infinity }))
    yield JSON.parse(line) as Line;
}
