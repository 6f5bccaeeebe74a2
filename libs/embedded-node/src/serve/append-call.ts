import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { append, faultOf, MAX_APPEND_SIZE, type Outcome } from '../log/commands.js';
import type { EventLog } from '../log/event-log.js';
import type { GroupCommit } from '../log/group-commit.js';
import { MalformedMessage } from '../wire/reader.js';
import { parseAppendPart, type ProposedEvent, type StreamTarget } from '../wire/write-requests.js';
import { appendConflict, appended } from '../wire/responses.js';
import { asCallError, refusalAsCallError } from './errors.js';

export type Writing = { readonly log: EventLog; readonly commits: GroupCommit };

/** Asks what can be asked at once, then waits for the append's turn and for the disk. */
export const submitAppend = async (
  { log, commits }: Writing,
  target: StreamTarget,
  events: readonly ProposedEvent[],
): Promise<Outcome> => faultOf(target, events) ?? commits.submit((now) => append(log, target, events, now));

/**
 * `Streams.Append`: one append a call, in messages: the target, then an event each. A call that breaks off before its
 * end never was an append.
 */
export const serveAppend = (
  writing: Writing,
  call: ServerReadableStream<Buffer, Buffer>,
  answer: sendUnaryData<Buffer>,
): void => {
  const received = new ReceivedAppend();
  let answered = false;
  const settle: sendUnaryData<Buffer> = (error, value) => {
    if (!answered) answer(error, value);
    answered = true;
  };
  call.on('data', (message: Buffer) => {
    try {
      received.add(message);
    } catch (error) {
      settle(asCallError(error));
    }
  });
  call.on('end', () => {
    // A connection that breaks ends its calls too, and says only afterwards that it broke: what came until then is a part.
    setImmediate(() => {
      if (answered || call.cancelled) return;
      finish(writing, received, settle).catch((error: unknown) => settle(asCallError(error)));
    });
  });
};

const finish = async (
  writing: Writing,
  { target, events }: ReceivedAppend,
  settle: sendUnaryData<Buffer>,
): Promise<void> => {
  if (target === undefined) throw new MalformedMessage('An append without a target.');
  const outcome = await submitAppend(writing, target, events);
  if (outcome.is === 'written') settle(null, appended(outcome.written));
  else if (outcome.is === 'wrong-expected-version') settle(null, appendConflict(outcome.conflict));
  else settle(refusalAsCallError(target.stream, outcome));
};

/** An append as it comes in. Of one that is too large no more is kept than shows that it is. */
export class ReceivedAppend {
  target: StreamTarget | undefined;
  readonly events: ProposedEvent[] = [];
  private size = 0;

  add(message: Buffer): void {
    const part = parseAppendPart(message);
    if ('stream' in part) this.target = part;
    else this.addEvent(part);
  }

  addEvent(event: ProposedEvent): void {
    if (this.size > MAX_APPEND_SIZE) return;
    this.size += event.data.length + event.metadata.length;
    this.events.push(event);
  }
}
