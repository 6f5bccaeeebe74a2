import { newId, type Json } from './support/api.js';
import { done, serviceOver, START_MS } from './support/reads.js';
import { TestClock, type TestService } from './support/service.js';

const clock = new TestClock('2024-08-01T10:00:00+08:00');
const [accountId, appId] = [newId('a'), newId('app')];
let service: TestService;
let document: Json;
let last: string;

/** An account of which every read has something to show. */
beforeAll(async () => {
  service = await serviceOver('node:sqlite', clock);
  await done(service, 'OpenAccount', { accountId, currency: 'USD' });
  await done(service, 'TopUp', { accountId, amount: '2500.00' });
  const voucher = { voucherId: 'v1', amount: '1.00', validUntil: '2025-01-01T00:00:00Z', products: ['standard'] };
  await done(service, 'IssueVoucher', { accountId, ...voucher });
  await done(service, 'CreateApp', { accountId, appId, dataCentre: 'singapore', priceBook: 'intl-2024' });
  await done(service, 'Purchase', { accountId, appId, product: 'standard', months: 3, vouchers: ['v1'] });
  await done(service, 'Purchase', { accountId, appId, product: 'desk', months: 3 });
  await service.send('Purchase', { accountId, appId, product: 'standard', months: 1 });
  clock.instantNow = '2024-08-06T22:00:00+08:00';
  await done(service, 'RecordUsage', {
    accountId,
    appId,
    samples: [{ meter: 'mau', day: '2024-08-06', value: 12_000 }],
  });
  clock.instantNow = '2024-09-04T10:00:00+08:00';
  await done(service, 'ChargeAccount', { accountId, amount: '2000.00', service: 'disk' });
  last = await done(service, 'DisableApp', { accountId, appId });
  document = (await service.raw('/openapi.json')).body;
}, START_MS);

/** Every documented read, and where an answer of it is. */
const READS: ReadonlyMap<string, string> = new Map([
  ['/v1/accounts', '/v1/accounts'],
  ['/v1/accounts/{id}', `/v1/accounts/${accountId}`],
  ['/v1/accounts/{id}/orders', `/v1/accounts/${accountId}/orders`],
  ['/v1/accounts/{id}/bills', `/v1/accounts/${accountId}/bills`],
  ['/v1/accounts/{id}/bills/{billId}/lines', `/v1/accounts/${accountId}/bills/${accountId}-2024-08/lines`],
  ['/v1/accounts/{id}/wallet', `/v1/accounts/${accountId}/wallet`],
  ['/v1/accounts/{id}/history', `/v1/accounts/${accountId}/history`],
  ['/v1/accounts/{id}/journal', `/v1/accounts/${accountId}/journal`],
  ['/v1/accounts/{id}/notices', `/v1/accounts/${accountId}/notices`],
  ['/v1/accounts/{id}/refusals', `/v1/accounts/${accountId}/refusals`],
  ['/v1/apps', '/v1/apps'],
  ['/v1/apps/{appId}', `/v1/apps/${appId}`],
  ['/v1/apps/{appId}/entitlements', `/v1/apps/${appId}/entitlements`],
  ['/v1/apps/{appId}/usage', `/v1/apps/${appId}/usage?month=2024-08`],
  ['/v1/timers', '/v1/timers'],
]);
/** What answers from rows; the rest from streams, which have what a receipt names. */
const OF_ROWS = [...READS].filter(([path]) => !/history|journal|notices|refusals/.test(path));

const at = (value: unknown, ...path: readonly string[]): Json =>
  path.reduce<Json>((found, name) => found[name] as Json, value as Json);

