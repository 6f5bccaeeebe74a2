import { StoreError } from '@ledger/event-store';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { catchError, throwError, type Observable } from 'rxjs';
import { unavailable } from '../http/problem.js';

/** What the system says of a connection, and PostgreSQL of itself (classes 08, 53 and 57). */
const AWAY_CODE = /^(?:E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN)|ENOTFOUND|08|53|57)/;
/** What the PostgreSQL client says without a code. */
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|connection error|query read timeout/i;

/** A store or a database that cannot be reached passes: the reader is told to ask again. */
@Injectable()
export class Away implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => throwError(() => problemOf(error))));
  }
}

const problemOf = (error: unknown): unknown => {
  if (error instanceof StoreError) return unavailable('store-away', `The event store: ${error.message}`, 2);
  if (isDatabaseAway(error)) return unavailable('database-away', 'The read database cannot be reached.', 2);
  return error;
};

const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code }: { readonly code?: unknown } = Object(error);
  return typeof code === 'string' ? AWAY_CODE.test(code) : AWAY_MESSAGE.test(error.message);
};
