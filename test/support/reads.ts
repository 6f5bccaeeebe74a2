/** What specs of reads need: services over each kind of database, and every page of a list. */
import { DATABASES, postgresUrl, type DatabaseKind } from '../../libs/read-models/src/testing/databases.js';
import type { Api, Json } from './api.js';
import { atTheEnd, startStore, startTestService, type TestClock, type TestService } from './service.js';

export { DATABASES };

/** How long a file's beginning may take on a machine that has other things to do. */
export const START_MS = 90_000;

/** A service of its own store, with its rows in a database of the kind. */
export const serviceOver = async (kind: DatabaseKind, clock: TestClock): Promise<TestService> => {
  const closing = new AsyncDisposableStack();
  atTheEnd(() => closing.disposeAsync());
  const eventStoreUrl = await startStore();
  if (kind === 'node:sqlite') return startTestService({ eventStoreUrl, clock });
  return startTestService({ eventStoreUrl, clock, databaseUrl: await postgresUrl(closing) });
};

/** Sends a command that must be accepted; its position, as a read takes it. */
export const done = async (api: Api, name: string, body: Json): Promise<string> => {
  const answer = await api.send(name, body);
  if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return encodeURIComponent(String(answer.body['position']));
};

/** The items of every page, and how many pages there were. */
export const allPages = async (
  api: Api,
  path: string,
  field: string,
): Promise<{ readonly items: readonly Json[]; readonly pages: number }> => {
  const items: Json[] = [];
  let pages = 0;
  for (let next: unknown = path; typeof next === 'string'; pages++) {
    const { status, body } = await api.get(next);
    if (status !== 200) throw new Error(`${next}: ${status} ${JSON.stringify(body)}`);
    items.push(...(body[field] as readonly Json[]));
    next = body['next'];
  }
  return { items, pages };
};
