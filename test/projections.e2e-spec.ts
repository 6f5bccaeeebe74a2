/** The read side under faults, on both databases; at full size in `npm run faults`. */
import { setTimeout } from 'node:timers/promises';
import { EventStoreAdapter } from '@ledger/event-store';
import { DATABASES } from '../libs/read-models/src/testing/databases.js';
import { copyTemplate, template } from '../libs/read-models/src/testing/history.js';
import type { Api } from './support/api.js';
import { isFull, report, SIZE } from './support/faults.js';
import { rebuildOf, tablesThatDiffered, verifyOf } from './support/projections.js';
import { temporaryFolder, until } from './support/service.js';
import { databaseUrlOf, ready, startListening, startStoreAlone, type Serving } from './support/serving.js';

const databases = new AsyncDisposableStack();
afterAll(() => databases.disposeAsync());

/** A store in a process of its own, with so many events. */
const filledStore = async (events: number): Promise<{ readonly url: string; readonly accounts: readonly string[] }> => {
  const url = await startStoreAlone();
  const adapter = new EventStoreAdapter({ connectionString: url });
  const accounts = await copyTemplate(adapter, await template(), 'copy-', events);
  await adapter.close();
  return { url, accounts };
};

/** Once it listens. */
const startProcess = (store: string, databaseUrl: string, dataDir: string): Promise<Serving> =>
  startListening(dataDir, { EVENTSTORE_URL: store, DATABASE_URL: databaseUrl }, ['--roles', 'api,projector']);

const stateOf = async (api: Api): Promise<unknown> => (await api.get('/v1/projections')).body['projector'];

