import { backoff, pause } from './in-time.js';
import type { Patience } from './interruption.js';
import type { AppendResult, EventStore, NewEvent, Position } from './port.js';

/**
 * Appends at an exact revision. An answer that says nothing is followed by the identical bytes at the same revision,
 * which the store recognises by their ids, until it is clear or patience is over. Only a named answer means "not
 * appended".
 */
export const appendUntilClear = async (
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  revision: bigint | null,
  patience: Patience,
): Promise<AppendResult> => {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await store.append(stream, events, revision ?? 'no-stream');
    if (answer.kind === 'wrong-expected' && attempt > 0)
      return (await standing(store, stream, events, revision)) ?? answer;
    if (answer.kind !== 'unclear' || patience.isOver) return answer;
    await pause(backoff(attempt, 50, 1000));
  }
};

/** Whether what stands after the revision are our own events: then an answer that was lost had said "appended". */
const standing = async (
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  revision: bigint | null,
): Promise<AppendResult | null> => {
  const from = revision === null ? 0n : revision + 1n;
  let last: { readonly revision: bigint; readonly position: Position } | null = null;
  let index = 0;
  for await (const recorded of store.read(stream, { from, limit: events.length, requiresLeader: true })) {
    if (recorded.id !== events[index]?.id) return null;
    last = recorded;
    index += 1;
  }
  return last !== null && index === events.length
    ? { kind: 'appended', revision: last.revision, position: last.position }
    : null;
};
