import type { EventStore } from '@ledger/event-store';
import { lagOf, type Projector } from '@ledger/read-models';
import { Gauge, type Registry } from 'prom-client';

type Sources = { readonly projector: Projector; readonly store: EventStore; readonly now: () => number };

/** How far the rows are behind the store, asked when somebody looks. */
export const measureLag = (registry: Registry, { projector, store, now }: Sources): void => {
  const registers = [registry];
  const seconds = new Gauge({
    name: 'ledger_projection_lag_seconds',
    help: 'The age of the newest event in the rows while there are newer ones; 0 when there are none.',
    registers,
  });
  const events = new Gauge({
    name: 'ledger_projection_lag_events',
    help: 'Events that are not in the rows yet, estimated; absent when the store does not say where it ends.',
    registers,
    collect: async () => {
      const lag = await lagOf(projector, store, now());
      for (const [gauge, value] of [
        [events, lag.events],
        [seconds, lag.seconds],
      ] as const)
        if (value === null) gauge.remove();
        else gauge.set(value);
    },
  });
  const state = new Gauge({
    name: 'ledger_projector_state',
    help: '1 for the state that the projector of this process is in.',
    labelNames: ['state'],
    registers,
    collect: () => {
      state.reset();
      state.set({ state: projector.status.state }, 1);
    },
  });
};
