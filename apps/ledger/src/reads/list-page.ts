/** Pages of rows: the cursor as it goes out and comes in, and the link to the next page. */
import { WRONG_CURSOR, type Cursor, type Page } from '@ledger/read-models';
import { malformed } from '../http/problem.js';
import { limit, type Asked, type Parameter } from './query.js';

const MESSAGE = 'give the after of the link to the next page as it is, with the filters of that link';

const written = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

const cursorOf = (text: string): Cursor | undefined => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const isCursor = Array.isArray(parsed) && parsed.every((part) => typeof part === 'string');
    return isCursor ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const AFTER: Parameter<Cursor | null> = {
  rule: 'cursor',
  message: MESSAGE,
  read: cursorOf,
  missing: null,
  schema: { type: 'string' },
  description: 'where the page begins: an opaque text from the link to it',
};

/** The parameters of every page of rows. */
export const LIST_PAGE = { after: AFTER, limit };

export type ListAsked = Asked<typeof LIST_PAGE>;

/** The rows and the link to the next page, which asks for the same; null on the last page. */
export const listPage = <T>(
  path: string,
  asked: ListAsked & { readonly [name: string]: Cursor | string | number | boolean | null },
  page: Page<T> | typeof WRONG_CURSOR,
): { readonly items: readonly T[]; readonly next: string | null } => {
  if (page === WRONG_CURSOR) throw malformed([{ field: 'after', rule: 'cursor', message: MESSAGE }]);
  const { items, next } = page;
  if (next === null) return { items, next };
  const query = new URLSearchParams({ after: written(next) });
  for (const [name, value] of Object.entries(asked)) if (typeof value !== 'object') query.set(name, String(value));
  return { items, next: `${path}?${query.toString()}` };
};
