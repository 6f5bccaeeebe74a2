/** `ledger projections …`: each answers the exit code. */
import { EXIT, type ExitCode } from './failure.js';
import { ProgressBar } from './progress-bar.js';
import { api, ask, linesOf, ServiceError } from './service-client.js';
import { print, showThing } from './show.js';

type Comparison = {
  readonly table: string;
  readonly served: number;
  readonly rebuilt: number;
  readonly differing: readonly string[];
};

const MOST_NAMED = 20;

export const status = async (json: boolean): Promise<ExitCode> => {
  const { data } = await api().GET('/v1/projections');
  await showThing(data ?? {}, json);
  return EXIT.done;
};

/** Ctrl-C stops the rebuild; the next one goes on. */
export const rebuild = async (): Promise<ExitCode> => {
  const end = new AbortController();
  process.once('SIGINT', () => end.abort());
  const bar = new ProgressBar(process.stderr);
  try {
    for await (const line of linesOf(await ask('POST', '/v1/projections/rebuild', { signal: end.signal }))) {
      if (line.kind === 'progress')
        bar.show({ what: String(line['phase']), done: Number(line['events']), total: Number(line['total']) });
      else {
        bar.end();
        return await rebuilt(line.kind, line['comparisons'] as readonly Comparison[], line['reason']);
      }
    }
  } catch (error) {
    if (!end.signal.aborted) throw error;
  }
  bar.end();
  throw new ServiceError('The rebuild was stopped: start it again, and it goes on.');
};

const rebuilt = async (kind: string, comparisons: readonly Comparison[], reason: unknown): Promise<ExitCode> => {
  if (kind === 'busy') throw new ServiceError('Another rebuild is at work.', EXIT.refused);
  if (kind !== 'switched') throw new ServiceError(`Not rebuilt (${kind}): ${JSON.stringify(reason ?? null)}`);
  for (const { table, served, rebuilt: now, differing } of comparisons) {
    await print(`${table}: ${served} rows before, ${now} now, ${differing.length} differed`);
    for (const key of differing.slice(0, MOST_NAMED)) await print(`  ${key}`);
  }
  await print('The rebuilt tables are served.');
  return comparisons.every(({ differing }) => differing.length === 0) ? EXIT.done : EXIT.refused;
};

/** Takes as long as there are accounts; Ctrl-C ends it. */
export const verify = async (sample: number | undefined): Promise<ExitCode> => {
  const query = sample === undefined ? '' : `?sample=${sample}`;
  const { signal } = new AbortController();
  for await (const line of linesOf(await ask('GET', `/v1/projections/verify${query}`, { signal }))) {
    const { kind, ...about } = line;
    if (kind === 'difference') await print(JSON.stringify(about));
    if (kind === 'failed') throw new ServiceError(String(line['reason']));
    if (kind !== 'verified') continue;
    await print(`${String(line['accounts'])} accounts verified, ${String(line['differences'])} differences`);
    return line['differences'] === 0 ? EXIT.done : EXIT.refused;
  }
  throw new ServiceError('The service stopped before all were verified.');
};

export const retry = async (accountId: string, json: boolean): Promise<ExitCode> => {
  const { data } = await api().POST('/v1/projections/retry/{accountId}', { params: { path: { accountId } } });
  await showThing(data ?? {}, json);
  return data?.outcome === 'still-quarantined' ? EXIT.refused : EXIT.done;
};
