import { keyFileIn, makeKeyIn } from '@ledger/audit';
import { parseCommand } from '@ledger/contract';
import { COMMAND_REFUSALS, REFUSALS, type CommandName } from '@ledger/domain';
import { EXAMPLES } from '../apps/ledger/src/commands/examples.js';
import { PROBLEMS } from '../apps/ledger/src/problems/problem-types.js';
import type { Answer, Json } from './support/api.js';
import { Contract, type Operation } from './support/contract.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-05T10:00:00+08:00');
let service: TestService;
let contract: Contract;
/** What the story was answered, in its order. */
const told: Answer[] = [];

/** The whole story of the examples, a minute between two commands; until the account that has an app is no more. */
beforeAll(async () => {
  service = await startTestService({ eventStoreUrl: await startStore(), clock });
  contract = new Contract((await service.raw('/openapi.json')).body);
  for (const [i, { command, body }] of EXAMPLES.entries()) {
    clock.instantNow = new Date(Date.parse('2024-08-05T10:00:00+08:00') + i * 60_000).toISOString();
    told.push(await service.send(command, body, { key: `story-${i}` }));
  }
}, 60_000);

const each = (of: (operation: Operation) => readonly string[]): readonly string[] => contract.operations.flatMap(of);

describe('the OpenAPI document', () => {
  it('is of version 3.1 and describes every tag', () => {
    const { openapi, tags, info } = contract.document;
    expect(openapi).toBe('3.1.0');
    expect(info).toMatchObject({ description: expect.stringContaining('Idempotency-Key') });
    const described = new Set((tags as readonly Json[]).map(({ name, description }) => description && name));
    expect(each(({ tags: used }) => used.filter((tag) => !described.has(tag)))).toEqual([]);
  });

  it('says of every operation what it does, who may use it, and what each parameter means', () => {
    const missing = each(({ path, method, summary, tags, isPublic, roles, parameters }) => [
      ...(summary.length > 10 ? [] : [`${method} ${path} has no summary`]),
      ...(tags.length === 1 ? [] : [`${method} ${path} has not one tag`]),
      ...(isPublic || (roles ?? []).includes('admin') ? [] : [`${method} ${path} does not say who may use it`]),
      ...parameters.filter(({ description = '' }) => description === '').map(({ name }) => `${path}: ${name}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('leaves nothing open but health and documentation', () => {
    const open = contract.operations.filter(({ isPublic }) => isPublic);
    expect(new Set(open.flatMap(({ tags }) => tags))).toEqual(new Set(['health', 'documentation']));
  });

  it('gives every operation a name of its own', () => {
    const names = contract.operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['Purchase', 'getAccountsById', 'getAppsByAppIdEntitlements']));
    for (const name of names) expect(name).toMatch(/^[A-Za-z]\w+$/);
  });

  it('has a schema that is one for every body and every answer', () => {
    for (const { path, method, body, responses } of contract.operations) {
      if (body) contract.validator('paths', path, method, 'requestBody', 'content', body.type, 'schema');
      for (const [status, { description, content = {} }] of Object.entries(responses)) {
        expect(description).not.toBe('');
        for (const type of Object.keys(content).filter((one) => one.endsWith('json') && !one.includes('ndjson')))
          contract.validator('paths', path, method, 'responses', status, 'content', type, 'schema');
      }
    }
  });

  it('documents every refusal of every command as a problem type with a page', () => {
    for (const [name, refusals] of Object.entries(COMMAND_REFUSALS)) {
      const { responses } = contract.operation(name);
      const documented = JSON.stringify([responses['404'], responses['422']]);
      for (const refusal of refusals) expect(documented).toContain(`(/problems/${refusal})`);
    }
  });
});

describe('the examples', () => {
  it('have every command', () => {
    expect(new Set(EXAMPLES.map(({ command }) => command))).toEqual(new Set(Object.keys(COMMAND_REFUSALS)));
    for (const { command, body } of EXAMPLES) {
      expect(parseCommand(command, body)).toHaveProperty('command');
      const operation = contract.operation(command);
      expect(operation.body?.examples).toContainEqual(body);
      expect(contract.problemsOfExample(operation, 'application/json', body)).toEqual([]);
    }
  });

  it('are all accepted, one after the other, and answered as documented', () => {
    const answers = told.map(({ status, body }, i) => ({
      command: EXAMPLES[i]?.command,
      status,
      refusal: body['refusal'],
    }));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    const wrong = told.flatMap((answer, i) =>
      contract.problemsOf(contract.operation(EXAMPLES[i]?.command ?? ''), answer),
    );
    expect(wrong).toEqual([]);
  });

  it('can be shown before they are sent', async () => {
    const wrong: string[] = [];
    for (const { command, body } of EXAMPLES) {
      const shown = await service.send(command, body, { query: '?dryRun=true' });
      wrong.push(...contract.problemsOf(contract.operation(command), shown));
    }
    expect(wrong).toEqual([]);
  });
});

/** With the examples of its path's parameters; the bill of the story's month comes when the month is over. */
const addressOf = ({ path, parameters }: Operation): string =>
  parameters.reduce(
    (address, { name, in: where, example = 'none' }) =>
      where === 'path' ? address.replace(`{${name}}`, example) : address,
    path,
  ) + queryOf(parameters);

const queryOf = (parameters: Operation['parameters']): string => {
  const given = parameters.flatMap(({ name, in: where, schema }) => {
    const [example] = (schema['examples'] ?? []) as readonly string[];
    return where === 'query' && example !== undefined ? [[name, example]] : [];
  });
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
};

describe('every read', () => {
  beforeAll(async () => {
    clock.instantNow = '2024-09-03T10:00:00+08:00';
    makeKeyIn(keyFileIn(service.dataDir), clock.instantNow);
    const batch = { command: 'TopUp', body: { accountId: 'acme', amount: '1.00' } };
    const sent = await service.raw('/v1/batches', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/x-ndjson',
        'batch-id': 'renewals-2024-09',
      },
      body: JSON.stringify(batch),
    });
    if (sent.status !== 200) throw new Error(`the batch: ${sent.status}`);
    await service.send('Purchase', { accountId: 'acme', appId: 'nobody-has-it', product: 'standard', months: 1 });
    const position = String((await service.send('TopUp', { accountId: 'acme', amount: '1.00' })).body['position']);
    await service.get(`/v1/accounts?minPosition=${encodeURIComponent(position)}`);
  });

  it('answers as documented, asked from the document alone', async () => {
    const reads = contract.operations.filter(({ method, body }) => method === 'get' && body === null);
    const answers = await Promise.all(
      reads.map(async (operation) => ({ operation, answer: await service.get(addressOf(operation)) })),
    );
    expect(answers.flatMap(({ operation, answer }) => contract.problemsOf(operation, answer))).toEqual([]);
    const unanswered = answers.filter(({ answer }) => answer.status !== 200).map(({ operation }) => operation.path);
    expect(unanswered).toEqual([]);
  });

  it('of what is not there, or asked wrongly, answers as documented', async () => {
    const reads = contract.operations.filter(({ method, path }) => method === 'get' && path.startsWith('/v1/'));
    const wrong: string[] = [];
    for (const operation of reads) {
      const missing = operation.path.replace(/\{\w+\}/g, 'nobody-has-it');
      wrong.push(...contract.problemsOf(operation, await service.get(missing)));
      const asked = await service.get(`${addressOf(operation)}?colour=red`);
      wrong.push(...contract.problemsOf(operation, asked));
    }
    expect(wrong).toEqual([]);
  });
});

describe('the page of a problem', () => {
  it.each([...Object.keys(REFUSALS), ...Object.keys(PROBLEMS)])('says what %s means and what to do', async (name) => {
    const answer = await service.raw(`/problems/${name}`);
    expect(answer).toMatchObject({ status: 200, body: { type: `/problems/${name}` } });
    expect(contract.problemsOf(contract.operation('getProblemsByName'), answer)).toEqual([]);
    const { meaning, whatToDo } = answer.body;
    expect(String(meaning).length).toBeGreaterThan(10);
    expect(String(whatToDo).length).toBeGreaterThan(10);
  });

  it.each(Object.entries(REFUSALS))('of the refusal %s has the text of clause %s', async (name, clause) => {
    const { body } = await service.raw(`/problems/${name}`);
    expect(body).toMatchObject({ clause: { id: clause, text: expect.stringMatching(/\w{3}/) } });
    const commands = Object.keys(COMMAND_REFUSALS).filter((command) =>
      COMMAND_REFUSALS[command as CommandName].some((refusal) => refusal === name),
    );
    expect(body['commands']).toEqual(commands);
    expect(commands).not.toEqual([]);
  });

  it('is a page for a browser, and JSON for a program', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
    const page = await service.raw('/problems/AlreadyIncluded', { headers: browser });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('vary')).toContain('Accept');
    expect(page.body['text']).toContain('<h1>Refused: AlreadyIncluded (P-2.8)</h1>');
    const index = await service.raw('/problems', { headers: browser });
    expect(index.body['text']).toContain('<a href="/problems/TermRunning">');
    const both = { accept: 'application/json, text/html;q=0.5' };
    expect((await service.raw('/problems/AppUnknown', { headers: both })).headers.get('content-type')).toMatch(/json/);
  });

  it('is where the type of a problem leads, and others are not there', async () => {
    const refused = await service.send('TopUp', { accountId: 'nobody', amount: '1.00' });
    expect(await service.raw(String(refused.body['type']))).toMatchObject({ status: 200 });
    for (const name of ['Nothing', '__proto__', '..%2f', '%3Cscript%3E'])
      expect(await service.raw(`/problems/${name}`)).toMatchObject({ status: 404 });
  });
});
