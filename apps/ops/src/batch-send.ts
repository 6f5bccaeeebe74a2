/** One item of a batch, sent until it has its answer. */
import { setTimeout } from 'node:timers/promises';
import type { Result } from './batch-results.js';
import { EXIT } from './failure.js';
import { send, type Sending } from './send.js';
import { ProblemAnswer, ServiceError } from './service-client.js';

/** What became of an item; or why it has no final answer: the service is away or busy, or the token may not. */
export type Sent =
  | Pick<Result, 'status' | 'replayed' | 'receipt' | 'problem'>
  | { readonly open: 'away' | 'forbidden'; readonly reason: string };

export type Patience = {
  /** For how long it is sent again. */
  readonly milliseconds: number;
  /** Aborted when nothing more is to be sent. */
  readonly signal: AbortSignal;
};

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/**
 * Sends under the same key while the service is away or busy, as it says with `Retry-After`. Throws the `ProblemAnswer` of a
 * token that is not accepted: no other item would fare better.
 */
export const sendPatiently = async (sending: Sending, { milliseconds, signal }: Patience): Promise<Sent> => {
  const until = performance.now() + milliseconds;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const { receipt, replayed } = await send(sending);
      return { status: 201, ...(replayed && { replayed }), receipt };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.exitCode !== EXIT.unreachable) return refusedOr(error);
      const after = error instanceof ProblemAnswer && error.retryAfter !== null ? error.retryAfter * 1000 : pause;
      if (signal.aborted || performance.now() + after > until) return { open: 'away', reason: error.message };
      // Not all at the same moment.
      await setTimeout(after * (1 + Math.random() / 4), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return { open: 'away', reason: error.message };
    }
  }
};

/** A role that may not is no final answer: the batch may be sent again with another token. */
const refusedOr = (error: ServiceError): Sent => {
  if (!(error instanceof ProblemAnswer) || error.problem.status === 401) throw error;
  const { problem } = error;
  return problem.status === 403
    ? { open: 'forbidden', reason: problem.detail ?? problem.title }
    : { status: problem.status, problem };
};
