import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header that names a request over all that it causes, in both directions. */
export const CORRELATION_HEADER = 'X-Correlation-Id';

/** No character that an address of a person needs: the id goes into events, where it stays. */
const ID = /^[A-Za-z0-9_.:-]{1,100}$/;

/** W3C Trace Context: version, trace, parent, flags; a trace of zeros is none. */
const TRACE = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** What the caller calls it, or else the trace that it belongs to, or else a new id. */
export const correlationIdOf = (headers: IncomingHttpHeaders): string => {
  const { 'x-correlation-id': given, traceparent } = headers;
  if (typeof given === 'string' && ID.test(given)) return given;
  const [, trace] = TRACE.exec(String(traceparent)) ?? [];
  return trace ?? randomUUID();
};
