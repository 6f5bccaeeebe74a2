import { ServiceError } from './service-client.js';

/** Exit code 3 where the service, or the way to it, is what failed; the message is for the operator. */
const UNREACHABLE = 3;

/** What a verb answers as its exit code, and what it says when the service does not answer as it should. */
export const answered = async (work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    console.error(error.message);
    const { exitCode = UNREACHABLE }: { readonly exitCode?: number } = Object(error);
    return exitCode;
  }
};

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
