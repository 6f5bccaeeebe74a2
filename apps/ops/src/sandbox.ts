/** `ops sandbox clock`: the exit code is 0; 1 where it is refused, or accounts could not be advanced; 3 when more is due than was waited for. */
import { orSay } from './or-say.js';
import { ask } from './service-client.js';

export const setClock = (to: string): Promise<number> =>
  orSay(async () => {
    const answer = await ask('POST', '/v1/sandbox/clock', { body: { to } });
    const { now, setAside } = (await answer.json()) as { readonly now: string; readonly setAside: number };
    console.log(`It is ${now}; all that was due by ${to} has happened.`);
    if (setAside > 0) console.log(`But ${setAside} accounts are set aside: "ops clock stuck" says why.`);
    return setAside === 0 ? 0 : 1;
  });
