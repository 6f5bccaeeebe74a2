/** `ops clock …`: each answers the exit code. 0: done; 1: something is found wrong; 2: asked wrongly; 3: no answer. */
import { setTimeout } from 'node:timers/promises';
import Table from 'cli-table3';
import { orSay } from './or-say.js';
import { ProgressBar } from './progress-bar.js';
import { ask } from './service-client.js';

type Month = { readonly period: string; readonly dueAt: string; readonly done: number; readonly pending: number };

type Progress = {
  readonly months: readonly Month[];
  readonly daysPending: number;
  readonly promptAccounts: number;
  readonly setAside: number;
  readonly billsPerSecond: number | null;
  readonly secondsLeft: number | null;
};

const LOOK_MS = 1000;

const look = async (): Promise<Progress> => (await (await ask('GET', '/v1/clock/progress')).json()) as Progress;

export const progress = ({ watch, json }: { readonly watch?: true; readonly json?: true }): Promise<number> =>
  orSay(async () => {
    let now = await look();
    const bar = new ProgressBar(process.stderr);
    while (watch && now.secondsLeft !== 0) {
      const done = sum(now.months, 'done');
      bar.show({ what: 'settling', unit: 'bills', done, total: done + sum(now.months, 'pending') });
      await setTimeout(LOOK_MS);
      now = await look();
    }
    bar.end();
    console.log(json ? JSON.stringify(now) : inWords(now));
    return now.setAside === 0 ? 0 : 1;
  });

const sum = (months: readonly Month[], field: 'done' | 'pending'): number =>
  months.reduce((total, month) => total + month[field], 0);

const inWords = ({ months, daysPending, promptAccounts, setAside, billsPerSecond, secondsLeft }: Progress): string => {
  const table = new Table({ head: ['month', 'due', 'done', 'pending'], style: { head: [], border: [] } });
  for (const { period, dueAt, done, pending } of months) table.push([period, dueAt, done, pending]);
  const rate = billsPerSecond === null ? 'rate unknown yet' : `${billsPerSecond}/s`;
  const left = secondsLeft === null ? 'time left unknown' : `${secondsLeft} s left`;
  return [
    table.toString(),
    `${rate}, ${left}`,
    `${daysPending} days of push to settle; ${promptAccounts} accounts with something else due; ${setAside} set aside`,
  ].join('\n');
};

type Stuck = { readonly accountId: string; readonly reason: string; readonly since: string; readonly tries: number };
type StuckPage = { readonly stuck: readonly Stuck[]; readonly next: string | null };

export const stuck = (json: boolean): Promise<number> =>
  orSay(async () => {
    const table = new Table({ head: ['account', 'since', 'tries', 'reason'], style: { head: [], border: [] } });
    let found = 0;
    for (let path: string | null = '/v1/clock/stuck'; path !== null;) {
      const page: StuckPage = (await (await ask('GET', path)).json()) as StuckPage;
      for (const one of page.stuck) {
        found += 1;
        if (json) console.log(JSON.stringify(one));
        else table.push([one.accountId, one.since, one.tries, one.reason]);
      }
      path = page.next;
    }
    if (!json) console.log(found === 0 ? 'No account is set aside.' : table.toString());
    return found === 0 ? 0 : 1;
  });

export const retry = (accountId: string): Promise<number> =>
  orSay(async () => {
    const answer = await ask('POST', `/v1/clock/retry/${encodeURIComponent(accountId)}`);
    const { outcome } = (await answer.json()) as { readonly outcome: string };
    console.log(outcome);
    return outcome === 'retried' ? 0 : 1;
  });
