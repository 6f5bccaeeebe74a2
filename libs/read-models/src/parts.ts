import type { Batch } from '@ledger/event-store';
import type { Part } from './write-batch.js';

/** A batch in parts that the database takes at once; each moves the checkpoint to its last event, the last one to the end. */
export const partsOf = ({ events, position, caughtUp }: Batch, most: number): readonly Part[] => {
  const parts: Part[] = [];
  for (let from = 0; from + most < events.length; from += most) {
    const part = events.slice(from, from + most);
    parts.push({ events: part, position: part.at(-1)?.position ?? position, caughtUp: false });
  }
  return [...parts, { events: events.slice(parts.length * most), position, caughtUp }];
};
