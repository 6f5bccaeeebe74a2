/** What is to be done about a delivery now. Asked anew at each attempt: time passes, and so does what was true. */
import { instant, noticeStanding, stateAt, type Instant } from '@ledger/domain';
import { StoreError, type EventStore, type Ledger } from '@ledger/event-store';
import type { NoticeDelivery, SkipReason } from '@ledger/read-models';
import type { Message } from './channel.js';
import { contactOf } from './contact.js';
import { noticeText } from './notice-text.js';

/** Seconds after which a notice is not news any more. */
export const OLDEST = 86_400;

export type Considered =
  | { readonly kind: 'send'; readonly message: Message }
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  /** Of this account; others may go on. */
  | { readonly kind: 'later'; readonly reason: string }
  /** The event store, whatever the account. */
  | { readonly kind: 'away'; readonly reason: string };

export type Sources = { readonly store: EventStore; readonly ledger: Pick<Ledger, 'state'> };

export const consider = async (
  { store, ledger }: Sources,
  delivery: NoticeDelivery,
  at: Instant,
): Promise<Considered> => {
  const { accountId, appId, notice, daysLeft, effectiveAt, channel, eventId } = delivery;
  if (at - instant(effectiveAt) >= OLDEST) return { kind: 'skip', reason: 'too-old' };
  const fresh = await ledger.state(accountId);
  if (fresh.kind === 'unavailable') return { kind: 'away', reason: 'the event store cannot be reached' };
  if (fresh.kind !== 'state') return { kind: 'later', reason: fresh.kind };
  const issued = {
    type: 'NoticeIssued' as const,
    accountId,
    effectiveAt,
    notice,
    ...(appId !== null && { appId }),
    ...(daysLeft !== null && { daysLeft }),
  };
  const standing = noticeStanding(stateAt(fresh.account, at), issued, at);
  if (standing.kind === 'void') return { kind: 'skip', reason: standing.why };
  const contact = await contactOf(store, accountId).catch(awayOrThrow);
  if (contact === 'away') return { kind: 'away', reason: 'the event store cannot be reached' };
  if (contact === 'unreadable') return { kind: 'later', reason: 'contact-unreadable' };
  if (contact === null) return { kind: 'skip', reason: 'no-contact' };
  const to = contact[channel];
  if (to === null) return { kind: 'skip', reason: 'no-address' };
  const text = noticeText(accountId, standing.currency, standing.facts);
  return { kind: 'send', message: { messageId: eventId, accountId, notice, to, ...text } };
};

const awayOrThrow = (error: unknown): 'away' => {
  if (error instanceof StoreError) return 'away';
  throw error;
};
