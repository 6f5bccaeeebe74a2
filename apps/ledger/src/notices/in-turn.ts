const LONGEST_MS = 2000;

/**
 * The answer; or `cut-off` where a turn is over and it does not come soon, so that nobody's stop waits for a server that
 * hangs.
 */
export const inTurn = async <T>(answer: Promise<T>, signal: AbortSignal): Promise<T | 'cut-off'> => {
  const late = Promise.withResolvers<'cut-off'>();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    timer = setTimeout(() => late.resolve('cut-off'), LONGEST_MS);
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(timer);
  }
};
