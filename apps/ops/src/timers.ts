/** `ledger timers`: answers the exit code. */
import { EXIT, type ExitCode } from './failure.js';
import type { components } from './generated/api.js';
import type { Shown } from './help.js';
import { ask } from './service-client.js';
import { print, tableOf } from './show.js';

export type TimerOptions = Shown & {
  readonly dueBefore?: string;
  readonly kind?: string;
  readonly accountId?: string;
  readonly appId?: string;
  readonly limit: number;
};

type Timer = components['schemas']['TimerDto'];
type Page = components['schemas']['TimersPageDto'];

const LONGEST_PAGE = 200;

export const timers = async (options: TimerOptions): Promise<ExitCode> => {
  const { limit, json } = options;
  const found: Timer[] = [];
  let next: string | null = firstPage(options);
  while (next !== null && found.length < limit) {
    const page: Page = (await (await ask('GET', next)).json()) as Page;
    found.push(...page.timers);
    next = page.next;
  }
  const shown = found.slice(0, limit);
  if (json) for (const timer of shown) await print(JSON.stringify(timer));
  else await print(shown.length === 0 ? 'Nothing is due.' : asTable(shown));
  if (!json && (next !== null || found.length > limit))
    await print(`These are the first ${limit}: --limit gives more.`);
  return EXIT.done;
};

const firstPage = ({ dueBefore, kind, accountId, appId, limit }: TimerOptions): string => {
  const query = new URLSearchParams({ limit: String(Math.min(limit, LONGEST_PAGE)) });
  for (const [name, value] of Object.entries({ dueBefore, kind, accountId, appId }))
    if (value !== undefined) query.set(name, value);
  return `/v1/timers?${query.toString()}`;
};

const asTable = (found: readonly Timer[]): string =>
  tableOf(
    ['due', 'what', 'account', 'app', 'armed by', 'will'],
    found.map(({ dueAt, kind, product, period, daysLeft, accountId, appId, armedBy, will }) => {
      const what = [kind, product, period, daysLeft].filter((part) => part !== undefined).join(' ');
      return [dueAt, what, accountId, appId ?? '', `${armedBy.type} at ${armedBy.revision}`, will.summary];
    }),
  );
