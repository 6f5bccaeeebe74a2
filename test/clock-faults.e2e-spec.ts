/** The clock under load and faults; at full size in `npm run faults`. The services run by the machine's own clock. */
import { addMonths, instant, localMonth, monthSettledAt, type Instant } from '@ledger/domain';
import { DATABASES } from '../libs/read-models/src/testing/databases.js';
import type { Api, Json } from './support/api.js';
import { billed, happened, reclaimedWithinAMinute, secondsOf } from './support/deadlines.js';
import { isFull, report, SIZE } from './support/faults.js';
import { verifyOf } from './support/projections.js';
import { temporaryFolder, until } from './support/service.js';
import { databaseUrlOf, startListening, startStoreAlone, type Serving } from './support/serving.js';

const databases = new AsyncDisposableStack();
afterAll(() => databases.disposeAsync());

const APPS = SIZE.dueAccounts * 4;
/** Of a month's end. */
const ACCOUNTS_MEANWHILE = SIZE.dueAccounts / 50;
/** A look counts rows, of which there are many at full size. */
const LOOK_MS = isFull ? 1000 : 50;
const FIRED = 'ledger_clock_fired_total';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

type Place = { readonly store: string; readonly databaseUrl: string; readonly dataDir: string };

const start = ({ store, databaseUrl, dataDir }: Place, roles?: string): Promise<Serving> => {
  const env = { EVENTSTORE_URL: store, DATABASE_URL: databaseUrl };
  return startListening(dataDir, env, roles === undefined ? [] : ['--roles', roles]);
};

const nowInSeconds = (): Instant => Math.floor(Date.now() / 1000);

/** What a scrape says of a metric, over all its labels. */
const metric = async (api: Api, name: string): Promise<number> => {
  const { body } = await api.raw('/metrics');
  const lines = String(body['text']).split('\n');
  const values = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
};

/** Whether the rows are complete and nothing is due in them. */
const nothingIsDue = async (api: Api): Promise<boolean> =>
  (await api.raw('/readyz')).status === 200 && (await metric(api, 'ledger_timers_due')) === 0;

const expectReclaimedOnce = async (store: string, from: Instant): Promise<void> => {
  const { perSubject, effectiveAt } = await happened(store, 'ResourcesReclaimed');
  expect(perSubject.size).toBe(APPS);
  expect([...perSubject.values()].every((count) => count === 1)).toBe(true);
  expect([...effectiveAt].toSorted()).toEqual(secondsOf(from));
};

/** The rows that came of it are those of a fresh fold, and no account was given up. */
const expectSound = async (api: Serving, accounts: number): Promise<void> => {
  expect((await api.get('/v1/clock/stuck')).body['stuck']).toEqual([]);
  expect(await verifyOf(api.url, api.token)).toEqual([{ kind: 'verified', accounts, differences: 0 }]);
};

describe.each(DATABASES)('deadlines that fall in one minute, on %s', (kind) => {
  it(
    'all happen, each once, dated by itself, while the service is killed again and again',
    async () => {
      const store = await startStoreAlone();
      const from = nowInSeconds() - 3 * SIZE.secondsApart; // half of them late
      await reclaimedWithinAMinute(store, SIZE.dueAccounts, from);
      const place = { store, databaseUrl: await databaseUrlOf(kind, databases), dataDir: await temporaryFolder() };
      const begun = performance.now();
      let cutShort = 0;
      for (let kill = 0; kill < 5; kill++) {
        const service = await start(place);
        // In the middle: after some of it happened here, before all did.
        const isEnough = async (): Promise<boolean> => (await metric(service, FIRED)) >= APPS / 8;
        await until(async () => (await isEnough()) || (await nothingIsDue(service)), LOOK_MS);
        await service.running.end('SIGKILL');
        if ((await happened(store, 'ResourcesReclaimed')).perSubject.size < APPS) cutShort += 1;
      }
      expect(cutShort).toBeGreaterThan(0);
      const service = await start(place);
      await until(() => nothingIsDue(service), LOOK_MS);
      report(
        `${kind}: ${APPS} apps in ${SIZE.dueAccounts} accounts, 5 kills (${cutShort} in the middle): ` +
          `${((performance.now() - begun) / 1000).toFixed(0)} s`,
      );
      await expectReclaimedOnce(store, from);
      await expectSound(service, SIZE.dueAccounts);
    },
    SIZE.limitMs,
  );
});

