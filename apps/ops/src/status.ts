import { EXIT, type ExitCode } from './failure.js';
import type { components } from './generated/api.js';
import { ask, ProblemAnswer, serviceUrl } from './service-client.js';
import { showThing } from './show.js';

/** What the service tells anybody of itself, without a token. */
export const status = async (json: boolean): Promise<ExitCode> => {
  const health = (await (await ask('GET', '/healthz', { withoutToken: true })).json()) as Health;
  const reason = await whyNotReady();
  await showThing(
    { url: serviceUrl(), ...health, ready: reason === null, ...(reason === null ? {} : { reason }) },
    json,
  );
  return health.status === 'ok' && reason === null ? EXIT.done : EXIT.refused;
};

type Health = components['schemas']['HealthDto'];

/** Null when it is ready. */
const whyNotReady = async (): Promise<string | null> => {
  try {
    await ask('GET', '/readyz', { withoutToken: true });
    return null;
  } catch (error) {
    if (error instanceof ProblemAnswer && error.problem.status === 503)
      return error.problem.detail ?? error.problem.title;
    throw error;
  }
};
