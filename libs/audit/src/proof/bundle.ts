/** The evidence of an account in one file: its streams, the price books they name, and the state they lead to. */
import {
  accountStream,
  bookOf,
  evolve,
  iso,
  RULES_VERSION,
  type Account,
  type AccountEvent,
  type Instant,
  type PriceBook,
} from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, USAGE_EVENTS, type RecordedEvent } from '@ledger/event-store';
import { otherStreams, outlineOf, type ReadStream } from './account-outline.js';
import type { SigningKey } from './keys.js';
import { sealedLines, type Section } from './sealed-file.js';
import { stateView } from './state-view.js';

export const BUNDLE_FORMAT = 'ledger-evidence/1';
export const STATE = 'state';
export const streamSection = (stream: string): string => `stream ${stream}`;
export const bookSection = ({ id, revision }: PriceBook): string => `price-book ${id}@${revision}`;

export type BundleOf = {
  readonly read: ReadStream;
  readonly accountId: string;
  readonly storeId: string | null;
  readonly at: Instant;
  readonly key: SigningKey;
};

/** The lines of the bundle, as they are read; null where there is no such account. Throws what `read` throws. */
export const bundleOf = async (options: BundleOf): Promise<AsyncIterable<string> | null> => {
  const { read, accountId, storeId, at, key } = options;
  const outline = await outlineOf(read, accountId);
  if (outline.head === null) return null;
  const header = { format: BUNDLE_FORMAT, accountId, storeId, madeAt: iso(at), rules: RULES_VERSION };
  const { claims, usage } = otherStreams(outline, at);
  return sealedLines(header, sections(options, BigInt(outline.head.revision), [...claims, ...usage]), key);
};

async function* sections(
  { read, accountId, at }: BundleOf,
  head: bigint,
  others: readonly string[],
): AsyncGenerator<Section, void, undefined> {
  const folding = new Folding();
  const account = accountStream(accountId);
  yield { name: streamSection(account), lines: eventLines(read(account), (event) => folding.takes(event, head)) };
  for (const stream of others) {
    const events = read(stream)[Symbol.asyncIterator]();
    const first = await events.next();
    if (first.done === true) continue;
    const all = rest(first.value, events);
    yield { name: streamSection(stream), lines: eventLines(all, (event) => isWithin(event, head)) };
  }
  for (const book of folding.books()) yield { name: bookSection(book), lines: bookLines(book) };
  yield { name: STATE, lines: [folding.shownAt(at)] };
}

/** Usage that was decided with a later state of the account than the bundle has is of a later bundle. */
const isWithin = (recorded: RecordedEvent, head: bigint): boolean => {
  const decoded = decode(USAGE_EVENTS, recorded);
  return decoded.kind === 'unreadable' || BigInt(decoded.metadata.accountRevision ?? 0) <= head;
};

async function* rest<T>(first: T, others: AsyncIterator<T>): AsyncGenerator<T, void, undefined> {
  yield first;
  for (let next = await others.next(); next.done !== true; next = await others.next()) yield next.value;
}

async function* eventLines(
  events: AsyncIterable<RecordedEvent>,
  takes: (event: RecordedEvent) => boolean,
): AsyncGenerator<object, void, undefined> {
  for await (const recorded of events) {
    if (!takes(recorded)) return;
    const { revision, id, type, data, metadata } = recorded;
    yield { revision: String(revision), id, type, data, metadata };
  }
}

/** A line for each product, meter and tier, so that a changed row is a line. */
export function* bookLines({ packages, addOns, meters, history, ...book }: PriceBook): Generator<object> {
  yield { book };
  for (const row of packages) yield { package: row };
  for (const row of addOns) yield { addOn: row };
  for (const row of meters) yield { meter: row };
  for (const row of history) yield { history: row };
}

/** What the account's stream says on its way into the bundle: its state, and which books were used. */
class Folding {
  readonly #books = new Set<string>();
  #account: Account | null = null;
  #unreadable: string | null = null;

  /** Whether the event is within the bundle. */
  takes(recorded: RecordedEvent, head: bigint): boolean {
    if (recorded.revision > head) return false;
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') this.#unreadable ??= `revision ${recorded.revision}: ${decoded.reason}`;
    else if (this.#unreadable === null) this.#fold(decoded.event, recorded.revision);
    return true;
  }

  #fold(event: AccountEvent, revision: bigint): void {
    try {
      this.#account = evolve(this.#account, event);
      for (const book of booksIn(event)) this.#books.add(book);
    } catch (error) {
      this.#unreadable = `revision ${revision}: ${String(error)}`;
    }
  }

  books(): readonly PriceBook[] {
    return [...this.#books].toSorted().flatMap((id) => bookOf(id) ?? []);
  }

  shownAt(at: Instant): object {
    const account = this.#unreadable === null ? this.#account : null;
    return { state: account && stateView(account, at), unreadable: this.#unreadable };
  }
}

const booksIn = (event: AccountEvent): readonly string[] => {
  if (event.type === 'AppCreated') return [event.priceBook];
  if (event.type === 'PriceBookMigrated') return [event.from, event.to];
  if (event.type === 'Purchased' || event.type === 'Renewed') return [event.order.priceBook];
  return event.type === 'BillIssued' ? event.lines.map(({ book }) => book) : [];
};
