import { jest } from '@jest/globals';
import { trace, type Tracer } from '@opentelemetry/api';
import { historyOf, newId, openedAccount, type Json } from './support/api.js';
import { sendBatch } from './support/batches.js';
import { atTheEnd, startStore, startTestService, temporaryFolder, until } from './support/service.js';
import { startServing, type Serving } from './support/serving.js';

const EMAIL = 'someone.special@example.com';
const PHONE = '+6591234567';

const start = async (env: Readonly<Record<string, string>>): Promise<Serving> =>
  startServing(await temporaryFolder(), env);

/** Everything that a caller may send and that is nobody's to read. */
const sendSecrets = async (api: Serving, accountId: string): Promise<void> => {
  const authorization = `Bearer ${api.token}`;
  await api.send('SetContact', { accountId, email: EMAIL, phone: PHONE });
  await api.send('SetContact', { accountId: EMAIL, email: 5, phone: PHONE, [EMAIL]: 1 });
  await api.send('SetContact', { accountId: newId('unknown'), email: EMAIL });
  await api.send('SetContact', `{ "email": "${EMAIL}"`);
  await api.get(`/v1/accounts/${EMAIL}?email=${EMAIL}`);
  await api.raw(`/no/such/${EMAIL}`, { headers: { authorization, 'x-correlation-id': EMAIL } });
  await api.raw('/v1/accounts', { headers: { authorization: `${authorization}x`, 'user-agent': EMAIL } });
  const body = `{"command":"SetContact","body":{"accountId":"${accountId}","email":"${EMAIL}"}}\n{"${EMAIL}":1}`;
  await sendBatch(api, api.token, { batchId: newId('batch'), body });
};

/** Processes are started, on a machine that may have other things to do. */
jest.setTimeout(120_000);

/** All that a service has said that was sent commands and secrets. */
const saidOf = async (format: string): Promise<{ readonly said: readonly string[]; readonly accountId: string }> => {
  const api = await start({ LOG_FORMAT: format, LOG_LEVEL: 'debug' });
  const { accountId, appId } = await openedAccount(api);
  await api.send('BlockRefunds', { accountId, appId: `${appId}-x` });
  await sendSecrets(api, accountId);
  expect(await api.running.end('SIGTERM')).toBe(0);
  const { said } = api.running;
  for (const secret of [EMAIL, 'someone.special', PHONE, api.token]) expect(said.join('\n')).not.toContain(secret);
  return { said, accountId };
};

describe('the log of a service', () => {
  it('says which commands came and what became of them, and no secret, in JSON', async () => {
    const { said, accountId } = await saidOf('json');
    const lines = said.map((line) => JSON.parse(line) as Json);
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'command', command: 'OpenAccount', accountId, outcome: 'done', level: 'info' }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ command: 'BlockRefunds', outcome: 'refused', refusal: 'AppUnknown', clause: 'P-1.3' }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'request', route: '/v1/accounts/:id', status: 400 }));
    expect(lines.filter(({ command }) => command === 'SetContact')).toHaveLength(3);
  });

  it('says the same to people, and no secret', async () => {
    const { said } = await saidOf('human');
    expect(said.join('\n')).toMatch(/^\d\d:\d\d:\d\d command command=TopUp accountId=\S+ outcome=done ms=/m);
  });
});

describe('a request', () => {
  it('has a correlation id, which is answered, logged and in its events', async () => {
    const api = await start({ LOG_FORMAT: 'json' });
    const accountId = newId('a');
    const answer = await api.raw('/v1/commands/OpenAccount', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.token}`,
        'content-type': 'application/json',
        'idempotency-key': newId('key'),
        'x-correlation-id': 'order-17',
      },
      body: JSON.stringify({ accountId, currency: 'USD' }),
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-correlation-id')).toBe('order-17');
    const [event] = await historyOf(api, accountId);
    expect(event).toMatchObject({ metadata: { correlationId: 'order-17' } });
    await api.running.says(/"command":"OpenAccount".*"correlationId":"order-17"/);
    const made = (await api.raw('/healthz')).headers.get('x-correlation-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(await api.running.end('SIGTERM')).toBe(0);
  });
});

describe('what the service counts', () => {
  it('are commands by outcome, appends, batches of rows and the lag', async () => {
    const service = await startTestService({ eventStoreUrl: await startStore() });
    const { accountId, appId } = await openedAccount(service);
    await service.send('BlockRefunds', { accountId, appId: `${appId}-x` });
    const read = await service.send('TopUp', { accountId, amount: '1.00' }, { key: 'k' });
    await service.send('TopUp', { accountId, amount: '1.00' }, { key: 'k' });
    await service.get(`/v1/accounts/${accountId}?minPosition=${String(read.body['position'])}`);
    const authorization = `Bearer ${service.token}`;
    const { body } = await service.raw('/metrics', { headers: { authorization } });
    const text = String(body['text']);
    for (const line of [
      'ledger_commands_total{command="TopUp",outcome="done"} 2',
      'ledger_commands_total{command="TopUp",outcome="replayed"} 1',
      'ledger_commands_total{command="BlockRefunds",outcome="refused"} 1',
      'ledger_refusals_total{refusal="AppUnknown"} 1',
      'ledger_command_seconds_count{outcome="done"} 4',
      'ledger_projected_events_total 4',
      'ledger_projection_lag_seconds 0',
      'ledger_projection_lag_events 0',
      'ledger_projector_state{state="live"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/^ledger_append_seconds_count\{outcome="appended"\} \d+$/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).not.toContain(accountId);
  });

  it('is ready with both its sources, and says which store it has', async () => {
    const service = await startTestService({ eventStoreUrl: await startStore() });
    expect(await service.raw('/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready', store: 'ok', database: 'ok', storeId: expect.any(String), lag: { events: 0 } },
    });
  });
});

describe('whoever attaches OpenTelemetry', () => {
  it('sees spans of commands, appends and batches of rows', async () => {
    const ended: string[] = [];
    const attributes: object[] = [];
    const tracer = { ...trace.getTracer('none') };
    const recording: Tracer = {
      ...tracer,
      startSpan: (name) => spanOf(name),
      startActiveSpan: (name: string, ...more: readonly unknown[]) => {
        const work = more.at(-1) as (span: ReturnType<typeof spanOf>) => never;
        return work(spanOf(name));
      },
    };
    const spanOf = (name: string) => {
      const span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 });
      span.end = () => void ended.push(name);
      span.setAttributes = (more) => {
        attributes.push(more);
        return span;
      };
      return span;
    };
    trace.setGlobalTracerProvider({ getTracer: () => recording });
    atTheEnd(() => trace.disable());
    const service = await startTestService({ eventStoreUrl: await startStore() });
    const accountId = newId('a');
    const { body } = await service.send('OpenAccount', { accountId, currency: 'USD' });
    await service.get(`/v1/accounts/${accountId}?minPosition=${String(body['position'])}`);
    await until(async () => Promise.resolve(ended.includes('projection batch')));
    expect(ended).toEqual(expect.arrayContaining(['append', 'command OpenAccount', 'projection batch']));
    expect(ended.indexOf('append')).toBeLessThan(ended.indexOf('command OpenAccount'));
    expect(attributes).toContainEqual({ 'ledger.outcome': 'done' });
  });
});
