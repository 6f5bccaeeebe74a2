/**
 * Carries out a batch: each item once, those of an account in their order, accounts side by side. An item is told when its
 * result is kept, so that nobody hears what a crash could undo; what was decided before is told again and not done again.
 */
import type { Account, Command } from '@ledger/domain';
import type { Actor, DoneBefore, Outcome, Receipt, Request } from '@ledger/event-store';
import type { BatchResult } from '@ledger/read-models';
import { Problem, type ProblemBody } from '../http/problem.js';
import type { Say } from '../service/ndjson.js';
import {
  answerOf,
  FAILED_ANSWER,
  HELD_ANSWER,
  isOpen,
  malformedAnswer,
  orProblem,
  problemAnswer,
  resultOf,
  type ItemAnswer,
} from './answer-item.js';
import type { BatchBody, BatchLine } from './batch-body.js';
import { readItem, type BatchItem } from './batch-item.js';
import { lanesOf, throughLanes } from './in-order.js';

/** Half of what the store's connection carries, so that other requests find room. */
const ACCOUNTS_AT_ONCE = 32;

export type Carrying = {
  readonly batchId: string;
  readonly body: BatchBody;
  readonly correlationId: string;
  /** What was decided when the batch was sent before. */
  readonly decided: ReadonlyMap<number, BatchResult>;
  /** Who is named in the events. Throws a `Problem` when the caller may not send the command. */
  readonly actorFor: (command: Command, commandId: string) => Actor;
  readonly execute: (request: Request) => Promise<Outcome<Account>>;
  readonly receiptAgain: (place: DoneBefore) => Promise<Outcome<Account>>;
  /** Resolves when it stands. */
  readonly keep: (result: BatchResult) => Promise<void>;
  /** Told of what nobody foresaw. */
  readonly onFailure: (error: unknown) => void;
  readonly say: Say;
  /** Ends the batch: what is being decided is finished, and nothing begun. */
  readonly signal: AbortSignal;
};

/** How many items were answered how; `open` are those that another sending of the batch decides. */
export type Counts = { done: number; refused: number; malformed: number; open: number };

export const carryOut = async (batch: Carrying): Promise<Counts> => {
  const { batchId, body, say, signal } = batch;
  const counts: Counts = { done: 0, refused: 0, malformed: 0, open: 0 };
  const lanes = await lanesOf(body.lines, (line) => accountOf(batchId, line));
  await throughLanes(lanes, ACCOUNTS_AT_ONCE, signal, async (lane, ended) => {
    let isHeld = false;
    for (const line of lane) {
      if (ended.aborted) return;
      const answer = isHeld ? HELD_ANSWER : await answerTo(batch, line);
      isHeld ||= isOpen(answer);
      counts[kindOf(answer)] += 1;
      say({ kind: 'item', item: line.item, ...answer });
      await say.room();
    }
  });
  counts.open = body.lines.length - counts.done - counts.refused - counts.malformed;
  return counts;
};

const accountOf = (batchId: string, line: BatchLine): string | null => {
  const read = readItem(batchId, line);
  return 'command' in read ? read.command.accountId : null;
};

const kindOf = (answer: ItemAnswer): keyof Counts => {
  if (isOpen(answer)) return 'open';
  if (answer.status === 400) return 'malformed';
  return answer.status === 201 ? 'done' : 'refused';
};

/** When it resolves, what it says is kept. */
const answerTo = async (batch: Carrying, line: BatchLine): Promise<ItemAnswer> => {
  const { batchId, decided, keep } = batch;
  const read = readItem(batchId, line);
  const before = decided.get(line.item);
  const answer = 'problems' in read ? malformedAnswer(read.problems) : await commandAnswer(batch, read, before);
  const result = before === undefined ? resultOf(line.item, answer) : null;
  if (result !== null) await keep(result);
  return answer;
};

/** Whether the caller may is asked each time: the batch may have come from somebody else before. */
const commandAnswer = async (
  { actorFor, execute, receiptAgain, onFailure, correlationId }: Carrying,
  { command, commandId }: BatchItem,
  before: BatchResult | undefined,
): Promise<ItemAnswer> => {
  const { accountId } = command;
  const actor = orProblem(() => actorFor(command, commandId));
  if (actor instanceof Problem) return problemAnswer(actor);
  if (before !== undefined && 'answer' in before) return told(before);
  try {
    const outcome = before
      ? await receiptAgain({ accountId, ...before })
      : await execute({ command, commandId, actor, correlationId });
    return answerOf(outcome);
  } catch (error) {
    onFailure(error);
    return FAILED_ANSWER;
  }
};

/** As it was kept. */
const told = ({ status, answer }: { readonly status: number; readonly answer: string }): ItemAnswer => {
  return status === 201
    ? { status, replayed: true, receipt: JSON.parse(answer) as Receipt }
    : { status, problem: JSON.parse(answer) as ProblemBody };
};
