import type { ServerDuplexStream } from '@grpc/grpc-js';
import { MalformedMessage } from '../wire/reader.js';
import { parseBatchPart } from '../wire/write-requests.js';
import { batchAppended, batchFailed } from '../wire/responses.js';
import { ReceivedAppend, submitAppend, type Writing } from './append-call.js';
import { asCallError, refusalAsBatchError, stopping } from './errors.js';
import type { OpenCalls } from './open-calls.js';

/** So many appends of one call may wait; then the call is not read until answers have gone out. */
const MAX_WAITING = 1024;

/** `Streams.BatchAppend`: one long call for many appends, told apart by correlation ids and answered when done. */
export const serveBatchAppend = (
  writing: Writing,
  openCalls: OpenCalls,
  call: ServerDuplexStream<Buffer, Buffer>,
): void => {
  const batch = new BatchCall(writing, call);
  // What was committed has been answered; an append on its way must not wait for an answer for ever.
  const closed = openCalls.add({ stop: () => batch.fail(stopping()) });
  call.on('close', closed);
  call.on('data', (message: Buffer) => batch.receive(message));
  call.on('end', () => batch.receivedAll());
  call.on('drain', () => batch.proceed());
};

class BatchCall {
  private readonly writing: Writing;
  private readonly call: ServerDuplexStream<Buffer, Buffer>;
  private readonly incomplete = new Map<string, ReceivedAppend>();
  private waiting = 0;
  private ending = false;
  private failed = false;

  constructor(writing: Writing, call: ServerDuplexStream<Buffer, Buffer>) {
    this.writing = writing;
    this.call = call;
  }

  receive(message: Buffer): void {
    if (this.failed) return;
    try {
      const { correlationId, target, events, isFinal } = parseBatchPart(message);
      const received = this.incomplete.get(correlationId) ?? new ReceivedAppend();
      received.target ??= target;
      for (const event of events) received.addEvent(event);
      if (isFinal) {
        this.incomplete.delete(correlationId);
        this.submit(correlationId, received);
      } else {
        this.incomplete.set(correlationId, received);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  receivedAll(): void {
    this.ending = true;
    this.proceed();
  }

  proceed(): void {
    if (this.ending && this.waiting === 0) this.call.end();
    else if (this.waiting < MAX_WAITING && !this.call.writableNeedDrain) this.call.resume();
  }

  private submit(correlationId: string, { target, events }: ReceivedAppend): void {
    if (target === undefined) throw new MalformedMessage('An append without a target.');
    this.waiting += 1;
    if (this.waiting >= MAX_WAITING) this.call.pause();
    submitAppend(this.writing, target, events)
      .then((outcome) => {
        this.waiting -= 1;
        const answer =
          outcome.is === 'written'
            ? batchAppended(correlationId, target, outcome.written)
            : batchFailed(correlationId, target, refusalAsBatchError(target.stream, outcome));
        if (this.failed || this.call.cancelled) return;
        if (!this.call.write(answer)) this.call.pause();
        this.proceed();
      })
      .catch((error: unknown) => this.fail(error));
  }

  /** What cannot be answered in the call ends it: the client then knows that its appends are unclear. */
  fail(error: unknown): void {
    if (this.failed) return;
    this.failed = true;
    this.call.emit('error', asCallError(error));
  }
}
