import type { Batch, EventStore, SubscribeOptions } from '@ledger/event-store';
import type { ServiceMetrics } from '../metrics/service-metrics.js';
import { spanOf, traced } from './tracing.js';

/** The store, with its appends counted, timed and traced. */
export const observedStore = (store: EventStore, metrics: ServiceMetrics): EventStore => ({
  append: (stream, events, expected) =>
    traced('append', { 'ledger.stream': stream, 'ledger.events': events.length }, async (span) => {
      const begun = performance.now();
      const result = await store.append(stream, events, expected);
      metrics.append(result.kind, secondsSince(begun));
      span.setAttribute('ledger.outcome', result.kind);
      return result;
    }),
  ...others(store),
  subscribe: (options) => store.subscribe(options),
});

/** The store as the projector sees it: the batches that it takes are counted, timed and traced. */
export const projectedStore = (store: EventStore, metrics: ServiceMetrics): EventStore => ({
  ...others(store),
  append: (stream, events, expected) => store.append(stream, events, expected),
  subscribe: (options) => observedBatches(store, options, metrics),
});

const others = (store: EventStore): Pick<EventStore, 'read' | 'head' | 'deleteStream' | 'close'> => ({
  read: (stream, options) => store.read(stream, options),
  head: () => store.head(),
  deleteStream: (stream) => store.deleteStream(stream),
  close: () => store.close(),
});

/** Whoever takes a batch asks for the next one when it is through with it. */
async function* observedBatches(
  store: EventStore,
  options: SubscribeOptions,
  metrics: ServiceMetrics,
): AsyncGenerator<Batch, void, undefined> {
  for await (const batch of store.subscribe(options)) {
    const { length } = batch.events;
    const span = length === 0 ? null : spanOf('projection batch', { 'ledger.events': length });
    const begun = performance.now();
    try {
      yield batch;
      if (length > 0) metrics.projected(length, secondsSince(begun));
    } finally {
      span?.end();
    }
  }
}

export const secondsSince = (begun: number): number => (performance.now() - begun) / 1000;
