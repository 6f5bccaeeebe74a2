/** `ledger sandbox clock`: answers the exit code. */
import { EXIT, type ExitCode } from './failure.js';
import type { Shown } from './help.js';
import { ask } from './service-client.js';
import { print } from './show.js';

/** Exit code 1 where it is refused, or accounts could not be advanced; 3 when more is due than was waited for. */
export const setClock = async (to: string, { json }: Shown): Promise<ExitCode> => {
  const answer = await ask('POST', '/v1/sandbox/clock', { body: { to } });
  const set = (await answer.json()) as { readonly now: string; readonly setAside: number };
  if (json) await print(JSON.stringify(set));
  else await print(`It is ${set.now}; all that was due by ${to} has happened.`);
  if (!json && set.setAside > 0)
    await print(`But ${set.setAside} accounts are set aside: "ledger clock stuck" says why.`);
  return set.setAside === 0 ? EXIT.done : EXIT.refused;
};
