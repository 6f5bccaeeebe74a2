/** Waiting that always ends. */

/** A call that has not answered in time: it may have happened, or happen yet. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

export const inTime = async <T>(answer: Promise<T>, milliseconds: number, what: string): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TimedOut(`${what}: no answer in ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Resolves after the time, or at once when the signal aborts. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });

/**
 * Doubling from `first` to `most`, each a random half to whole of it, so that many who wait do not come back together.
 */
export const backoff = (attempt: number, first: number, most: number): number =>
  Math.min(most, first * 2 ** Math.min(attempt, 20)) * (0.5 + Math.random() / 2);
