/** The audit of a running service: over HTTP and from the command line, out of the account's own streams. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { newId, openedAccount, type Json, type Names } from './support/api.js';
import { done, serviceOver, START_MS } from './support/reads.js';
import { TestClock, until, type TestService } from './support/service.js';

const OPS = fileURLToPath(new URL('../dist/apps/ops/src/main.js', import.meta.url));

const clock = new TestClock('2024-08-01T10:00:00+08:00');
let service: TestService;
let names: Names;

/** Bought, used beyond its quota, refused an upgrade, overdue and stopped, paid; the clock was away over the month's end. */
beforeAll(async () => {
  service = await serviceOver('node:sqlite', clock);
  names = await openedAccount(service, '500.00');
  const { accountId, appId } = names;
  await done(service, 'Purchase', {
    accountId,
    appId,
    product: 'standard',
    months: 2,
    reason: 'launch',
    promotion: { id: 'half', payPercent: '50' },
  });
  clock.instantNow = '2024-08-28T10:00:00+08:00';
  const samples = [{ meter: 'mau', day: '2024-08-27', value: 30_000 }];
  await done(service, 'RecordUsage', { accountId, appId, samples });
  await service.send('Upgrade', { accountId, appId, to: 'premium' }, { key: 'too-dear' });
  clock.instantNow = '2024-09-06T10:00:00+08:00';
  await done(service, 'TopUp', { accountId, amount: '300.00', reference: 'wire-17' });
  await until(async () => ((await service.get(path('refusals'))).body['refusals'] as readonly Json[]).length === 1);
}, START_MS);

const path = (question: string, query = ''): string => `/v1/accounts/${names.accountId}/${question}${query}`;
const STOPPED = '2024-09-05T00:00:00Z';
const held = (): string => `apps.${names.appId}.holds.arrears`;

const ops = async (
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [OPS, ...args], {
    env: { PATH, LEDGER_URL: service.url, LEDGER_TOKEN: service.token },
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { code, out, err };
};

describe('a replay', () => {
  it('is the whole state as of an instant', async () => {
    const { status, body } = await service.get(path('replay', `?at=${STOPPED}`));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accountId: names.accountId,
      at: STOPPED,
      derived: [],
      state: {
        cash: '-199.00',
        overdueSince: '2024-09-02T16:00:00Z',
        apps: { [names.appId]: { status: 'suspended', holds: { arrears: true, lapsed: false } } },
        bills: { [`${names.accountId}-2024-08`]: { total: '300.00' } },
      },
      usage: { [names.appId]: { '2024-08': { mau: { '2024-08-27': 30_000 } } } },
    });
  });

  it('by what was known then, shows as derived what was recorded later', async () => {
    const now = await service.get(path('replay', `?at=${STOPPED}`));
    const then = await service.get(path('replay', `?at=${STOPPED}&knownAt=2024-08-29T00:00:00Z`));
    expect(then.body['state']).toEqual(now.body['state']);
    expect((then.body['derived'] as readonly Json[]).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['BillIssued', 'Overdue', 'Suspended']),
    );
    const ignorant = await service.get(path('replay', `?at=${STOPPED}&knownAt=2024-08-02T00:00:00Z`));
    expect(ignorant.body).toMatchObject({ state: { cash: '101.00' }, usage: {} });
  });

  it('steps one a line, up to a type', async () => {
    const answer = await fetch(service.url + path('replay/steps', '?breakOn=Purchased'), {
      headers: { authorization: `Bearer ${service.token}` },
    });
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(lines.map(({ kind, happening }) => (kind === 'step' ? (happening as Json)['type'] : kind))).toEqual([
      'AccountOpened',
      'FundsToppedUp',
      'AppCreated',
      'Purchased',
      'end',
    ]);
  });
});

describe('a difference and a reason', () => {
  it('name the events that did it', async () => {
    const { body } = await service.get(path('diff', `?from=2024-08-29T00:00:00Z&to=${STOPPED}`));
    const events = body['events'] as readonly Json[];
    const change = (body['changes'] as readonly Json[]).find(({ path: of }) => of === held());
    expect(change).toMatchObject({ from: false, to: true });
    const because = (change?.['because'] ?? []) as readonly number[];
    expect(because.map((i) => events[i]?.['type'])).toEqual(['Suspended']);
  });

  it('give clauses with their text, commands, prices and metering facts', async () => {
    const { body } = await service.get(path('why', `?fact=${held()}&at=${STOPPED}`));
    expect(body).toMatchObject({
      value: true,
      was: false,
      isMinimal: true,
      metered: [{ meter: 'mau', value: 30_000, actor: { subject: 'operator' } }],
    });
    const shown = JSON.stringify(body);
    expect(shown).toContain('24 h later, still negative: every app of the account is suspended');
    expect(shown).toContain('intl-2024@1/standard/2024-07-22');
    expect(shown).toContain('"reason":"launch"');
  });

  it('say why a command was refused, and decide it again', async () => {
    const { body } = await service.get(path('why', '?refusal=too-dear'));
    expect(body).toMatchObject({
      refusal: 'InsufficientFunds',
      clause: { clause: 'P-2.5' },
      again: { kind: 'refused', refusal: 'InsufficientFunds', details: body['details'] },
    });
  });
});

