/** Every verb of the command line, as its own help says to use it, against a real service. */
import { jest } from '@jest/globals';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { createProgram } from '../apps/ops/src/program.js';
import type { Json } from './support/api.js';
import { shell, type Ended, type Shell } from './support/ledger-cli.js';
import { serviceOver } from './support/reads.js';
import { atTheEnd, TestClock, type TestService } from './support/service.js';

// Each line is a process of its own.
jest.setTimeout(300_000);

const clock = new TestClock('2024-07-25T10:00:00+08:00');
let service: TestService;
let ledger: Shell;

const environment = (): { readonly [name: string]: string } => ({
  LEDGER_URL: service.url,
  LEDGER_TOKEN: service.token,
  DATA_DIR: service.dataDir,
});

/** What an example reads, by the file's name; `-` is standard input. */
const FILES = {
  'renewals.json': [{ appId: '1400000001', product: 'standard', months: 1 }],
  'usage.json': {
    accountId: 'acme',
    appId: '1400000001',
    samples: [{ meter: 'mau', day: '2024-08-01', value: 130_000 }],
  },
  'top-ups.ndjson': { command: 'TopUp', body: { accountId: 'acme', amount: '5.00' } },
  'journeys.ndjson': { steps: [] },
};
const INPUTS: { readonly [verb: string]: string } = {
  'record-usage': JSON.stringify([{ meter: 'mau', day: '2024-08-01', value: 125_000 }]),
};

const helpOf = (verb: Command): string => {
  let help = '';
  verb.configureOutput({ writeOut: (more) => (help += more), getOutHelpWidth: () => 1000 });
  verb.outputHelp();
  return help;
};

const leaves = (command: Command, name = ''): ReadonlyMap<string, Command> =>
  command.commands.length === 0
    ? new Map([[name, command]])
    : new Map(command.commands.flatMap((sub) => [...leaves(sub, `${name} ${sub.name()}`.trim())]));

const verbs = leaves(createProgram());

const examplesOf = (verb: string): readonly string[] =>
  helpOf(verbs.get(verb) ?? createProgram())
    .split('\n')
    .flatMap((line) => (line.startsWith('  $ ledger ') ? [line.slice(4)] : []));

/** As it stands in the help, but for where the service is and what would be written outside the test's folder. */
const runnable = (example: string): string =>
  example.replace('https://ledger.example', service.url).replace(/ > \S.*$/, '');

/** The verbs of which every example has run. */
const ran = new Set<string>();

/** Runs every example of the verbs, one after the other; those that did not end with 0. */
const failing = async (...named: readonly string[]): Promise<readonly object[]> => {
  const failed: object[] = [];
  for (const verb of named) {
    const examples = examplesOf(verb);
    if (examples.length === 0) throw new Error(`"${verb}" has no example in its help`);
    for (const example of examples) {
      const ended = await ledger.run(runnable(example), INPUTS[verb]);
      if (ended.code !== 0) failed.push({ example, ...ended });
    }
    ran.add(verb);
  }
  return failed;
};

const done = async (line: string): Promise<Ended> => {
  const ended = await ledger.run(line);
  if (ended.code !== 0) throw new Error(`${line}: ${ended.code} ${ended.err}`);
  return ended;
};

beforeAll(async () => {
  service = await serviceOver('node:sqlite', clock);
  ledger = await shell(environment());
  for (const [name, content] of Object.entries(FILES))
    await writeFile(join(ledger.folder, name), `${JSON.stringify(content)}\n`);
  const journey = join(ledger.folder, 'docs/examples/lapse.json');
  await mkdir(dirname(journey), { recursive: true });
  await copyFile(fileURLToPath(new URL('../docs/examples/lapse.json', import.meta.url)), journey);
});

