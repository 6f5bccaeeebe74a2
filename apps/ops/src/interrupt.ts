/** What is asked for as long as it takes; Ctrl-C ends it. */
export const untilInterrupted = (): AbortSignal => {
  const end = new AbortController();
  process.once('SIGINT', () => {
    end.abort();
    console.error('Stopped.');
    process.exit(130);
  });
  return end.signal;
};
