import { COMMAND_ROLES } from '../apps/ledger/src/access/command-roles.js';
import { ROLES, type Role } from '../apps/ledger/src/http/roles.js';
import { Contract, type Operation } from './support/contract.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const NOW = '2024-08-05T10:00:00+08:00';
const LATER = '2024-08-05T11:00:00+08:00';
const clock = new TestClock(NOW);
let service: TestService;
let contract: Contract;
const tokens = new Map<Role, string>();

const issue = async (body: object): Promise<string> => {
  const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
  const answer = await service.raw('/v1/tokens', { method: 'POST', headers, body: JSON.stringify(body) });
  return String(answer.body['token']);
};

beforeAll(async () => {
  service = await startTestService({ eventStoreUrl: await startStore(), clock });
  contract = new Contract((await service.raw('/openapi.json')).body);
  for (const role of ROLES) tokens.set(role, await issue({ role }));
}, 60_000);

/** The status of an operation that is asked with nothing in it but who asks. */
const statusOf = async ({ method, path, body }: Operation, token: string | null): Promise<number> => {
  const { status } = await service.raw(path.replace(/\{\w+\}/g, 'nobody'), {
    method: method.toUpperCase(),
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': body.type }),
    },
    ...(body && { body: '{}' }),
  });
  return status;
};

const guarded = (): readonly Operation[] => contract.operations.filter(({ isPublic }) => !isPublic);

const nameOf = ({ method, path }: Operation): string => `${method.toUpperCase()} ${path}`;

/** Every operation but the public ones whose status is another one. */
const wrongly = async (expected: number, token: string | null): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const operation of guarded()) {
    const status = await statusOf(operation, token);
    if (status !== expected) wrong.push(`${nameOf(operation)}: ${status}`);
  }
  return wrong;
};

describe('every route but those of health and documentation', () => {
  it('is there to be asked', () => expect(guarded().length).toBeGreaterThan(40));

  it('answers 401 without a token', async () => expect(await wrongly(401, null)).toEqual([]));

  it('answers 401 to a token that was changed', async () => {
    const token = tokens.get('admin') ?? '';
    expect(await wrongly(401, `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`)).toEqual([]);
  });

  it('answers 401 to a token that has expired', async () => {
    const token = await issue({ role: 'admin', expiresAt: LATER });
    clock.instantNow = LATER;
    const wrong = await wrongly(401, token);
    clock.instantNow = NOW;
    expect(wrong).toEqual([]);
  });

  it('answers 403 to a role that may not, and neither to one that may', async () => {
    const wrong: string[] = [];
    for (const operation of guarded())
      for (const [role, token] of tokens) {
        const status = await statusOf(operation, token);
        const isForbidden = status === 401 || status === 403;
        if (isForbidden === operation.roles?.includes(role)) wrong.push(`${nameOf(operation)} as ${role}: ${status}`);
      }
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('the roles', () => {
  const commandsOf = (role: Role): readonly string[] =>
    Object.entries(COMMAND_ROLES).flatMap(([name, roles]) => (roles.includes(role) ? [name] : []));

  it('of operators send every command but three', () => {
    const forbidden = Object.keys(COMMAND_ROLES).filter((name) => !commandsOf('ops').includes(name));
    expect(forbidden.toSorted()).toEqual(['BanAccount', 'EraseContact', 'GrantGift']);
  });

  it('of meters, payments, readers and auditors send these', () => {
    expect(commandsOf('meter')).toEqual(['RecordUsage', 'CorrectUsage']);
    expect(commandsOf('payments')).toEqual(['TopUp', 'ChargeAccount']);
    expect(commandsOf('reader')).toEqual([]);
    expect(commandsOf('auditor')).toEqual([]);
    expect(commandsOf('admin')).toEqual(Object.keys(COMMAND_ROLES));
  });

  it('are published with each operation', () => {
    for (const [name, roles] of Object.entries(COMMAND_ROLES)) expect(contract.operation(name).roles).toEqual(roles);
  });
});
