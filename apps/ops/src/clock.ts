/** `ledger clock …`: each answers the exit code. */
import { setTimeout } from 'node:timers/promises';
import { EXIT, type ExitCode } from './failure.js';
import type { components } from './generated/api.js';
import type { Shown } from './help.js';
import { ProgressBar } from './progress-bar.js';
import { ask } from './service-client.js';
import { print, tableOf } from './show.js';

type Month = components['schemas']['MonthEndDto'];
type Progress = components['schemas']['ClockProgressDto'];

const LOOK_MS = 1000;

const look = async (): Promise<Progress> => (await (await ask('GET', '/v1/clock/progress')).json()) as Progress;

export const progress = async ({ watch, json }: Shown & { readonly watch?: true }): Promise<ExitCode> => {
  let now = await look();
  const bar = new ProgressBar(process.stderr);
  while (watch && now.secondsLeft !== 0) {
    const done = sum(now.months, 'done');
    bar.show({ what: 'settling', unit: 'bills', done, total: done + sum(now.months, 'pending') });
    await setTimeout(LOOK_MS);
    now = await look();
  }
  bar.end();
  await print(json ? JSON.stringify(now) : inWords(now));
  return now.setAside === 0 ? EXIT.done : EXIT.refused;
};

const sum = (months: readonly Month[], field: 'done' | 'pending'): number =>
  months.reduce((total, month) => total + month[field], 0);

const inWords = ({ months, daysPending, promptAccounts, setAside, billsPerSecond, secondsLeft }: Progress): string => {
  const rows = months.map(({ period, dueAt, done, pending }) => [period, dueAt, String(done), String(pending)]);
  const rate = billsPerSecond === null ? 'rate unknown yet' : `${billsPerSecond}/s`;
  const left = secondsLeft === null ? 'time left unknown' : `${secondsLeft} s left`;
  return [
    tableOf(['month', 'due', 'done', 'pending'], rows),
    `${rate}, ${left}`,
    `${daysPending} days of push to settle; ${promptAccounts} accounts with something else due; ${setAside} set aside`,
  ].join('\n');
};

type StuckPage = components['schemas']['StuckDto'];

export const stuck = async ({ json }: Shown): Promise<ExitCode> => {
  const found: components['schemas']['SetAsideDto'][] = [];
  for (let path: string | null = '/v1/clock/stuck'; path !== null;) {
    const page: StuckPage = (await (await ask('GET', path)).json()) as StuckPage;
    found.push(...page.stuck);
    path = page.next;
  }
  const rows = found.map(({ accountId, since, tries, reason }) => [accountId, since, String(tries), reason]);
  if (json) for (const one of found) await print(JSON.stringify(one));
  else
    await print(
      found.length === 0 ? 'No account is set aside.' : tableOf(['account', 'since', 'tries', 'reason'], rows),
    );
  return found.length === 0 ? EXIT.done : EXIT.refused;
};

export const retry = async (accountId: string, { json }: Shown): Promise<ExitCode> => {
  const answer = await ask('POST', `/v1/clock/retry/${encodeURIComponent(accountId)}`);
  const { outcome } = (await answer.json()) as { readonly outcome: string };
  await print(json ? JSON.stringify({ outcome }) : outcome);
  return outcome === 'retried' ? EXIT.done : EXIT.refused;
};
