/** Pages of a stream, from the store's leader. */
import type { EventStore, RecordedEvent } from '@ledger/event-store';
import { limit, oneOf, type Asked, type Parameter } from './query.js';

const REVISION: Parameter<bigint | null> = {
  rule: 'revision',
  message: 'give the revision of an event',
  read: (text) => (/^\d{1,18}$/.test(text) ? BigInt(text) : undefined),
  missing: null,
  schema: { type: 'string', pattern: String.raw`^\d{1,18}$` },
  description: 'the revision of the last event seen; the page goes on from there',
};

/** The parameters of every page of a stream. */
export const STREAM_PAGE = {
  after: REVISION,
  limit,
  order: oneOf(['oldest-first', 'newest-first'], 'oldest-first by default'),
};

export type PageAsked = Asked<typeof STREAM_PAGE>;

export type StreamPage<T> = {
  readonly items: readonly T[];
  /** The revision after which the next page goes on; null on the last one. */
  readonly next: bigint | null;
};

const READ_AT_ONCE = 500;

/** A page that finds little is cut short rather than read on through a whole history; it has a next one then. */
const MOST_READ = 5000;

/** The events that `pick` makes something of, in the order asked for. Throws a StoreError. */
export const streamPage = async <T>(
  store: EventStore,
  stream: string,
  { after, limit: most, order }: PageAsked,
  pick: (recorded: RecordedEvent) => T | null,
): Promise<StreamPage<T>> => {
  const direction = order === 'newest-first' ? 'backwards' : 'forwards';
  const step = direction === 'forwards' ? 1n : -1n;
  const items: T[] = [];
  let [last, seen] = [after, after];
  let read = 0;
  while (read < MOST_READ) {
    const from = seen === null ? null : seen + step;
    if (from !== null && from < 0n) return { items, next: null };
    const atOnce = read === 0 ? most + 1 : READ_AT_ONCE;
    let found = 0;
    const options = { ...(from !== null && { from }), direction, limit: atOnce, requiresLeader: true } as const;
    for await (const recorded of store.read(stream, options)) {
      found += 1;
      const item = picked(recorded, pick, items.length > 0);
      if (item === UNREADABLE) return { items, next: last };
      if (item !== null && items.length === most) return { items, next: last };
      if (item !== null) items.push(item);
      seen = recorded.revision;
      if (item !== null) last = seen;
    }
    if (found < atOnce) return { items, next: null };
    read += found;
  }
  return { items, next: seen };
};

const UNREADABLE = Symbol('unreadable');

/** What cannot be read is for the page that begins with it to say; what stands before it can be shown. */
const picked = <T>(
  recorded: RecordedEvent,
  pick: (recorded: RecordedEvent) => T | null,
  hasItems: boolean,
): T | null | typeof UNREADABLE => {
  try {
    return pick(recorded);
  } catch (error) {
    if (hasItems) return UNREADABLE;
    throw error;
  }
};

/** Where the next page is. */
export const nextPage = (path: string, { limit: most, order }: PageAsked, next: bigint | null): string | null =>
  next === null ? null : `${path}?after=${next}&limit=${most}${order === null ? '' : `&order=${order}`}`;
