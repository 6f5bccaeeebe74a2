import { type Expected, NO_STREAM } from '../log/append-rules.js';
import { entry, onlyOptions, streamName, uuid } from './parts.js';
import { MalformedMessage, WireReader } from './reader.js';

export type ProposedEvent = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
};

/** The options of an append, a deletion and a tombstone. */
export type StreamTarget = { readonly stream: string; readonly expected: Expected };

/** A part of a batch append. Its deadline, a time by the client's clock, is not heeded: the answer comes at once. */
export type BatchPart = {
  readonly correlationId: string;
  /** Only the first part of a batch has them. */
  readonly target: StreamTarget | undefined;
  readonly events: readonly ProposedEvent[];
  readonly isFinal: boolean;
};

const EMPTY = new Uint8Array(0);

/** One message of an append call: first the target, then an event each. */
export const parseAppendPart = (message: Buffer): StreamTarget | ProposedEvent => {
  const part = new WireReader(message);
  while (part.next()) {
    if (part.field === 1) return target(part.nested());
    if (part.field === 2) return proposedEvent(part.nested());
    part.skip();
  }
  throw new MalformedMessage('An append message has neither options nor an event.');
};

export const parseBatchPart = (message: Buffer): BatchPart => {
  const part = new WireReader(message);
  let correlationId = '';
  let options: StreamTarget | undefined;
  let isFinal = false;
  const events: ProposedEvent[] = [];
  while (part.next()) {
    if (part.field === 1) correlationId = uuid(part.nested());
    else if (part.field === 2) options = target(part.nested());
    else if (part.field === 3) events.push(proposedEvent(part.nested()));
    else if (part.field === 4) isFinal = part.uint() === 1;
    else part.skip();
  }
  return { correlationId, target: options, events, isFinal };
};

/** `DeleteReq` and `TombstoneReq`, which are alike. */
export const parseDelete = (message: Buffer): StreamTarget => target(onlyOptions(message));

const target = (options: WireReader): StreamTarget => {
  let stream = '';
  let expected: Expected = 'any';
  while (options.next()) {
    if (options.field === 1) stream = streamName(options.nested());
    else if (options.field === 2) expected = options.uint();
    else {
      if (options.field === 3) expected = NO_STREAM;
      else if (options.field === 5) expected = 'exists';
      options.skip();
    }
  }
  return { stream, expected };
};

const proposedEvent = (message: WireReader): ProposedEvent => {
  let id = '';
  let type = '';
  let contentType = '';
  let metadata: Uint8Array = EMPTY;
  let data: Uint8Array = EMPTY;
  while (message.next()) {
    if (message.field === 1) id = uuid(message.nested());
    else if (message.field === 2) {
      const { key, value } = entry(message.nested());
      if (key === 'type') type = value;
      else if (key === 'content-type') contentType = value;
    } else if (message.field === 3) metadata = message.bytes();
    else if (message.field === 4) data = message.bytes();
    else message.skip();
  }
  return { id, type, contentType, metadata, data };
};
