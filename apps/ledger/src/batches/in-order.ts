/** In order within an account, side by side over accounts, and never more than so many at once. */
import { setImmediate } from 'node:timers/promises';

/** So many items between two looks at what else there is to do: reading a line takes some 10 µs. */
const ITEMS_AT_ONCE = 200;

/** The items by what they must keep their order in, in the order of their first ones; null for what waits for nothing. */
export const lanesOf = async <T>(
  items: readonly T[],
  laneOf: (item: T) => string | null,
): Promise<readonly (readonly T[])[]> => {
  const lanes = new Map<string, T[]>();
  const alone: T[][] = [];
  for (const [index, item] of items.entries()) {
    const name = laneOf(item);
    const lane = name === null ? undefined : lanes.get(name);
    if (name === null) alone.push([item]);
    else if (lane) lane.push(item);
    else lanes.set(name, [item]);
    if (index % ITEMS_AT_ONCE === ITEMS_AT_ONCE - 1) await setImmediate();
  }
  return [...alone, ...lanes.values()];
};

/**
 * Goes through the lanes, `most` of them at a time. An error ends all of them: what is being done is finished, and the first
 * error is thrown when nothing is at work any more.
 */
export const throughLanes = async <T>(
  lanes: readonly (readonly T[])[],
  most: number,
  signal: AbortSignal,
  work: (lane: readonly T[], signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const waiting = lanes.values();
  const worker = async (): Promise<void> => {
    for (const lane of waiting) {
      if (either.aborted) return;
      await work(lane, either);
    }
  };
  const errors: unknown[] = [];
  const workers = Array.from({ length: Math.min(most, lanes.length) }, () =>
    worker().catch((error: unknown) => {
      errors.push(error);
      failed.abort();
    }),
  );
  await Promise.all(workers);
  if (errors.length > 0) throw errors[0];
};
