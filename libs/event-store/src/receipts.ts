/** What a command did, told the same way when it happens and when it is asked for again. */
import type { ItemResult } from '@ledger/domain';
import type { KnownCommand } from './command-memory.js';
import { ACCOUNT_EVENTS } from './catalogue.js';
import { decode } from './codec.js';
import type { Committed } from './commit.js';
import { revisionText } from './fold.js';
import type { Fold } from './fold.js';
import { isObject } from './json.js';
import { isMetadata } from './metadata.js';
import type { RefusedItem } from './metadata.js';
import type { Receipt, ReceiptEvent } from './outcome.js';
import { positionText } from './port.js';
import type { EventStore, RecordedEvent } from './port.js';
import { unavailable } from './interruption.js';

export const receiptOf = (
  accountId: string,
  { fold: { stream }, first, sealed, position }: Committed<unknown>,
  items: readonly ItemResult[] | undefined,
): Receipt => ({
  accountId,
  stream,
  revision: String(first + BigInt(sealed.length - 1)),
  position: position === null ? null : positionText(position),
  events: sealed.map(({ stored: { type, id, data } }, index) => {
    const revision = String(first + BigInt(index));
    return { type, id, stream, revision, data };
  }),
  ...(items === undefined ? {} : { items }),
});

/** Of a command that changed nothing. */
export const emptyReceipt = (
  accountId: string,
  fold: Fold<unknown>,
  items: readonly ItemResult[] | undefined,
): Receipt => ({
  accountId,
  stream: fold.stream,
  revision: revisionText(fold),
  position: null,
  events: [],
  ...(items === undefined ? {} : { items }),
});

/** The receipt of an append that stands in the stream. */
export const firstReceipt = async (
  store: EventStore,
  accountId: string,
  stream: string,
  { first, last }: Standing,
): Promise<Receipt> => {
  const receipt = await standingReceipt(store, accountId, stream, { first, last });
  if (receipt === null) throw unavailable(`${stream} has no event ${first} any more`);
  return receipt;
};

type Standing = Pick<KnownCommand, 'first' | 'last'>;

/** Null where the events are gone, as a contact's are when it is set again or erased. */
export const standingReceipt = async (
  store: EventStore,
  accountId: string,
  stream: string,
  { first, last: end }: Standing,
): Promise<Receipt | null> => {
  const limit = Number(end - first) + 1;
  const recorded: RecordedEvent[] = [];
  for await (const event of store.read(stream, { from: first, limit, requiresLeader: true })) recorded.push(event);
  const last = recorded.at(-1);
  if (last === undefined || recorded[0]?.revision !== first) return null;
  const items = itemsOf(recorded);
  return {
    accountId,
    stream,
    revision: String(last.revision),
    position: positionText(last.position),
    events: recorded.map(receiptEvent),
    ...(items === null ? {} : { items }),
  };
};

const receiptEvent = ({ type, id, stream, revision, data }: RecordedEvent): ReceiptEvent => ({
  type,
  id,
  stream,
  revision: String(revision),
  data: isObject(data) ? data : {},
});

/** The refused items of a batch, for the metadata of its first event. */
export const refusedItems = (items: readonly ItemResult[] | undefined): readonly RefusedItem[] =>
  (items ?? []).flatMap((result, item) => ('refusal' in result ? [{ item, result }] : []));

/** The items of a `RenewBatch` in their order: the refused ones from the metadata, the others from their events. */
const itemsOf = (recorded: readonly RecordedEvent[]): readonly ItemResult[] | null => {
  const metadata = recorded[0]?.metadata;
  if (!isMetadata(metadata) || metadata.command?.name !== 'RenewBatch') return null;
  const refused = new Map(metadata.refusedItems?.map(({ item, result }) => [item, result]));
  const ordered = recorded.flatMap(orderOf);
  const count = refused.size + ordered.length;
  return Array.from({ length: count }, (_, item) => refused.get(item) ?? ordered.shift()).filter(
    (item) => item !== undefined,
  );
};

const orderOf = (recorded: RecordedEvent): readonly ItemResult[] => {
  const decoded = decode(ACCOUNT_EVENTS, recorded);
  if (decoded.kind === 'unreadable' || decoded.event.type !== 'Renewed') return [];
  const { appId, order } = decoded.event;
  return [{ appId, product: order.product, orderId: order.orderId }];
};
