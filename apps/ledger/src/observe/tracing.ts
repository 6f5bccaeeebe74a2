/**
 * Spans for whoever attaches an OpenTelemetry SDK; without one each of these is a call that does nothing. docs/operations.md
 * says how.
 */
import { SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

const NAME = 'subscription-ledger';

/** Runs `work` in a span, which ends with it; an error is in the span and goes on. */
export const traced = <T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> =>
  trace.getTracer(NAME).startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });

/** A span for what begins and ends in different places; `end` must be called once. */
export const spanOf = (name: string, attributes: Attributes): { readonly end: () => void } => {
  const span = trace.getTracer(NAME).startSpan(name, { attributes });
  return { end: () => span.end() };
};

/** The name of the error only: its message may quote what was sent. */
const failed = (span: Span, error: unknown): void => {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
};