const summaryOf = (waits: readonly number[]): string => {
  const at = (share: number): string => (waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(0);
  return `${waits.length} (p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms)`;
};

/** How long each request took, in milliseconds, the shortest first. */
type Waits = { readonly reads: readonly number[]; readonly commands: readonly number[] };

/** Reads and commands to one account after the other, none of which may fail, for as long as something is done. */
const requestsBeside = (
  api: Api,
  accounts: readonly string[],
): (<T>(something: () => Promise<T>) => Promise<Waits & { readonly did: T }>) => {
  const inTurn = function* (): Generator<string, never> {
    for (let i = 0; ; i = (i + 7) % accounts.length) yield accounts[i] ?? '';
  };
  const [read, sent] = [inTurn(), inTurn()];
  return async (something) => {
    let isOver = false;
    const asking = async (ask: () => Promise<{ readonly status: number }>): Promise<readonly number[]> => {
      const waits: number[] = [];
      while (!isOver) {
        const begun = performance.now();
        expect([200, 201]).toContain((await ask()).status);
        waits.push(performance.now() - begun);
        await setTimeout(5);
      }
      return waits.toSorted((a, b) => a - b);
    };
    const reading = asking(() => api.get(`/v1/accounts/${read.next().value}`));
    // The first command to an account makes two years happen there.
    const sending = asking(() => api.send('TopUp', { accountId: sent.next().value, amount: '1.00' }));
    const did = await something().finally(() => {
      isOver = true;
    });
    const [reads, commands] = await Promise.all([reading, sending]);
    return { did, reads, commands };
  };
};

describe.each(DATABASES)('on %s', (kind) => {
  it(
    'a rebuild goes on beside reads and commands: none fails, none waits long, and the rows are the same',
    async () => {
      const store = await filledStore(SIZE.events);
      const databaseUrl = await databaseUrlOf(kind, databases);
      const service = await startProcess(store.url, databaseUrl, await temporaryFolder());
      await ready(service);
      const beside = requestsBeside(service, store.accounts);
      const before = await beside(() => setTimeout(isFull ? 60_000 : 500));
      const begun = performance.now();
      const { did: rebuilt, reads, commands } = await beside(() => rebuildOf(service.url, service.token));
      expect(rebuilt).toMatchObject({ kind: 'switched', version: 2 });
      expect(tablesThatDiffered(rebuilt)).toEqual([]);
      report(
        `${kind}: ${SIZE.events} events rebuilt in ${((performance.now() - begun) / 1000).toFixed(0)} s; meanwhile ` +
          `${summaryOf(reads)} reads and ${summaryOf(commands)} commands; in a minute before it ` +
          `${summaryOf(before.reads)} reads and ${summaryOf(before.commands)} commands`,
      );
      expect(reads.at(-1)).toBeLessThan(5000);
      expect(commands.at(-1)).toBeLessThan(5000);
      await until(async () => (await stateOf(service)) === 'live');
      expect(await verifyOf(service.url, service.token)).toEqual([
        { kind: 'verified', accounts: store.accounts.length, differences: 0 },
      ]);
    },
    SIZE.limitMs,
  );

  it(
    'killed again and again while it projects and rebuilds, the rows are those of a fresh fold',
    async () => {
      const store = await filledStore(SIZE.eventsUnderKills);
      const [databaseUrl, dataDir] = [await databaseUrlOf(kind, databases), await temporaryFolder()];
      for (let kill = 0; kill < SIZE.kills; kill++) {
        const service = await startProcess(store.url, databaseUrl, dataDir);
        const rebuilding = kill % 2 === 1 ? rebuildOf(service.url, service.token).catch(() => undefined) : undefined;
        await setTimeout(Math.random() * 800);
        await service.running.end('SIGKILL');
        await rebuilding;
      }
      const service = await startProcess(store.url, databaseUrl, dataDir);
      await ready(service);
      const verified = [{ kind: 'verified', accounts: store.accounts.length, differences: 0 }];
      expect(await verifyOf(service.url, service.token)).toEqual(verified);
      const rebuilt = await rebuildOf(service.url, service.token);
      expect(rebuilt).toMatchObject({ kind: 'switched' });
      expect(tablesThatDiffered(rebuilt)).toEqual([]);
      expect(await verifyOf(service.url, service.token)).toEqual(verified);
    },
    SIZE.limitMs,
  );
});

describe('two services on one store and one PostgreSQL', () => {
  it(
    'one projects and either serves; when that one is killed or frozen, the other goes on',
    async () => {
      const store = await filledStore(1000);
      const databaseUrl = await databaseUrlOf('PostgreSQL', databases);
      const one = await startProcess(store.url, databaseUrl, await temporaryFolder());
      await until(async () => (await stateOf(one)) === 'live');
      const other = await startProcess(store.url, databaseUrl, await temporaryFolder());
      await ready(other);
      expect(await stateOf(other)).toBe('standby');
      const [accountId = ''] = store.accounts;
      const topUpReadBy = async (api: Api): Promise<number> => {
        const { body } = await api.send('TopUp', { accountId, amount: '1.00' });
        const read = `/v1/accounts/${accountId}?minPosition=${encodeURIComponent(String(body['position']))}`;
        return (await api.get(read)).status;
      };
      expect(await topUpReadBy(other)).toBe(200);
      one.running.process.kill('SIGSTOP');
      const begun = performance.now();
      await until(async () => (await stateOf(other)) === 'live');
      report(`taken over ${((performance.now() - begun) / 1000).toFixed(1)} s after the freeze`);
      expect(performance.now() - begun).toBeLessThan(30_000);
      expect(await topUpReadBy(other)).toBe(200);
      one.running.process.kill('SIGCONT');
      await until(async () => (await stateOf(one)) === 'standby');
      expect(await topUpReadBy(one)).toBe(200);
      await other.running.end('SIGKILL');
      await until(async () => (await stateOf(one)) === 'live');
      expect(await topUpReadBy(one)).toBe(200);
      expect((await verifyOf(one.url, one.token)).at(-1)).toMatchObject({ kind: 'verified', differences: 0 });
    },
    SIZE.limitMs,
  );
});
