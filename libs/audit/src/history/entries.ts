/** An account's stream as it stands with the store's leader: one read, from its first event on. */
import { accountStream, type AccountEvent } from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type EventStore, type Metadata } from '@ledger/event-store';
import { NotAnswerable } from './not-answerable.js';

/** All that the audit asks of a store: it reads streams and writes nothing. */
export type Streams = Pick<EventStore, 'read'>;

export type Entry = {
  readonly revision: bigint;
  readonly id: string;
  readonly event: AccountEvent;
  readonly metadata: Metadata;
  /** The first event of its append, which says what was asked and why; the entry itself where it is the first. */
  readonly asked: { readonly revision: bigint; readonly metadata: Metadata };
};

/** Throws a StoreError, and NotAnswerable at an event that cannot be read. */
export async function* entries(streams: Streams, accountId: string): AsyncGenerator<Entry, void, undefined> {
  let asked: Entry['asked'] | null = null;
  for await (const recorded of streams.read(accountStream(accountId), { requiresLeader: true })) {
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw new NotAnswerable(decoded);
    const { event, metadata } = decoded;
    const { revision, id } = recorded;
    if (asked?.metadata.commandId !== metadata.commandId) asked = { revision, metadata };
    yield { revision, id, event, metadata, asked };
  }
}