describe('every example of the help does what it says', () => {
  it('accounts, apps and orders', async () => {
    expect(await failing('open-account', 'set-contact', 'top-up', 'grant-gift', 'issue-voucher')).toEqual([]);
    expect(await failing('create-app', 'extend-trial', 'purchase', 'renew', 'renew-batch', 'set-renewal')).toEqual([]);
  });

  it('usage and its bill', async () => {
    clock.instantNow = '2024-08-02T10:00:00+08:00';
    expect(await failing('record-usage', 'correct-usage', 'send')).toEqual([]);
    clock.instantNow = '2024-09-05T10:00:00+08:00';
    expect(await failing('charge-account')).toEqual([]);
  });

  it('reads', async () => {
    const [some, others] = await Promise.all([
      failing('accounts', 'apps', 'entitlements', 'usage', 'orders', 'bills'),
      failing('bill-lines', 'wallet', 'journal', 'issued-notices', 'refusals', 'check'),
    ]);
    expect([...some, ...others]).toEqual([]);
  });

  it('the audit', async () => {
    expect(await failing('replay', 'diff', 'why', 'plot')).toEqual([]);
  });

  it('the proof', async () => {
    expect(await failing('keys make', 'keys show', 'verify', 'trial-balance', 'bundle make', 'heads make')).toEqual([]);
    const [, publicKey = ''] = /  (\S+)  made/.exec((await done('ledger keys show')).out) ?? [];
    ledger = await shell({ ...environment(), PUBLIC_KEY: publicKey }, ledger.folder);
    expect(await failing('bundle verify', 'heads verify', 'keys rotate')).toEqual([]);
  });

  it('operation, and what needs no service', async () => {
    expect(await failing('status', 'projections status', 'projections rebuild', 'projections verify')).toEqual([]);
    expect(await failing('projections retry', 'batch', 'simulate', 'completion')).toEqual([]);
    expect(await failing('notices list', 'notices dead', 'timers', 'clock progress', 'clock stuck')).toEqual([]);
  });

  it('what ends things', async () => {
    expect(await failing('upgrade', 'block-refunds', 'unblock-refunds', 'refund')).toEqual([]);
    expect(await failing('disable-app', 'enable-app', 'migrate-price-book')).toEqual([]);
    await done('ledger disable-app --account-id acme --app-id 1400000002');
    await done('ledger open-account --account-id acme-cn --currency CNY');
    await done('ledger top-up --account-id acme-cn --amount 5000');
    await done('ledger create-app --account-id acme-cn --app-id 1400000003 --data-centre mainland');
    await done('ledger purchase --account-id acme-cn --app-id 1400000003 --product pro --months 1');
    expect(await failing('delete-app', 'set-history-tier', 'erase-contact', 'ban-account')).toEqual([]);
  });

  it('and no verb was left out', () => {
    // They have specs of their own, or below.
    for (const verb of [
      'notices retry',
      'clock retry',
      'sandbox clock',
      'history',
      'tokens make',
      'tokens list',
      'tokens revoke',
    ])
      ran.add(verb);
    expect([...ran].toSorted()).toEqual([...verbs.keys()].toSorted());
  });
});

describe('ledger history', () => {
  it('shows events from either end, so many or all', async () => {
    const revisions = async (options: string): Promise<readonly number[]> => {
      const { out } = await done(`ledger history acme --json ${options}`);
      return out
        .trimEnd()
        .split('\n')
        .map((line) => Number((JSON.parse(line) as Json)['revision']));
    };
    const all = await revisions('--all');
    expect(all.length).toBeGreaterThan(15);
    expect(all).toEqual(all.map((_, revision) => revision));
    expect(await revisions('--newest-first --limit 2')).toEqual(all.toReversed().slice(0, 2));
    expect(await revisions('--after 3 --limit 2')).toEqual([4, 5]);
  });
});

describe('ledger tokens', () => {
  /** A service that knows tokens and nothing else. */
  const asked: string[] = [];
  const token = { tokenId: 't1', role: 'reader', accounts: null, createdAt: '2024-08-01T00:00:00Z', expiresAt: null };
  const server = createServer((request, response) => {
    void json(request)
      .catch(() => null)
      .then((body) => {
        asked.push(`${request.method} ${request.url} ${JSON.stringify(body)} ${request.headers.authorization}`);
        const answer = {
          POST: { ...token, token: 'secret-1' },
          GET: { tokens: [token], next: request.url === '/v1/tokens' ? '/v1/tokens?after=t1' : null },
          DELETE: { ...token, revokedAt: '2024-08-02T00:00:00Z' },
        }[String(request.method)];
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
  });
  let ops: Shell;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    ops = await shell({ LEDGER_URL: `http://127.0.0.1:${port}`, LEDGER_TOKEN: 'admin' });
  });
  afterAll(() => void server.close());

  it('makes one and prints it alone, so that it can be sent into a file', async () => {
    const made = await ops.run('ledger tokens make --role ops --accounts acme acme-cn');
    expect(made).toMatchObject({ code: 0, out: 'secret-1\n' });
    expect(asked).toEqual(['POST /v1/tokens {"role":"ops","accounts":["acme","acme-cn"]} Bearer admin']);
  });

  it('lists them page by page', async () => {
    const { code, out } = await ops.run('ledger tokens list --all --json');
    expect({ code, lines: out.trimEnd().split('\n') }).toEqual({
      code: 0,
      lines: [token, token].map((one) => JSON.stringify(one)),
    });
  });

  it('revokes one', async () => {
    expect(await ops.run('ledger tokens revoke t1')).toMatchObject({ code: 0 });
    expect(asked.at(-1)).toBe('DELETE /v1/tokens/t1 null Bearer admin');
  });
});

