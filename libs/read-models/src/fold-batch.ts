/** What a batch of events does to the accounts it is about: the domain's fold, in memory. */
import { accountStream, evolve } from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type RecordedEvent, type UnreadableEvent } from '@ledger/event-store';
import type { Folded } from './rows.js';

const PREFIX = accountStream('');

/** The account that an event happened to; null for an event of another kind of stream. */
export const accountOf = ({ stream }: RecordedEvent): string | null =>
  stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : null;

/** Everything that is known of some accounts: their states, and which of them have an event that cannot be read. */
export type Known = {
  readonly states: ReadonlyMap<string, Folded>;
  readonly quarantined: ReadonlySet<string>;
};

export type Changes = {
  readonly states: ReadonlyMap<string, Folded>;
  readonly unreadable: ReadonlyMap<string, UnreadableEvent>;
};

/** An account stops at its first event that cannot be read; all others go on. */
export const foldBatch = (events: readonly RecordedEvent[], known: Known): Changes => {
  const states = new Map<string, Folded>();
  const unreadable = new Map<string, UnreadableEvent>();
  for (const recorded of events) {
    const accountId = accountOf(recorded);
    if (accountId === null || known.quarantined.has(accountId) || unreadable.has(accountId)) continue;
    const next = folded(states.get(accountId) ?? known.states.get(accountId) ?? null, recorded);
    if (next === null) continue;
    if ('kind' in next) unreadable.set(accountId, next);
    else states.set(accountId, next);
  }
  return { states, unreadable };
};

/** The state after one event; null when the state has it already, which a second reading of the stream brings about. */
export const folded = (before: Folded | null, recorded: RecordedEvent): Folded | UnreadableEvent | null => {
  const { stream, revision, type } = recorded;
  const unreadable = (reason: string): UnreadableEvent => ({ kind: 'unreadable', stream, revision, type, reason });
  const expected = before === null ? 0n : before.revision + 1n;
  if (revision < expected) return null;
  if (revision > expected) return unreadable(`revision ${expected} is missing before it`);
  const decoded = decode(ACCOUNT_EVENTS, recorded);
  if (decoded.kind === 'unreadable') return decoded;
  const { chain } = decoded.metadata;
  if (chain === undefined) return unreadable('no chain in its metadata');
  try {
    return { account: evolve(before?.account ?? null, decoded.event), revision, chain };
  } catch (error) {
    return unreadable(`the fold failed: ${String(error)}`);
  }
};
