/** `ops projections …`: each answers the exit code. 0: done; 1: done, and something is wrong; 2: not done. */
import { ProgressBar } from './progress-bar.js';
import { ask, linesOf, ServiceError } from './service-client.js';

type Comparison = {
  readonly table: string;
  readonly served: number;
  readonly rebuilt: number;
  readonly differing: readonly string[];
};

const MOST_NAMED = 20;

const orSay = async (work: () => Promise<number>): Promise<number> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    console.error(error.message);
    return 2;
  }
};

export const status = (): Promise<number> =>
  orSay(async () => {
    console.log(JSON.stringify(await (await ask('GET', '/v1/projections')).json(), null, 2));
    return 0;
  });

/** Ctrl-C stops the rebuild; the next one goes on. */
export const rebuild = (): Promise<number> =>
  orSay(async () => {
    const end = new AbortController();
    process.once('SIGINT', () => end.abort());
    const bar = new ProgressBar(process.stderr);
    try {
      for await (const line of linesOf(await ask('POST', '/v1/projections/rebuild', { signal: end.signal }))) {
        if (line.kind === 'progress')
          bar.show({ what: String(line['phase']), done: Number(line['events']), total: Number(line['total']) });
        else {
          bar.end();
          return rebuilt(line.kind, line['comparisons'] as readonly Comparison[], line['reason']);
        }
      }
    } catch (error) {
      if (!end.signal.aborted) throw error;
    }
    bar.end();
    console.error('The rebuild was stopped: start it again, and it goes on.');
    return 2;
  });

const rebuilt = (kind: string, comparisons: readonly Comparison[], reason: unknown): number => {
  if (kind !== 'switched') {
    console.error(
      kind === 'busy' ? 'Another rebuild is at work.' : `Not rebuilt (${kind}): ${JSON.stringify(reason ?? null)}`,
    );
    return 2;
  }
  for (const { table, served, rebuilt: now, differing } of comparisons) {
    console.log(`${table}: ${served} rows before, ${now} now, ${differing.length} differed`);
    for (const key of differing.slice(0, MOST_NAMED)) console.log(`  ${key}`);
  }
  console.log('The rebuilt tables are served.');
  return comparisons.every(({ differing }) => differing.length === 0) ? 0 : 1;
};

export const verify = (sample: string | undefined): Promise<number> =>
  orSay(async () => {
    const query = sample === undefined ? '' : `?sample=${encodeURIComponent(sample)}`;
    for await (const line of linesOf(await ask('GET', `/v1/projections/verify${query}`))) {
      const { kind, ...about } = line;
      if (kind === 'difference') console.log(JSON.stringify(about));
      if (kind === 'failed') throw new ServiceError(String(line['reason']));
      if (kind !== 'verified') continue;
      console.log(`${String(line['accounts'])} accounts verified, ${String(line['differences'])} differences`);
      return line['differences'] === 0 ? 0 : 1;
    }
    throw new ServiceError('The service stopped before all were verified.');
  });

export const retry = (accountId: string): Promise<number> =>
  orSay(async () => {
    const answer = await ask('POST', `/v1/projections/retry/${encodeURIComponent(accountId)}`);
    const { outcome } = (await answer.json()) as { readonly outcome: string };
    console.log(outcome);
    return outcome === 'still-quarantined' ? 1 : 0;
  });