it(
  'two clocks on one store and one PostgreSQL share the work, each deadline happening once and in time',
  async () => {
    const store = await startStoreAlone();
    const databaseUrl = await databaseUrlOf('PostgreSQL', databases);
    const from = nowInSeconds() + 10; // to come while the clocks run
    await reclaimedWithinAMinute(store, SIZE.dueAccounts, from);
    const place = async (): Promise<Place> => ({ store, databaseUrl, dataDir: await temporaryFolder() });
    const api = await start(await place(), 'api,projector');
    const clocks = await Promise.all([start(await place(), 'clock'), start(await place(), 'clock')]);
    for (const clock of clocks) expect((await clock.raw('/v1/timers')).status).toBe(404);
    const fired = (): Promise<readonly number[]> => Promise.all(clocks.map((clock) => metric(clock, FIRED)));
    await until(async () => sum(await fired()) >= APPS, LOOK_MS);
    await until(() => nothingIsDue(api), LOOK_MS);
    await expectReclaimedOnce(store, from);
    const shares = await fired();
    expect(sum(shares)).toBe(APPS);
    for (const share of shares) expect(share).toBeGreaterThan(0);
    report(`two clocks: ${shares.join(' and ')} of ${APPS} deadlines`);
    await expectSound(api, SIZE.dueAccounts);
  },
  SIZE.limitMs,
);

it.each(DATABASES)(
  'a month’s end with a kill in the middle, on %s: one bill each, and deadlines that fall meanwhile happen too',
  async (kind) => {
    const store = await startStoreAlone();
    const due = lastMonthEnd();
    await billed(store, SIZE.bills, due);
    const place = { store, databaseUrl: await databaseUrlOf(kind, databases), dataDir: await temporaryFolder() };
    const begun = performance.now();
    const first = await start(place);
    const progress = async (api: Api): Promise<Json> => (await api.get('/v1/clock/progress')).body;
    const bills = async (api: Api): Promise<number> => Number((await monthOf(api, progress))['done']);
    await until(async () => (await bills(first)) > SIZE.bills / 3, LOOK_MS);
    expect(await monthOf(first, progress)).toMatchObject({ pending: expect.any(Number) });
    await first.running.end('SIGKILL');
    // At full size they fall due one after the other while bills are written.
    await reclaimedWithinAMinute(store, ACCOUNTS_MEANWHILE, nowInSeconds() - (isFull ? 0 : 60));
    const second = await start(place);
    const reclaimed = (name: string): Promise<number> => metric(second, `${name}{kind="reclaim"}`);
    await until(async () => (await reclaimed(FIRED)) === ACCOUNTS_MEANWHILE * 4, LOOK_MS);
    const late = (await reclaimed('ledger_clock_lateness_seconds_sum')) / (ACCOUNTS_MEANWHILE * 4);
    const left = SIZE.bills - (await bills(second));
    report(`${kind}: ${ACCOUNTS_MEANWHILE * 4} deadlines, ${late.toFixed(1)} s late on average, ${left} bills to come`);
    await until(async () => (await bills(second)) === SIZE.bills && (await nothingIsDue(second)), LOOK_MS);
    report(`${kind}: ${SIZE.bills} bills in ${((performance.now() - begun) / 1000).toFixed(0)} s, with one kill`);
    const { perSubject, effectiveAt } = await happened(store, 'BillIssued');
    expect(perSubject.size).toBe(SIZE.bills);
    expect([...perSubject.values()].every((count) => count === 1)).toBe(true);
    expect([...effectiveAt].map(instant)).toEqual([due]);
    expect(await progress(second)).toMatchObject({ setAside: 0, secondsLeft: 0 });
  },
  SIZE.limitMs,
);

const monthOf = async (api: Api, progress: (api: Api) => Promise<Json>): Promise<Json> =>
  ((await progress(api))['months'] as readonly Json[] | undefined)?.at(-1) ?? {};

/** The last instant at which months were settled (P-7.6). */
const lastMonthEnd = (): Instant => {
  const month = addMonths(localMonth(nowInSeconds()), -1);
  const due = monthSettledAt(month);
  return due <= nowInSeconds() ? due : monthSettledAt(addMonths(month, -1));
};
