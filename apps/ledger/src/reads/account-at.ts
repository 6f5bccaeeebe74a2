import { accountStream, evolve, instant, stateAt, type Account, type Instant } from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type EventStore } from '@ledger/event-store';
import { quarantined } from './quarantined.js';

/** The account as it was at an instant, from its stream; null when it was not there yet. Throws a StoreError. */
export const accountAt = async (store: EventStore, accountId: string, at: Instant): Promise<Account | null> => {
  let account: Account | null = null;
  for await (const recorded of store.read(accountStream(accountId), { requiresLeader: true })) {
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw quarantined(decoded);
    if (instant(decoded.event.effectiveAt) > at) break;
    account = evolve(account, decoded.event);
  }
  return account && stateAt(account, at);
};
