import { ServiceError } from './service-client.js';

/** The exit code of what was done; of what the service did not do, its message on standard error and the code for it. */
export const orSay = async (work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    console.error(error.message);
    return error.exitCode;
  }
};