describe('a question that has no answer', () => {
  it.each([
    ['an unknown account', () => `/v1/accounts/${newId('none')}/replay`, 404, 'There is no account'],
    ['what is no id', () => '/v1/accounts/..%2Fa/why?fact=cash', 404, 'There is no account'],
    ['an unknown fact', () => path('why', '?fact=cashh'), 404, 'A fact begins with one of: accountId'],
    ['no fact', () => path('why'), 400, 'name a fact'],
    ['from later to earlier', () => path('diff', '?from=3&to=2'), 400, 'exchange the two'],
    ['without from', () => path('diff'), 400, 'from'],
    ['an unknown revision', () => path('replay', '?until=999'), 400, 'until: There is no revision 999'],
    ['both ends', () => path('replay', `?until=1&at=${STOPPED}`), 400, 'either an instant or a revision'],
    ['a far future', () => path('timeline', '?at=2099-01-01T00:00:00Z'), 400, 'three years'],
    ['an unknown refusal', () => path('why', '?refusal=x'), 404, 'No refusal'],
    ['steps of none', () => `/v1/accounts/${newId('none')}/replay/steps`, 404, 'There is no account'],
  ])('says what to do: %s', async (_, of, status, message) => {
    const answer = await service.get(of());
    expect(answer.status).toBe(status);
    expect(`${String(answer.body['title'])} ${String(answer.body['detail'])}`).toContain(message);
  });

  it('lists what may follow for programs too', async () => {
    const { body } = await service.get(path('why', `?fact=apps.${names.appId}.holds.x`));
    expect(body['next']).toEqual(['arrears', 'banned', 'disabled', 'lapsed', 'refunded', 'trial-over']);
  });
});

describe('the document', () => {
  it('has every question of the audit', async () => {
    const { body } = await service.raw('/openapi.json');
    const paths = Object.entries(body['paths'] as Json).filter(([, operation]) =>
      JSON.stringify(operation).includes('"audit"'),
    );
    expect(paths.map(([each]) => each.replace('/v1/accounts/{id}/', ''))).toEqual(
      expect.arrayContaining(['replay', 'replay/steps', 'diff', 'why', 'timeline']),
    );
  });
});

describe('the command line', () => {
  it(
    'prints a replay, its steps, a difference, a reason, a refusal and a life, in 100 columns',
    async () => {
      const { accountId, appId } = names;
      const runs: readonly (readonly [readonly string[], string])[] = [
        [['replay', accountId, '--at', STOPPED, '--known-at', '2024-08-29T00:00:00Z'], 'brought by time'],
        [['replay', accountId, '--step', '--break-on', 'Purchased'], 'because: launch'],
        [['diff', accountId, '--from', '2024-08-29T00:00:00Z', '--to', STOPPED], `${appId} is stopped by arrears  ←`],
        [['why', accountId, held(), '--at', STOPPED], 'suspend-arrears was due 2024-09-03T16:00:00Z'],
        [['why', accountId, '--refusal', 'too-dear'], 'InsufficientFunds (P-2.5)'],
        [['plot', accountId], 'overdue'],
      ];
      for (const [args, said] of runs) {
        const { code, out, err } = await ops(...args);
        expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
        expect(out).toContain(said);
        expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
      }
    },
    START_MS,
  );

  it(
    'stops stepping where it is told, and answers programs in JSON',
    async () => {
      const { out } = await ops('replay', names.accountId, '--break-on', 'Purchased', '--json');
      const steps = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { happening: Json });
      expect(steps.map(({ happening }) => happening['type'])).toEqual([
        'AccountOpened',
        'FundsToppedUp',
        'AppCreated',
        'Purchased',
      ]);
      expect(JSON.parse((await ops('why', names.accountId, 'cash', '--json')).out)).toMatchObject({ value: '101.00' });
    },
    START_MS,
  );

  it(
    'says what is wrong with a question',
    async () => {
      const unknown = await ops('why', names.accountId, 'cashh');
      expect(unknown.code).not.toBe(0);
      expect(unknown.err).toContain('A fact begins with one of');
      expect(await ops('why', names.accountId)).toMatchObject({ code: 2, out: '' });
      expect(await ops('plot', names.accountId, '--from', 'soon')).toMatchObject({ code: 2, out: '' });
    },
    START_MS,
  );
});
