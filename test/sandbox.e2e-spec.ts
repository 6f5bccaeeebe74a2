import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { historyOf, openedAccount, typesOf, type Answer, type Json } from './support/api.js';
import { run } from './support/process.js';
import { temporaryFolder } from './support/service.js';
import { startServing, type Serving } from './support/serving.js';

const DAY_MS = 86_400_000;
const OPS = fileURLToPath(new URL('../dist/apps/ops/src/main.js', import.meta.url));

type Sandbox = Serving & { readonly set: (to: unknown) => Promise<Answer> };

const start = async (dataDir: string, options: readonly string[] = ['--sandbox']): Promise<Sandbox> => {
  const serving = await startServing(dataDir, {}, options);
  const headers = { authorization: `Bearer ${serving.token}`, 'content-type': 'application/json' };
  const set = (to: unknown): Promise<Answer> =>
    serving.raw('/v1/sandbox/clock', { method: 'POST', headers, body: JSON.stringify({ to }) });
  return { ...serving, set };
};

const ops = async (url: string, dataDir: string, ...args: readonly string[]): Promise<readonly [number, string]> => {
  const env = { ...process.env, LEDGER_URL: url, DATA_DIR: dataDir };
  const child = spawn(process.execPath, [OPS, ...args], { env });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return [code, out + err];
};

/** Of an event's data. */
const field = (event: Json | undefined, name: string): unknown => (event ? (event['data'] as Json)[name] : undefined);

const inDays = (from: string, days: number): string => new Date(Date.parse(from) + days * DAY_MS).toISOString();

describe('a sandbox', () => {
  let dataDir: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    dataDir = await temporaryFolder();
    sandbox = await start(dataDir);
  }, 90_000);

  /** An app on Trial and the instant at which that is over. */
  const onTrial = async (): Promise<{ readonly accountId: string; readonly appId: string; readonly end: string }> => {
    const names = await openedAccount(sandbox);
    const [created] = (await historyOf(sandbox, names.accountId)).filter(({ type }) => type === 'AppCreated');
    return { ...names, end: String(field(created, 'trialEndsAt')) };
  };

  it('sets its clock forward: all that is due by then has happened when it answers, and can be read', async () => {
    const { accountId, appId, end } = await onTrial();
    const to = inDays(end, 90);
    expect(await sandbox.set(to)).toMatchObject({ status: 200, body: { setAside: 0 } });
    expect((await sandbox.get(`/v1/apps/${appId}`)).body).toMatchObject({ status: 'reclaimed' });
    const history = await historyOf(sandbox, accountId);
    expect(typesOf(history).slice(-4)).toEqual(['Suspended', 'NoticeIssued', 'NoticeIssued', 'ResourcesReclaimed']);
    expect(history.slice(-4).map((event) => field(event, 'effectiveAt'))).toEqual([
      end,
      end,
      inDays(end, 83).replace('.000', ''),
      to.replace('.000', ''),
    ]);
    expect((await sandbox.get(`/v1/timers?accountId=${accountId}`)).body['timers']).toEqual([]);
    // The same again is no step back; what is past is.
    expect(await sandbox.set(to)).toMatchObject({ status: 200 });
    expect(await sandbox.set(end)).toMatchObject({
      status: 422,
      body: { type: '/problems/clock-backwards', detail: expect.stringMatching(/is past/) },
    });
  });

  it.each([
    ['soon', ['to']],
    [undefined, ['to']],
    [17, ['to']],
  ])('does not know the instant %j', async (to, fields) => {
    const { status, body } = await sandbox.set(to);
    expect(status).toBe(400);
    expect((body['errors'] as readonly Json[]).map(({ field }) => field)).toEqual(fields);
  });

  it('goes on after a restart where it was, and gives its folder to nobody without --sandbox', async () => {
    const { end } = await onTrial();
    const set = await ops(sandbox.url, dataDir, 'sandbox', 'clock', end);
    expect(set).toEqual([0, expect.stringMatching(/all that was due by \S+ has happened/)]);
    await sandbox.running.end('SIGKILL');
    const real = run('apps/ledger/src/main.js', { PORT: '0', DATA_DIR: dataDir });
    await real.says(/data folder .* is a sandbox's: start it with --sandbox/);
    expect(await real.ended).toBe(1);
    sandbox = await start(dataDir);
    const { accountId } = await openedAccount(sandbox);
    const [opened] = await historyOf(sandbox, accountId);
    expect(String(field(opened, 'effectiveAt')) >= end).toBe(true);
  });

  it('shows deadlines and how far they are to the command line', async () => {
    const { accountId, appId, end } = await onTrial();
    const read = (...args: readonly string[]): Promise<readonly [number, string]> => ops(sandbox.url, dataDir, ...args);
    expect(await read('timers', '--account-id', accountId)).toEqual([
      0,
      expect.stringMatching(/trial-end .*AppCreated at 2 .*stops the app \(trial-over\)/),
    ]);
    const [, lines] = await read('timers', '--app-id', appId, '--json');
    expect(
      lines
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Json),
    ).toMatchObject([{ kind: 'trial-end', dueAt: end, armedBy: { type: 'AppCreated', revision: '2' } }]);
    expect(await read('timers', '--limit', 'all')).toEqual([2, expect.stringMatching(/whole number from 1/)]);
    expect(await read('clock', 'stuck')).toEqual([0, 'No account is set aside.\n']);
    expect(await read('clock', 'retry', accountId)).toEqual([1, 'not-set-aside\n']);
    expect(await read('clock', 'progress')).toEqual([0, expect.stringMatching(/month .*pending[\s\S]*0 s left/)]);
    expect(await read('sandbox', 'clock', '2020-01-01T00:00:00Z')).toEqual([
      1,
      expect.stringMatching(/only goes forward/),
    ]);
    expect(await read('sandbox', 'clock', 'soon')).toEqual([2, expect.stringMatching(/to: give an ISO 8601 instant/)]);
  });
});

describe('a service that is no sandbox', () => {
  it('has no such route, and its folder never becomes a sandbox', async () => {
    const dataDir = await temporaryFolder();
    const service = await start(dataDir, []);
    expect(await service.set('2100-01-01T00:00:00Z')).toMatchObject({ status: 404 });
    await service.running.end('SIGTERM');
    const sandbox = run('apps/ledger/src/main.js', { PORT: '0', DATA_DIR: dataDir }, ['--sandbox']);
    await sandbox.says(/holds accounts of the real world/);
    expect(await sandbox.ended).toBe(1);
  });
});
