import { type Expected, NO_STREAM } from '../log/append-rules.js';
import type { ProposedEvent, StreamTarget } from './write-requests.js';
import { encode, type WireWriter } from './writer.js';

/** An event's place: what the log adds to what the caller proposed. */
export type Place = {
  readonly stream: string;
  readonly revision: number | bigint;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
};

export type Written = { readonly revision: number; readonly position: number | undefined };
export type Conflict = { readonly expected: Expected; readonly current: number };

/** The answer that carries one event: made once, at the append, and stored, so that reading is copying bytes. */
export const eventResponse = (event: ProposedEvent, place: Place): Buffer =>
  encode((out) =>
    out.message(1, () => {
      out.uint(3, place.position);
      out.message(1, () => {
        out.bytes(8, event.data);
        out.bytes(7, event.metadata);
        // The protocol counts in ticks of 100 ns; as a number they would not be exact.
        out.entry(6, 'created', `${place.created}0000`);
        out.entry(6, 'content-type', event.contentType);
        out.entry(6, 'type', event.type);
        out.uint(5, place.position);
        out.uint(4, place.position);
        out.uint(3, place.revision);
        streamIdentifier(out, 2, place.stream);
        uuid(out, 1, event.id);
      });
    }),
  );

export const confirmation = (subscriptionId: string): Buffer =>
  encode((out) => out.message(2, () => out.string(1, subscriptionId)));

export const checkpoint = (at: number): Buffer => encode((out) => position(out, 3, at));

export const streamNotFound = (stream: string): Buffer =>
  encode((out) => out.message(4, () => streamIdentifier(out, 1, stream)));

export const caughtUp = encode((out) => out.empty(8));

export const appended = (written: Written): Buffer => encode((out) => out.message(1, () => success(out, written)));

/** An append's refusal that is an answer, not an error of the call. */
export const appendConflict = ({ expected, current }: Conflict): Buffer =>
  encode((out) =>
    out.message(2, () => {
      if (expected === 'any') out.empty(9);
      else if (expected === 'exists') out.empty(10);
      else if (expected === NO_STREAM) out.empty(11);
      else out.uint(8, expected);
      if (current === NO_STREAM) out.empty(7);
      else out.uint(6, current);
    }),
  );

export const batchAppended = (correlationId: string, target: StreamTarget, written: Written): Buffer =>
  encode((out) => {
    streamIdentifier(out, 4, target.stream);
    out.message(3, () => success(out, written));
    uuid(out, 1, correlationId);
  });

/** A `google.rpc.Status`: its details are one message, named by its type. */
export type BatchError = {
  readonly code: number;
  readonly message: string;
  readonly type: string;
  readonly detail: Buffer;
};

export const batchFailed = (correlationId: string, target: StreamTarget, error: BatchError): Buffer =>
  encode((out) => {
    streamIdentifier(out, 4, target.stream);
    out.message(2, () => {
      out.message(3, () => {
        out.bytes(2, error.detail);
        out.string(1, `type.googleapis.com/event_store.client.${error.type}`);
      });
      out.string(2, error.message);
      out.uint(1, error.code);
    });
    uuid(out, 1, correlationId);
  });

export const wrongExpectedVersionDetail = ({ expected, current }: Conflict): Buffer =>
  encode((out) => {
    if (expected === 'any') out.empty(4);
    else if (expected === 'exists') out.empty(5);
    else if (expected === NO_STREAM) out.empty(6);
    else out.uint(3, expected);
    if (current === NO_STREAM) out.empty(2);
    else out.uint(1, current);
  });

export const streamDeletedDetail = (stream: string): Buffer => encode((out) => streamIdentifier(out, 1, stream));

export const maxAppendSizeDetail = (limit: number): Buffer => encode((out) => out.uint(1, limit));

export const badRequestDetail = (message: string): Buffer => encode((out) => out.string(1, message));

/** `DeleteResp` and `TombstoneResp`, which are alike. */
export const deleted = (at: number): Buffer => encode((out) => position(out, 1, at));

const success = (out: WireWriter, { revision, position: at }: Written): void => {
  if (at === undefined) out.empty(4);
  else position(out, 3, at);
  if (revision === NO_STREAM) out.empty(2);
  else out.uint(1, revision);
};

const position = (out: WireWriter, field: number, at: number): void =>
  out.message(field, () => {
    out.uint(2, at);
    out.uint(1, at);
  });

const streamIdentifier = (out: WireWriter, field: number, name: string): void =>
  out.message(field, () => out.string(3, name));

const uuid = (out: WireWriter, field: number, id: string): void => out.message(field, () => out.string(2, id));
