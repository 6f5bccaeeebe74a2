import { Metadata, status } from '@grpc/grpc-js';
import { type Expected, NO_STREAM } from '../log/append-rules.js';
import { MAX_APPEND_SIZE, type Refusal } from '../log/commands.js';
import { NotAccepting } from '../log/group-commit.js';
import { MalformedMessage } from '../wire/reader.js';
import {
  badRequestDetail,
  type BatchError,
  maxAppendSizeDetail,
  streamDeletedDetail,
  wrongExpectedVersionDetail,
} from '../wire/responses.js';

/** How a call fails: the trailers, `exception` above all, are what the client makes its error classes from. */
export class CallError extends Error {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;

  constructor(code: status, details: string, trailers: Record<string, string> = {}) {
    super(details);
    this.code = code;
    this.details = details;
    this.metadata = new Metadata();
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, printable(value));
  }
}

export const badRequest = (message: string): CallError => new CallError(status.INVALID_ARGUMENT, message);

export const invalidPosition = (): CallError => badRequest('InvalidPosition: no event begins at this position.');

export const accessDenied = (): CallError =>
  new CallError(status.UNAUTHENTICATED, 'The connection name is not the secret of this node.', {
    exception: 'access-denied',
  });

export const stopping = (): CallError => new CallError(status.UNAVAILABLE, 'The embedded node is stopping.');

export const streamDeleted = (stream: string): CallError =>
  new CallError(status.FAILED_PRECONDITION, `The stream ${stream} is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const refusalAsCallError = (stream: string, refusal: Refusal): CallError => {
  switch (refusal.is) {
    case 'wrong-expected-version': {
      const { expected, current } = refusal.conflict;
      return new CallError(status.FAILED_PRECONDITION, conflictMessage(stream), {
        exception: 'wrong-expected-version',
        'stream-name': stream,
        'expected-version': expectedAsNumber(expected),
        // The client takes the absence of this one for "no stream".
        ...(current === NO_STREAM ? {} : { 'actual-version': `${current}` }),
      });
    }
    case 'stream-deleted':
      return streamDeleted(stream);
    case 'too-large':
      return new CallError(status.INVALID_ARGUMENT, TOO_LARGE, {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': `${MAX_APPEND_SIZE}`,
      });
    case 'bad-request':
      return badRequest(refusal.message);
  }
};

/** In a batch call a refusal is a message: the call serves other appends too and goes on. */
export const refusalAsBatchError = (stream: string, refusal: Refusal): BatchError => {
  switch (refusal.is) {
    case 'wrong-expected-version':
      return {
        code: status.FAILED_PRECONDITION,
        message: conflictMessage(stream),
        type: 'WrongExpectedVersion',
        detail: wrongExpectedVersionDetail(refusal.conflict),
      };
    case 'stream-deleted':
      return {
        code: status.FAILED_PRECONDITION,
        message: `The stream ${stream} is deleted.`,
        type: 'StreamDeleted',
        detail: streamDeletedDetail(stream),
      };
    case 'too-large':
      return {
        code: status.INVALID_ARGUMENT,
        message: TOO_LARGE,
        type: 'MaximumAppendSizeExceeded',
        detail: maxAppendSizeDetail(MAX_APPEND_SIZE),
      };
    case 'bad-request':
      return {
        code: status.INVALID_ARGUMENT,
        message: refusal.message,
        type: 'BadRequest',
        detail: badRequestDetail(refusal.message),
      };
  }
};

export const asCallError = (error: unknown): CallError => {
  if (error instanceof CallError) return error;
  if (error instanceof MalformedMessage) return badRequest(error.message);
  if (error instanceof NotAccepting) return stopping();
  return new CallError(status.INTERNAL, error instanceof Error ? error.message : String(error));
};

const TOO_LARGE = `An append holds at most ${MAX_APPEND_SIZE} bytes of data and metadata.`;

const conflictMessage = (stream: string): string => `The stream ${stream} is not at the expected revision.`;

/** The protocol's numbers for what is no revision. */
const expectedAsNumber = (expected: Expected): string => {
  if (expected === 'any') return '-2';
  return expected === 'exists' ? '-4' : `${expected}`;
};

/** Trailers are ASCII; stream names need not be. */
const printable = (value: string): string => value.replaceAll(/[^\x20-\x7e]/gu, (char) => encodeURIComponent(char));
