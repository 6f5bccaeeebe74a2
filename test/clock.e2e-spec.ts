import { setTimeout } from 'node:timers/promises';
import { accountStream, instant, iso } from '@ledger/domain';
import { EventStoreAdapter } from '@ledger/event-store';
import { historyOf, newId, openedAccount, type Api, type Json, type Names } from './support/api.js';
import { done, START_MS } from './support/reads.js';
import { startStore, startTestService, TestClock, until, type TestService } from './support/service.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const DAY = 86_400;

const after = (days: number): string => iso(instant(BOUGHT) + days * DAY);

type Running = { readonly service: TestService; readonly clock: TestClock; readonly store: string };

/** A service of its own store in which time passes by itself, or only when a command comes. */
const aService = async (time: 'with its clock' | 'with its clock stopped'): Promise<Running> => {
  const [store, clock] = [await startStore(), new TestClock(BOUGHT)];
  const roles = time === 'with its clock' ? (['api', 'projector', 'clock'] as const) : (['api', 'projector'] as const);
  return { service: await startTestService({ eventStoreUrl: store, clock, roles }), clock, store };
};

const dataOf = async (api: Api, accountId: string): Promise<readonly unknown[]> =>
  (await historyOf(api, accountId)).map(({ type, data }) => [type, data]);

/** Apps that renew, lapse and are over, in an account whose money runs out. */
const aLife = async (api: Api, prefix: string): Promise<readonly Names[]> => {
  const accountId = `${prefix}-a`;
  const apps = [1, 2, 3].map((n) => ({ accountId, appId: `${prefix}-p${n}` }));
  await done(api, 'OpenAccount', { accountId, currency: 'USD' });
  await done(api, 'TopUp', { accountId, amount: '1600.00' });
  for (const app of apps) await done(api, 'CreateApp', { ...app, dataCentre: 'singapore', priceBook: 'intl-2024' });
  const [renews, lapses] = apps;
  await done(api, 'Purchase', { ...renews, product: 'standard', months: 1, renewal: 'automatic' });
  const last = await done(api, 'Purchase', { ...lapses, product: 'standard', months: 1 });
  await api.get(`/v1/accounts/${accountId}?minPosition=${last}`);
  return apps;
};

/** The first deadline of the account that is not past; null when there is none. */
const nextDue = async (api: Api, accountId: string): Promise<string | null> => {
  const { body } = await api.get(`/v1/timers?accountId=${accountId}&limit=1`);
  const [first] = body['timers'] as readonly { readonly dueAt: string }[];
  return first?.dueAt ?? null;
};

describe('a deadline that fires late', () => {
  it(
    'writes the same events with the same effectiveAt as one in time',
    async () => {
      const prefix = newId('x');
      const [prompt, late] = [await aService('with its clock'), await aService('with its clock')];
      for (const { service } of [prompt, late]) await aLife(service, prefix);
      const accountId = `${prefix}-a`;
      const end = after(200);
      for (let due = await nextDue(prompt.service, accountId); due !== null && due <= end;) {
        const passed = due;
        prompt.clock.instantNow = passed;
        await until(async () => {
          due = await nextDue(prompt.service, accountId);
          return due === null || due > passed;
        });
      }
      late.clock.instantNow = end;
      prompt.clock.instantNow = end;
      const expected = await dataOf(prompt.service, accountId);
      await until(async () => (await historyOf(late.service, accountId)).length >= expected.length);
      const types = new Set(expected.map((event) => (event as readonly unknown[])[0]));
      for (const type of ['Renewed', 'AutoRenewalFailed', 'Expired', 'Suspended', 'ResourcesReclaimed', 'BillIssued'])
        expect([...types]).toContain(type);
      expect(await dataOf(late.service, accountId)).toEqual(expected);
    },
    2 * START_MS,
  );
});

describe('with the clock stopped', () => {
  it(
    'entitlement answers are those of a service whose clock runs, at every instant',
    async () => {
      const prefix = newId('x');
      const [running, stopped] = [await aService('with its clock'), await aService('with its clock stopped')];
      const apps = await aLife(running.service, prefix);
      await aLife(stopped.service, prefix);
      const before = await historyOf(stopped.service, `${prefix}-a`);
      const seen = new Set<unknown>();
      for (const days of [
        0, 30, 30.9999, 31, 31.5, 31.99999, 32, 61.9999, 62, 63, 63.0001, 120.9999, 121, 121.5, 153,
      ]) {
        const now = after(Math.floor(days * DAY) / DAY);
        for (const { clock } of [running, stopped]) clock.instantNow = now;
        await until(async () => {
          const due = await nextDue(running.service, `${prefix}-a`);
          return due === null || due > now;
        });
        for (const { appId } of apps) {
          const [expected, answer] = await Promise.all(
            [running, stopped].map(({ service }) => service.get(`/v1/apps/${appId}/entitlements`)),
          );
          expect([now, answer?.body]).toEqual([now, expected?.body]);
          seen.add(expected?.body['status']);
        }
      }
      expect(seen).toEqual(new Set(['active', 'grace', 'reclaimed', 'suspended', 'trial']));
      expect(await historyOf(stopped.service, `${prefix}-a`)).toEqual(before);
    },
    2 * START_MS,
  );
});

