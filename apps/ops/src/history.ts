/** An account's events, one a line, and with `--follow` those to come. */
import { setTimeout } from 'node:timers/promises';
import { EXIT, UsageError, type ExitCode } from './failure.js';
import type { components } from './generated/api.js';
import { api, ServiceError } from './service-client.js';
import { factsOf, print, textOf } from './show.js';

export type HistoryOptions = {
  readonly after?: string;
  readonly limit: number;
  readonly all?: boolean;
  readonly newestFirst?: boolean;
  readonly follow?: boolean;
  readonly json: boolean;
};

type HistoryEvent = components['schemas']['HistoryEventDto'];

const LONGEST_PAGE = 200;
const POLL_MS = 1000;

export const history = async (accountId: string, options: HistoryOptions): Promise<ExitCode> => {
  const { follow = false, all = false, limit, newestFirst = false, json } = options;
  if (follow && newestFirst) throw new UsageError('--follow goes on at the end: leave out --newest-first.');
  const end = new AbortController();
  if (follow) process.once('SIGINT', () => end.abort());
  const order = newestFirst ? ({ order: 'newest-first' } as const) : {};
  let after = options.after === undefined ? {} : { after: options.after };
  for (let wanted = all || follow ? Infinity : limit; wanted > 0;) {
    const query = { ...after, ...order, limit: Math.min(wanted, LONGEST_PAGE) };
    const page = await patiently(follow && 'after' in after, end.signal, () => pageOf(accountId, query));
    if (page === null) return EXIT.done;
    for (const event of page.events) await print(json ? JSON.stringify(event) : lineOf(event));
    wanted -= page.events.length;
    const last = page.events.at(-1);
    if (last) after = { after: last.revision };
    if (page.next !== null) continue;
    if (!follow) return EXIT.done;
    await pause(end.signal);
    if (end.signal.aborted) return EXIT.done;
  }
  console.error('There are more events: --all shows them too.');
  return EXIT.done;
};

const pageOf = async (
  id: string,
  query: { readonly after?: string; readonly order?: 'newest-first'; readonly limit: number },
): Promise<components['schemas']['HistoryPageDto'] | null> =>
  (await api().GET('/v1/accounts/{id}/history', { params: { path: { id }, query } })).data ?? null;

/** Asks again while the service is away, when told to; null when there is an end to it. */
const patiently = async <T>(waits: boolean, signal: AbortSignal, work: () => Promise<T>): Promise<T | null> => {
  for (let isKnown = false; !signal.aborted; isKnown = true) {
    try {
      return await work();
    } catch (error) {
      if (!waits || !(error instanceof ServiceError) || error.exitCode !== EXIT.unreachable) throw error;
      if (!isKnown) console.error(`${error.message}\nIt is asked again until it answers.`);
      await pause(signal);
    }
  }
  return null;
};

const pause = (signal: AbortSignal): Promise<void> => setTimeout(POLL_MS, undefined, { signal }).catch(() => undefined);

const lineOf = ({ revision, type, data, metadata }: HistoryEvent): string => {
  const when = textOf(data['effectiveAt']);
  return `${revision.padStart(5)}  ${when}  ${type.padEnd(20)}  ${factsOf(data).join(', ')}  (${textOf(metadata['actor'])})`;
};
