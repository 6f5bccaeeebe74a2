/**
 * What the client's answers and errors mean. Errors come in many coats, so only the few that are named here say
 * "not appended"; whatever else there is, or will be, is unclear.
 */
import {
  AccessDeniedError,
  DeadlineExceededError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  RequiredMetadataPropertyMissingError,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { TimedOut } from './in-time.js';
import { StoreError } from './port.js';
import type { AppendResult } from './port.js';

/** gRPC status codes: of a request that no retry makes better, and of a deadline in the coat of a plain error. */
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return message.slice(0, 500);
};

const isBadRequest = (error: unknown): boolean =>
  error instanceof InvalidArgumentError ||
  error instanceof RequiredMetadataPropertyMissingError ||
  codeOf(error) === INVALID_ARGUMENT;

/** A server that does not answer: two of these in a row, and the client is dropped. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof TimedOut || error instanceof DeadlineExceededError || codeOf(error) === DEADLINE_EXCEEDED;

export const appendFailure = (error: unknown): AppendResult => {
  if (error instanceof WrongExpectedVersionError) {
    const actual = error.actualVersion;
    return { kind: 'wrong-expected', actual: actual === 'no_stream' ? 'no-stream' : actual };
  }
  if (error instanceof StreamDeletedError) return { kind: 'stream-deleted' };
  if (error instanceof MaxAppendSizeExceededError) return { kind: 'too-large' };
  if (error instanceof AccessDeniedError) return { kind: 'access-denied' };
  if (isBadRequest(error)) return { kind: 'bad-request', reason: reasonOf(error) };
  return { kind: 'unclear', reason: reasonOf(error) };
};

export const storeError = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const reason = reasonOf(error);
  if (error instanceof StreamDeletedError) return new StoreError('stream-deleted', reason);
  if (error instanceof AccessDeniedError) return new StoreError('access-denied', reason);
  if (isBadRequest(error)) return new StoreError('bad-request', reason);
  return new StoreError('unavailable', reason);
};
