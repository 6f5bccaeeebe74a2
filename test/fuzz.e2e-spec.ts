import { keyFileIn, makeKeyIn } from '@ledger/audit';
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { EXAMPLES } from '../apps/ledger/src/commands/examples.js';
import type { Answer, Json } from './support/api.js';
import { Contract } from './support/contract.js';
import { hostileRequests, type HostileRequest } from './support/hostile.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const COUNT = process.env['FAULTS'] === 'full' ? 10_000 : 1000;
const SEED = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));
const AT_ONCE = 8;
/** What answers line by line does a lot of work for each request: a few of them are enough. */
const MOST_OF_LINES = 5;

const clock = new TestClock('2024-08-05T10:00:00+08:00');
let service: TestService;
let contract: Contract;
let position = '';

beforeAll(async () => {
  service = await startTestService({ eventStoreUrl: await startStore(), clock });
  makeKeyIn(keyFileIn(service.dataDir), '2024-08-01T00:00:00Z');
  contract = new Contract((await service.raw('/openapi.json')).body);
  const uses = EXAMPLES.filter(({ command }) => !['Refund', 'DeleteApp', 'BanAccount'].includes(command));
  for (const [i, { command, body }] of uses.entries()) {
    const { body: receipt } = await service.send(command, body, { key: `story-${i}` });
    position = typeof receipt['position'] === 'string' ? receipt['position'] : position;
  }
}, 60_000);

const ids = ['acme', 'acme-cn', '1400000001', '1400000002', '1400000003', 'nobody', 'x'];

const send = ({ operation, address, headers, body }: HostileRequest): Promise<Answer> =>
  service.raw(address, {
    method: operation.method.toUpperCase(),
    headers: { ...headers, authorization: `Bearer ${service.token}` },
    ...(body !== null && { body }),
  });

/** Everything that is wrong with an answer. */
const wrongWith = ({ operation }: HostileRequest, answer: Answer): readonly string[] => {
  const { status, body } = answer;
  // That it is not ready is what it is there to say.
  if (status === 503 && operation.path === '/readyz') return [];
  if (status >= 500) return [`answered ${status}: ${JSON.stringify(body)}`];
  return [...contract.problemsOf(operation, answer), ...(status >= 400 ? unnamed(status, body) : [])];
};

/** A refusal names its clause; what is malformed its fields; all else says in words what it is. */
const unnamed = (status: number, { type, title, detail, refusal, clause, errors }: Json): readonly string[] => {
  const problems: string[] = [];
  if (!/^\/problems\/[A-Za-z-]+$/.test(String(type)) || !title) problems.push(`${status} without a type and a title`);
  if (status === 400) {
    const fields = (errors ?? []) as readonly Json[];
    if (fields.length === 0) problems.push('400 that names nothing');
    for (const { field, rule, message } of fields)
      if (typeof field !== 'string' || !rule || !message) problems.push(`400 with ${JSON.stringify(errors)}`);
  } else if (refusal !== undefined ? !clause : !detail) problems.push(`${status} that does not say what is wrong`);
  return problems;
};

describe(`${COUNT} requests of the seed ${SEED} (FUZZ_SEED sends the same ones again)`, () => {
  it('break nothing, and each is told what is wrong with it', async () => {
    const requests = fc.sample(hostileRequests(contract.operations, { ids, position }), { seed: SEED, numRuns: COUNT });
    const wrong: object[] = [];
    const statuses = new Map<number, number>();
    let ofLines = 0;
    const queue = requests.values();
    const work = async (): Promise<void> => {
      for (const request of queue) {
        const isOfLines = JSON.stringify(request.operation.responses['200'] ?? {}).includes('ndjson');
        if (isOfLines && (ofLines += 1) > MOST_OF_LINES) continue;
        const answer = await send(request);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const problems = wrongWith(request, answer);
        const { address, headers, body, operation } = request;
        if (problems.length > 0)
          wrong.push({ method: operation.method, address, headers, body: body?.slice(0, 500), problems });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(wrong.slice(0, 10)).toEqual([]);
    // Requests that never got anywhere would show nothing.
    for (const status of [200, 201, 400, 404, 422]) expect(statuses.get(status) ?? 0).toBeGreaterThan(COUNT / 200);
    expect(await service.raw('/healthz')).toMatchObject({ status: 200, body: { quarantinedAccounts: 0 } });
  }, 600_000);
});