describe('what a deadline will do', () => {
  it('is said in words and in money, as things stand', async () => {
    const { service } = await aService('with its clock stopped');
    const [renews] = await aLife(service, newId('x'));
    if (!renews) throw new Error('there is no app');
    const { accountId, appId } = renews;
    const timers = async (query: string): Promise<readonly Json[]> =>
      (await service.get(`/v1/timers?${query}`)).body['timers'] as readonly Json[];
    const [end] = await timers(`appId=${appId}&kind=term-end`);
    expect(end).toMatchObject({
      armedBy: { stream: `account-${accountId}`, revision: '5', type: 'Purchased' },
      will: {
        summary: 'renews standard until 2024-10-01T02:00:00Z for 399.00 USD',
        events: ['Renewed'],
        amount: '-399.00',
        required: '399.00',
        available: '802.00',
      },
    });
    const samples = [{ meter: 'mau', day: '2024-08-01', value: 30_000 }];
    await done(service, 'RecordUsage', { accountId, appId, samples });
    const [bill] = await timers(`accountId=${accountId}&kind=settle-month`);
    expect(bill).toMatchObject({
      period: '2024-08',
      will: {
        events: ['BillIssued'],
        summary: expect.stringMatching(/^charges \d+\.\d\d USD for 2024-08, in 1 lines/),
      },
    });
    expect(Number((bill as { readonly will: Json }).will['amount'])).toBeLessThan(0);
    const [unread] = await timers(`kind=settle-month`);
    expect(unread?.['will']).toMatchObject({ amount: null, summary: expect.stringMatching(/with accountId=/) });
  });
});

describe('an account that the clock cannot advance', () => {
  it(
    'is set aside with the reason while others go on, and is advanced when an operator says so',
    async () => {
      const { service, clock, store } = await aService('with its clock');
      const [bad, good] = [await openedAccount(service), await openedAccount(service)];
      const adapter = new EventStoreAdapter({ connectionString: store });
      const mystery = { id: crypto.randomUUID(), type: 'Mystery', data: {}, metadata: {} };
      await adapter.append(accountStream(bad.accountId), [mystery], 2n);
      await adapter.close();
      clock.instantNow = after(40);
      const stuck = async (): Promise<readonly Json[]> =>
        (await service.get('/v1/clock/stuck')).body['stuck'] as readonly Json[];
      await until(async () => (await service.get(`/v1/apps/${good.appId}`)).body['status'] === 'suspended');
      await until(async () => (await stuck()).length === 1);
      const [found] = await stuck();
      expect(found).toEqual({
        accountId: bad.accountId,
        reason: expect.stringMatching(/^quarantined: Mystery at revision 3 of account-\S+: unknown type$/),
        since: after(40),
        tries: 6,
      });
      const { text } = (await service.raw('/metrics')).body;
      expect(text).toMatch(/^ledger_clock_accounts_set_aside 1$/m);
      expect(text).toMatch(/^ledger_timers_due\{kind="trial-end"\} 1$/m);
      expect(text).toMatch(/^ledger_clock_fired_total\{kind="trial-end"\} 1$/m);
      const retry = (accountId: string): ReturnType<Api['raw']> =>
        service.raw(`/v1/clock/retry/${accountId}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${service.token}` },
        });
      expect((await retry(good.accountId)).body).toEqual({ outcome: 'not-set-aside' });
      expect((await retry(bad.accountId)).body).toEqual({ outcome: 'retried' });
      await until(async () => (await stuck()).length === 1);
    },
    START_MS,
  );
});

describe('when rows are empty', () => {
  it('nothing is lost: they are derived again, and what is due happens', async () => {
    const { service, clock, store } = await aService('with its clock stopped');
    const { accountId } = await openedAccount(service);
    await service.stop();
    clock.instantNow = after(40);
    const again = await startTestService({ eventStoreUrl: store, clock, roles: ['api', 'projector', 'clock'] });
    await until(async () => (await historyOf(again, accountId)).some(({ type }) => type === 'Suspended'));
    await setTimeout(100);
    expect((await historyOf(again, accountId)).filter(({ type }) => type === 'Suspended')).toHaveLength(1);
  });
});