const withQuery = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`;

const schemaOf = (schema: Json): Json => {
  const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(String(schema['$ref'])) ?? [];
  return name === undefined ? schema : at(document, 'components', 'schemas', name);
};

/** Where an answer and its schema differ: fields that one has and the other has not, lists without anything to compare. */
const differences = (schema: Json, value: unknown, path: string): readonly string[] => {
  const { properties, items, type, required = [] } = schemaOf(schema);
  if (Array.isArray(value)) {
    if (value.length === 0)
      return /holds|raisedBy|features|will\.events|vouchers$/.test(path) ? [] : [`${path} is empty`];
    return [type].flat().includes('array')
      ? value.flatMap((item) => differences(items as Json, item, path))
      : [`${path} is a list`];
  }
  if (typeof value !== 'object' || value === null || properties === undefined) return [];
  const known = properties as { readonly [name: string]: Json };
  return [
    ...Object.keys(value).flatMap((name) => (known[name] ? [] : [`${path}.${name} is not documented`])),
    ...(required as readonly string[]).flatMap((name) => (name in value ? [] : [`${path}.${name} is missing`])),
    ...Object.entries(value).flatMap(([name, held]) =>
      known[name] ? differences(known[name], held, `${path}.${name}`) : [],
    ),
  ];
};

describe('every read', () => {
  it('is in the document, and the document has no other', () => {
    const documented = Object.entries(document['paths'] as Json)
      .filter(([, operations]) =>
        ['reads', 'entitlements'].some((tag) => JSON.stringify(operations).includes(`"tags":["${tag}"]`)),
      )
      .filter(([, operations]) => 'get' in (operations as object));
    expect(documented.map(([path]) => path).toSorted()).toEqual([...READS.keys()].toSorted());
  });

  it.each([...READS])('answers as it is documented: %s', async (path, address) => {
    const { status, body } = await service.get(withQuery(address, `minPosition=${last}`));
    expect(status).toBe(200);
    const schema = at(document, 'paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema');
    expect(differences(schema, body, '')).toEqual([]);
  });

  it.each([...READS])('takes a position, and names what it does not take: %s', async (path, address) => {
    const parameters = at(document, 'paths', path, 'get')['parameters'];
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'minPosition', in: 'query', required: false }));
    const { status, body } = await service.get(withQuery(address, 'minPosition=soon&colour=red'));
    expect(status).toBe(400);
    expect((body['errors'] as readonly Json[]).map(({ field }) => field)).toEqual(['minPosition', 'colour']);
  });

  it('from rows says how far they are, when a position does not come', async () => {
    const far = `${'9'.repeat(18)}/${'9'.repeat(18)}`;
    const answers = await Promise.all(OF_ROWS.map(([, path]) => service.get(withQuery(path, `minPosition=${far}`))));
    expect(answers).toHaveLength(11);
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 503,
        body: {
          type: 'urn:subscription-ledger:problem:not-projected-yet',
          lag: { minPosition: far, projected: expect.stringMatching(/^\d+\/\d+$/) },
        },
      });
  });

  it('needs the token', async () => {
    for (const path of READS.values()) expect(await service.raw(path)).toMatchObject({ status: 401 });
  });
});

describe('a check of entitlements', () => {
  it('answers as it is documented', async () => {
    const path = `/v1/apps/${appId}/entitlements/check?at=2024-09-04T09:59:59%2B08:00`;
    const headers = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
    const questions = [{ ask: 'limit', limit: 'groupsPerUser', wanted: 501 }];
    const { status, body } = await service.raw(path, { method: 'POST', headers, body: JSON.stringify({ questions }) });
    expect(status).toBe(200);
    const operation = at(document, 'paths', '/v1/apps/{appId}/entitlements/check', 'post');
    const schema = at(operation, 'responses', '200', 'content', 'application/json', 'schema');
    expect(differences(schema, body, '')).toEqual([]);
    expect(body['answers']).toMatchObject([{ allowed: false, raisedBy: [{ product: 'premium' }] }]);
    const asked = at(operation, 'requestBody', 'content', 'application/json', 'schema', 'properties', 'questions');
    expect(asked).toMatchObject({ type: 'array', items: { oneOf: expect.arrayContaining([expect.any(Object)]) } });
  });
});
