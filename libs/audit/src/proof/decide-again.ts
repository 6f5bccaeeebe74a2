/**
 * An append put to the rules a second time: from the state before it, at its own instant, with all that was read for it, the
 * running rules must decide the very events that stand in the stream.
 */
import {
  advance,
  decide,
  instant,
  iso,
  isRefused,
  nextDueAt,
  type Account,
  type Decided,
  type Decision,
  type Given,
  type LedgerEvent,
  type UsageRead,
} from '@ledger/domain';
import type { StoredEvent } from '@ledger/event-store';
import { commandOf, isAsHashed, isOfClock, type RecordedAppend } from './appends.js';
import { shown, type Finding, type FindingKind } from './finding.js';
import { firstDifference } from './first-difference.js';

/** What was read from other streams, for a command or for what is due. */
export type ReadFor = {
  readonly given: Given;
  /** What a settlement read; where nothing says it for certain, what it can have read, the likeliest first. */
  readonly usage: () => readonly [UsageRead, ...UsageRead[]];
};

type Says = (kind: FindingKind, what: string, expected: unknown, actual: unknown) => Finding;

/** What is wrong with an append of the account or of its usage; nothing where the rules decide the same. */
export const decideAgain = (
  accountId: string,
  before: Account | null,
  append: RecordedAppend<LedgerEvent & StoredEvent>,
  readFor: ReadFor,
): readonly Finding[] => {
  const { recorded, metadata } = append.first;
  const say: Says = (kind, what, expected, actual) => ({
    kind,
    stream: recorded.stream,
    revision: String(recorded.revision),
    what,
    expected: shown(expected),
    actual: shown(actual),
  });
  try {
    return isOfClock(metadata)
      ? [...timeAgain(accountId, before, append, readFor, say)]
      : [...commandAgain(accountId, before, append, readFor, say)];
  } catch (error) {
    return [say('decided-differently', 'the decision', 'events', String(error))];
  }
};

type Append = RecordedAppend<LedgerEvent & StoredEvent>;

function* commandAgain(
  accountId: string,
  before: Account | null,
  append: Append,
  { given }: ReadFor,
  say: Says,
): Generator<Finding> {
  const { event, metadata } = append.first;
  const command = commandOf(metadata);
  if (command === null) {
    yield say('not-decidable', 'command', 'a command of the ledger', metadata.command?.name ?? null);
    return;
  }
  if (command.accountId !== accountId)
    yield say('not-decidable', 'command.body.accountId', accountId, command.accountId);
  if (!isAsHashed(command, metadata)) yield say('command-changed', 'bodyHash', metadata.bodyHash, metadata.command);
  const at = instant(event.effectiveAt);
  const dueAt = before && nextDueAt(before);
  if (dueAt !== null && dueAt <= at)
    yield say('out-of-turn', 'time first', `what is due at ${iso(dueAt)}`, metadata.commandId);
  if (before !== null && at < before.lastAt)
    yield say('out-of-turn', 'effectiveAt', `${iso(before.lastAt)} or later`, event.effectiveAt);
  yield* compared(decide(before, command, at, given), append, say);
}

function* timeAgain(
  accountId: string,
  before: Account | null,
  append: Append,
  { usage }: ReadFor,
  say: Says,
): Generator<Finding> {
  const { event, metadata } = append.first;
  const dueAt = before && nextDueAt(before);
  if (before === null || dueAt === null) {
    yield say('out-of-turn', 'time', 'nothing that is due', event.effectiveAt);
    return;
  }
  const id = `t:${accountId}:${iso(dueAt)}`;
  if (!metadata.commandId.startsWith(id)) yield say('out-of-turn', 'commandId', id, metadata.commandId);
  const [likeliest, ...others] = usage().map((read) => [...compared(advance(before, read), append, say)]);
  if (others.every((findings) => findings.length > 0)) yield* likeliest ?? [];
}

function* compared(decision: Decision, { first, events }: Append, say: Says): Generator<Finding> {
  const stand = events.map(({ event }) => event);
  const types = stand.map(({ type }) => type).join();
  if (isRefused(decision)) {
    yield say('decided-differently', 'the decision', `refused: ${decision.refusal} (${decision.clause})`, types);
    return;
  }
  const decided = decision.events.map(({ type }) => type).join();
  if (decided !== types) {
    yield say('decided-differently', 'the events', decided, types);
    return;
  }
  for (const [index, event] of stand.entries()) {
    const difference = firstDifference(decision.events[index], event);
    if (!difference) continue;
    const { path, expected, actual } = difference;
    const at = String((events[index] ?? first).recorded.revision);
    yield { ...say('decided-differently', `${event.type}.${path}`, expected, actual), revision: at };
  }
  yield* besides(decision, first.metadata, say);
}

/** What the metadata keep of the decision beside its events. */
function* besides(
  { clauses, items = [] }: Decided,
  metadata: RecordedAppend<StoredEvent>['first']['metadata'],
  say: Says,
): Generator<Finding> {
  const refused = items.flatMap((result, item) => ('refusal' in result ? [{ item, result }] : []));
  const kept = { clauses: metadata.clauses, refusedItems: metadata.refusedItems ?? [] };
  const difference = firstDifference({ clauses, refusedItems: refused }, kept);
  if (difference) yield say('decided-differently', difference.path, difference.expected, difference.actual);
}
