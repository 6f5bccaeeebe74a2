import { contactStream } from '@ledger/domain';
import { CONTACT_EVENTS, decode, type EventStore } from '@ledger/event-store';
import type { NoticeChannelName } from '@ledger/read-models';

/** Where an account is told things. */
export type Contact = { readonly [channel in NoticeChannelName]: string | null };

/**
 * Looked up anew for each delivery, with the leader, and kept nowhere: what was erased is gone. Null when there is none.
 * Throws a StoreError.
 */
export const contactOf = async (store: EventStore, accountId: string): Promise<Contact | 'unreadable' | null> => {
  const stream = contactStream(accountId);
  for await (const recorded of store.read(stream, { direction: 'backwards', limit: 1, requiresLeader: true })) {
    const decoded = decode(CONTACT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') return 'unreadable';
    const { email = null, phone = null } = decoded.event;
    return { email, sms: phone };
  }
  return null;
};
