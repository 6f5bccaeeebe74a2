import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { historyOf, newId, openedAccount, type Answer, type Json, type Names } from './support/api.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const START = '2024-08-01T10:00:00+08:00';
const clock = new TestClock(START);
let store: string;
let service: TestService;
beforeAll(async () => {
  store = await startStore();
  service = await startTestService({ eventStoreUrl: store, clock });
});
beforeEach(() => {
  clock.instantNow = START;
});

const preview = (name: string, body: Json): Promise<Answer> => service.send(name, body, { query: '?dryRun=true' });

const commit = (name: string, body: Json, ifMatch: string, key = newId('key')): Promise<Answer> =>
  service.raw(`/v1/commands/${name}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
      'if-match': ifMatch,
    },
    body: JSON.stringify(body),
  });

const etagOf = ({ headers }: Answer): string => headers.get('etag') ?? '';

/** The events of a preview and of a receipt, in one form. */
const previewed = ({ body }: Answer): readonly unknown[] => body['events'] as readonly unknown[];
const committed = ({ body }: Answer): readonly unknown[] =>
  (body['events'] as readonly { readonly type: string; readonly data: object }[]).map(({ type, data }) => ({
    type,
    ...data,
  }));

const standard = ({ accountId, appId }: Names): Json => ({ accountId, appId, product: 'standard', months: 1 });

describe('a preview', () => {
  it('is committed a minute later as it was shown: the events are equal', async () => {
    const names = await openedAccount(service);
    const shown = await preview('Purchase', standard(names));
    expect(etagOf(shown)).toBe(`"${String(shown.body['fingerprint'])}"`);
    expect(shown.body['fingerprint']).toMatch(/^2\.\d+\.[\w-]{43}$/);
    clock.instantNow = '2024-08-01T10:01:00+08:00';
    const done = await commit('Purchase', standard(names), etagOf(shown));
    expect(done.status).toBe(201);
    expect(committed(done)).toEqual(previewed(shown));
    expect(committed(done)).toMatchObject([{ type: 'Purchased', effectiveAt: '2024-08-01T02:00:00Z' }]);
    const [, , , event] = await historyOf(service, names.accountId);
    expect(event).toMatchObject({ data: { effectiveAt: '2024-08-01T02:00:00Z' } });
  });

  it('after which something changed commits nothing, and says what is different', async () => {
    const { accountId } = await openedAccount(service);
    const charge = { accountId, amount: '1200.00', service: 'disk' };
    const shown = await preview('ChargeAccount', charge);
    expect(previewed(shown)).toMatchObject([{ type: 'AccountCharged' }, { type: 'Overdue' }, { type: 'NoticeIssued' }]);
    clock.instantNow = '2024-08-01T10:01:00+08:00';
    await service.send('TopUp', { accountId, amount: '500.00' });
    const before = await historyOf(service, accountId);
    const late = await commit('ChargeAccount', charge, etagOf(shown));
    expect(late).toMatchObject({
      status: 412,
      body: {
        type: '/problems/preview-stale',
        revision: '3',
        at: '2024-08-01T02:01:00Z',
        now: { events: [{ type: 'AccountCharged' }] },
        difference: {
          added: [],
          removed: [{ type: 'Overdue' }, { type: 'NoticeIssued' }],
          changed: [{ type: 'AccountCharged', fields: { effectiveAt: { now: '2024-08-01T02:01:00Z' } } }],
        },
      },
    });
    expect(await historyOf(service, accountId)).toEqual(before);
  });

  it('that would be refused by now says so', async () => {
    const names = await openedAccount(service);
    const shown = await preview('Purchase', standard(names));
    await service.send('Purchase', standard(names));
    expect(await commit('Purchase', standard(names), etagOf(shown))).toMatchObject({
      status: 412,
      body: {
        now: { refusal: 'TermRunning', clause: 'P-2.1' },
        difference: { added: [], removed: [{ type: 'Purchased' }], changed: [] },
      },
    });
    expect(await historyOf(service, names.accountId)).toHaveLength(4);
  });

  it('commits nothing when a deadline lies in between, and writes not even what is due', async () => {
    const names = await openedAccount(service);
    await service.send('Purchase', standard(names));
    clock.instantNow = '2024-08-25T09:59:00+08:00';
    const shown = await preview('TopUp', { accountId: names.accountId, amount: '1.00' });
    clock.instantNow = '2024-08-25T10:00:00+08:00'; // the first notice of the expiry
    const before = await historyOf(service, names.accountId);
    const late = await commit('TopUp', { accountId: names.accountId, amount: '1.00' }, etagOf(shown));
    expect(late).toMatchObject({ status: 412, body: { type: '/problems/preview-stale' } });
    expect(await historyOf(service, names.accountId)).toEqual(before);
  });

  it('commits nothing after ten minutes', async () => {
    const { accountId } = await openedAccount(service);
    const shown = await preview('TopUp', { accountId, amount: '1.00' });
    clock.instantNow = '2024-08-01T10:10:01+08:00';
    const late = await commit('TopUp', { accountId, amount: '1.00' }, etagOf(shown));
    expect(late).toMatchObject({ status: 412, body: { detail: expect.stringContaining('ten minutes') } });
    clock.instantNow = '2024-08-01T10:10:00+08:00';
    expect(await commit('TopUp', { accountId, amount: '1.00' }, etagOf(shown))).toMatchObject({ status: 201 });
  });

  it('is committed once, however often it is sent', async () => {
    const { accountId } = await openedAccount(service);
    const shown = await preview('TopUp', { accountId, amount: '1.00' });
    const key = newId('key');
    const first = await commit('TopUp', { accountId, amount: '1.00' }, etagOf(shown), key);
    clock.instantNow = '2024-08-01T11:00:00+08:00';
    const again = await commit('TopUp', { accountId, amount: '1.00' }, etagOf(shown), key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
  });
});

describe('a fingerprint', () => {
  it('is for the very same command, however it is written', async () => {
    const { accountId } = await openedAccount(service);
    const shown = await preview('TopUp', { accountId, amount: '1' });
    expect(await commit('TopUp', { accountId, amount: '2.00' }, etagOf(shown))).toMatchObject({
      status: 412,
      body: { type: '/problems/preview-unknown' },
    });
    expect(await commit('GrantGift', { accountId, amount: '1.00' }, etagOf(shown))).toMatchObject({ status: 412 });
    expect(await commit('TopUp', { amount: '1.00', accountId }, etagOf(shown))).toMatchObject({ status: 201 });
  });

  it('in which anything was changed is none', async () => {
    const { accountId } = await openedAccount(service);
    const topUp = { accountId, amount: '1.00' };
    const fingerprint = String((await preview('TopUp', topUp)).body['fingerprint']);
    const [revision = '', at = '', proof = ''] = fingerprint.split('.');
    const other = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    const tampered = [
      `9.${at}.${proof}`,
      `none.${at}.${proof}`,
      `${revision}.${Number(at) + 600}.${proof}`,
      `${revision}.${at}.${other(proof)}`,
      `${revision}.${at}.${proof.slice(0, 30)}${other(proof.slice(30))}`,
      `${revision}.${at}`,
      'nonsense',
    ];
    for (const one of tampered)
      expect(await commit('TopUp', topUp, `"${one}"`)).toMatchObject({
        status: 412,
        body: { type: '/problems/preview-unknown' },
      });
    expect(await historyOf(service, accountId)).toHaveLength(3);
  });

  it('of another ledger is none; of another process with the same key it is one', async () => {
    const names = await openedAccount(service);
    const topUp = { accountId: names.accountId, amount: '1.00' };
    const fingerprint = etagOf(await preview('TopUp', topUp));
    const previewKey = 'k'.repeat(32);
    const access = { previewKey };
    const one = await startTestService({ eventStoreUrl: store, clock, access });
    const two = await startTestService({ eventStoreUrl: store, clock, access });
    const send = (to: TestService, ifMatch: string): Promise<Answer> =>
      to.raw('/v1/commands/TopUp', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${to.token}`,
          'content-type': 'application/json',
          'idempotency-key': newId('key'),
          'if-match': ifMatch,
        },
        body: JSON.stringify(topUp),
      });
    expect(await send(one, fingerprint)).toMatchObject({ status: 412, body: { type: '/problems/preview-unknown' } });
    const shown = await one.send('TopUp', topUp, { query: '?dryRun=true' });
    expect(await send(two, etagOf(shown))).toMatchObject({ status: 201 });
  });

  it.each(['*', '"a", "b"', 'W/"a"', ''])('is not %s', async (ifMatch) => {
    const answer = await commit('TopUp', { accountId: 'a', amount: '1.00' }, ifMatch);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'If-Match' }] } });
  });

  it('is not sent with another dry run', async () => {
    const { accountId } = await openedAccount(service);
    const shown = await preview('TopUp', { accountId, amount: '1.00' });
    const answer = await service.raw('/v1/commands/TopUp?dryRun=true', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/json',
        'idempotency-key': newId('key'),
        'if-match': etagOf(shown),
      },
      body: JSON.stringify({ accountId, amount: '1.00' }),
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'If-Match' }] } });
  });

  it('is made with a key that only the owner of the data folder can read', async () => {
    const { mode } = await stat(join(service.dataDir, 'preview-key'));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe('a preview of what goes to other streams', () => {
  it('of an account that is to be opened is committed', async () => {
    const account = { accountId: newId('a'), currency: 'USD' };
    const shown = await preview('OpenAccount', account);
    expect(shown.body['fingerprint']).toMatch(/^none\./);
    expect(committed(await commit('OpenAccount', account, etagOf(shown)))).toEqual(previewed(shown));
  });

  it('of usage commits nothing when other usage came in between, and says what is different', async () => {
    const names = await openedAccount(service);
    const usage = (value: number): Json => ({ ...names, samples: [{ meter: 'mau', day: '2024-08-01', value }] });
    const shown = await preview('RecordUsage', usage(7));
    clock.instantNow = '2024-08-01T10:01:00+08:00';
    await service.send('RecordUsage', usage(9));
    expect(await commit('RecordUsage', usage(7), etagOf(shown))).toMatchObject({
      status: 412,
      body: { now: { events: [] }, difference: { removed: [{ type: 'UsageRecorded' }] } },
    });
  });
});
