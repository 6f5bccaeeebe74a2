/** What the tests say to a running service. */
import { randomUUID } from 'node:crypto';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Json };
/** JSON whose shape the expectations check. */
export type Json = { readonly [name: string]: unknown };

export type Api = {
  readonly url: string;
  /** Sends a command; without a key under a new one. */
  send(name: string, body: unknown, options?: { readonly key?: string; readonly query?: string }): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** A request as it is, without the token. */
  raw(path: string, init?: RequestInit): Promise<Answer>;
};

export const apiOf = (url: string, token: string): Api => {
  const raw = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as Json) : { text } };
  };
  const authorization = `Bearer ${token}`;
  return {
    url,
    raw,
    get: (path) => raw(path, { headers: { authorization } }),
    send: (name, body, { key = randomUUID(), query = '' } = {}) =>
      raw(`/v1/commands/${name}${query}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
};

/** An id that no other test has, also in a store that is shared. */
export const newId = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 13)}`;

export type Names = { readonly accountId: string; readonly appId: string };

/** An account with 1,000 USD and an app on Trial. */
export const openedAccount = async (api: Api, amount = '1000.00'): Promise<Names> => {
  const names = { accountId: newId('a'), appId: newId('app') };
  const { accountId } = names;
  const answers = [
    await api.send('OpenAccount', { accountId, currency: 'USD' }),
    await api.send('TopUp', { accountId, amount }),
    await api.send('CreateApp', { ...names, dataCentre: 'singapore', priceBook: 'intl-2024' }),
  ];
  for (const { status, body } of answers) if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return names;
};

/** The whole history of an account, over all its pages. */
export const historyOf = async (api: Api, accountId: string): Promise<readonly Json[]> => {
  const events: Json[] = [];
  let next: unknown = `/v1/accounts/${accountId}/history?limit=50`;
  while (typeof next === 'string') {
    const { status, body } = await api.get(next);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    events.push(...(body['events'] as readonly Json[]));
    next = body['next'];
  }
  return events;
};

export const typesOf = (events: readonly Json[]): readonly unknown[] => events.map(({ type }) => type);