describe('exit codes', () => {
  const app = '--account-id acme-3 --app-id 1400000009';

  it('0 when it is done, and when it was done before under the same key', async () => {
    const line = 'ledger open-account --account-id acme-3 --currency USD --idempotency-key open-acme-3';
    expect(await ledger.run(line)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Done. acme-3 is') });
    expect(await ledger.run(line)).toMatchObject({ code: 0, out: expect.stringContaining('done before') });
  });

  it('0 for a dry run, which changes nothing', async () => {
    const line = `ledger create-app ${app} --data-centre singapore --dry-run`;
    expect(await ledger.run(line)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('AppCreated') });
    const { out } = await done('ledger history acme-3 --json --all');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });

  it('1 for a refusal, with the clause, what the check saw and what to do; as one document with --json', async () => {
    const line = `ledger purchase --account-id acme-3 --app-id none --product standard --months 1`;
    const { code, out, err } = await ledger.run(line);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/Refused: AppUnknown \(P-1\.3\)\n[^]*P-1\.3 in docs\/pricing\.md/);
    const inJson = await ledger.run(`${line} --json`);
    expect({ code: inJson.code, ...(JSON.parse(inJson.out) as Json) }).toMatchObject({
      code: 1,
      refusal: 'AppUnknown',
    });
  });

  it('1 for a key that was used for something else, and for a token that is none', async () => {
    const reused = 'ledger open-account --account-id acme-4 --currency CNY --idempotency-key open-acme-3';
    expect(await ledger.run(reused.replace('acme-4', 'acme-3'))).toMatchObject({ code: 1 });
    await writeFile(join(ledger.folder, 'wrong.token'), 'wrong\n');
    expect(await ledger.run('ledger accounts --token-file wrong.token')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--token-file'),
    });
  });

  it.each([
    ['a verb that is none', 'ledger purchases', /unknown command 'purchases'/],
    ['a flag that is none', 'ledger accounts --colour red', /unknown option '--colour'/],
    ['a flag that is missing', 'ledger top-up --account-id acme', /--amount <amount>/],
    ['a field that cannot be', 'ledger top-up --account-id acme --amount 1.005', /amount: give a string of digits/],
    ['JSON that is none', "ledger renew-batch --account-id acme --items '[{'", /--items is not JSON/],
    ['a file that is not there', 'ledger renew-batch --account-id acme --items @none.json', /--items: ENOENT/],
    ['a batch that is not there', 'ledger batch none.ndjson', /cannot be read/],
    ['a count that is none', 'ledger accounts --limit none', /whole number/],
    ['an address that is none', 'ledger accounts --url here', /give a URL/],
    ['a token file that is not there', 'ledger accounts --token-file none', /no token in none/],
  ])('2 for %s', async (_, line, message) => {
    const { code, out, err } = await ledger.run(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it('1 for a refusal, with what the service says of the kind of problem', async () => {
    const pages: { readonly [path: string]: Json } = {
      '/problems/TermRunning': { whatToDo: 'Renew or upgrade.', clause: { id: 'P-2.1', text: 'While a term runs …' } },
    };
    const problem = { type: '/problems/TermRunning', title: 'Refused: TermRunning (P-2.1)', clause: 'P-2.1' };
    const url = await answering((path) =>
      path in pages ? { status: 200, body: pages[path] } : { status: 422, body: problem },
    );
    const { code, err } = await ledger.run(
      `ledger purchase ${app} --product standard --idempotency-key k --url ${url}`,
    );
    expect({ code, lines: err.trimEnd().split('\n') }).toEqual({
      code: 1,
      lines: [
        'Refused: TermRunning (P-2.1)',
        '  P-2.1: While a term runs …',
        '  → The rule is P-2.1 in docs/pricing.md.',
        '  → Renew or upgrade.',
      ],
    });
  });

  it('3 when nobody answers, and when the service is not able to', async () => {
    const nobody = 'ledger top-up --account-id acme --amount 1 --url http://127.0.0.1:1';
    expect(await ledger.run(nobody)).toMatchObject({ code: 3, err: expect.stringContaining('Idempotency-Key: ') });
    const url = await answering(() => ({ status: 503, body: {} }));
    const ended = await ledger.run(`ledger accounts --url ${url}`);
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('Try again in 7 s') });
  });
});

/** A service that answers as it is told, and may be asked again after 7 s; where it listens. */
const answering = async (
  answer: (path: string) => { readonly status: number; readonly body: unknown },
): Promise<string> => {
  const server = createServer(({ url = '' }, response) => {
    const { status, body } = answer(url);
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' }).end(JSON.stringify(body));
  });
  atTheEnd(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
