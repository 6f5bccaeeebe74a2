/** What became of an item: decided before, decided now, or not decided. */
import type { FieldProblem } from '@ledger/contract';
import type { Account } from '@ledger/domain';
import type { Outcome, Receipt } from '@ledger/event-store';
import type { BatchResult } from '@ledger/read-models';
import { answerTo } from '../commands/answer.js';
import { malformed, Problem, problem, type ProblemBody } from '../http/problem.js';

/** As its line tells it. */
export type ItemAnswer = {
  readonly status: number;
  readonly replayed?: boolean;
  readonly receipt?: Receipt;
  readonly problem?: ProblemBody;
};

export const problemAnswer = ({ body }: Problem): ItemAnswer => ({ status: body.status, problem: body });

export const malformedAnswer = (problems: readonly FieldProblem[]): ItemAnswer => problemAnswer(malformed(problems));

/** An earlier item of the account is not decided: what comes after it waits, so that the order stays. */
export const HELD_ANSWER: ItemAnswer = problemAnswer(
  problem(
    'earlier-item-open',
    'Send the same batch again under the same id: the items of the account go on where they stopped.',
  ),
);

/** Nobody foresaw it: the item is open, as those of an account with a store that is away are, and the others go on. */
export const FAILED_ANSWER: ItemAnswer = problemAnswer(problem('internal', 'Nobody foresaw this: the log says more.'));

/** The answer to what the ledger says of a command. */
export const answerOf = (outcome: Outcome<Account>): ItemAnswer => {
  if (outcome.kind === 'done') return { status: 201, replayed: outcome.replayed, receipt: outcome.receipt };
  if (outcome.kind === 'dry-run' || outcome.kind === 'preview-stale')
    throw new Error('an item of a batch is no preview');
  const answer = orProblem(() => answerTo(outcome));
  if (answer instanceof Problem) return problemAnswer(answer);
  throw new Error(`an item of a batch was answered ${answer.status}`);
};

/** What it answers, or the problem that it throws. */
export const orProblem = <T>(ask: () => T): T | Problem => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
};

/** It passes by itself, or somebody sees to it; the item may have happened, and its command id tells when it is sent again. */
export const isOpen = ({ status }: ItemAnswer): boolean => status >= 500;

/** What is kept of an answer; null for what is asked again when the batch is sent again. */
export const resultOf = (item: number, answer: ItemAnswer): BatchResult | null => {
  const { status, receipt, problem } = answer;
  if (isOpen(answer) || status === 403) return null;
  // What was wrong with a line is found again in the line, which may say anything.
  if (status === 400) return { item, status, answer: '' };
  const [first] = receipt?.events ?? [];
  const last = receipt?.events.at(-1);
  if (first && last)
    return { item, status: 201, stream: first.stream, first: BigInt(first.revision), last: BigInt(last.revision) };
  return { item, status, answer: JSON.stringify(receipt ?? problem) };
};
