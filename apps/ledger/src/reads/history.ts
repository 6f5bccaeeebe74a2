import { accountStream } from '@ledger/domain';
import { positionText, type EventStore, type RecordedEvent } from '@ledger/event-store';
import type { HistoryEventDto, HistoryPageDto } from './answers.dto.js';

export type PageAsked = {
  /** The revision of the last event that the reader has; null for the first page. */
  readonly after: bigint | null;
  readonly limit: number;
};

/** A page of an account's stream, from the store's leader; null where there is no such stream. Throws a StoreError. */
export const historyOf = async (
  store: EventStore,
  accountId: string,
  { after, limit }: PageAsked,
): Promise<HistoryPageDto | null> => {
  const from = after === null ? 0n : after + 1n;
  const read = await eventsFrom(store, accountId, from, limit + 1);
  if (read.length === 0 && (from === 0n || (await eventsFrom(store, accountId, 0n, 1)).length === 0)) return null;
  const events = read.slice(0, limit).map(shown);
  const last = events.at(-1)?.revision;
  const more = read.length > limit && last !== undefined;
  return { accountId, events, next: more ? `/v1/accounts/${accountId}/history?after=${last}&limit=${limit}` : null };
};

const eventsFrom = async (
  store: EventStore,
  accountId: string,
  from: bigint,
  limit: number,
): Promise<readonly RecordedEvent[]> => {
  const read: RecordedEvent[] = [];
  for await (const recorded of store.read(accountStream(accountId), { from, limit, requiresLeader: true }))
    read.push(recorded);
  return read;
};

const shown = ({ revision, position, id, type, data, metadata }: RecordedEvent): HistoryEventDto => ({
  revision: String(revision),
  position: positionText(position),
  id,
  type,
  data,
  metadata,
});
