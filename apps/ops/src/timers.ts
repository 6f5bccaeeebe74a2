/** `ops timers`: the exit code is 0; 2 when asked wrongly, 3 without an answer. */
import Table from 'cli-table3';
import { orSay } from './or-say.js';
import { ask } from './service-client.js';

export type TimerOptions = {
  readonly dueBefore?: string;
  readonly kind?: string;
  readonly account?: string;
  readonly app?: string;
  readonly most: string;
  readonly json?: true;
};

type Timer = {
  readonly kind: string;
  readonly accountId: string;
  readonly appId: string | null;
  readonly dueAt: string;
  readonly product?: string;
  readonly period?: string;
  readonly daysLeft?: number;
  readonly armedBy: { readonly revision: string; readonly type: string };
  readonly will: { readonly summary: string };
};

type Page = { readonly timers: readonly Timer[]; readonly next: string | null };

const LONGEST_PAGE = 200;

export const timers = (options: TimerOptions): Promise<number> =>
  orSay(async () => {
    const most = Number(options.most);
    if (!Number.isInteger(most) || most < 1) {
      console.error(`--most is "${options.most}": give a whole number from 1 on.`);
      return 2;
    }
    const found: Timer[] = [];
    let next: string | null = firstPage(options, most);
    while (next !== null && found.length < most) {
      const page: Page = (await (await ask('GET', next)).json()) as Page;
      found.push(...page.timers);
      next = page.next;
    }
    const shown = found.slice(0, most);
    if (options.json) for (const timer of shown) console.log(JSON.stringify(timer));
    else console.log(shown.length === 0 ? 'Nothing is due.' : tableOf(shown));
    if (!options.json && (next !== null || found.length > most))
      console.log(`These are the first ${most}: --most gives more.`);
    return 0;
  });

const firstPage = ({ dueBefore, kind, account, app }: TimerOptions, most: number): string => {
  const query = new URLSearchParams({ limit: String(Math.min(most, LONGEST_PAGE)) });
  for (const [name, value] of Object.entries({ dueBefore, kind, accountId: account, appId: app }))
    if (value !== undefined) query.set(name, value);
  return `/v1/timers?${query.toString()}`;
};

const tableOf = (found: readonly Timer[]): string => {
  const head = ['due', 'what', 'account', 'app', 'armed by', 'will'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { dueAt, kind, product, period, daysLeft, accountId, appId, armedBy, will } of found) {
    const what = [kind, product, period, daysLeft].filter((part) => part !== undefined).join(' ');
    table.push([dueAt, what, accountId, appId ?? '', `${armedBy.type} at ${armedBy.revision}`, will.summary]);
  }
  return table.toString();
};
