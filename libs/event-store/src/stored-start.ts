/**
 * A cache miss begins with the state that the projector has kept, where it has one that fits; else with the first
 * event.
 */
import { accountStream } from '@ledger/domain';
import type { AccountEvent } from '@ledger/domain';
import { ACCOUNT_EVENTS } from './catalogue.js';
import { decode } from './codec.js';
import type { Decoded } from './codec.js';
import { REMEMBERED, isOutsideId } from './command-memory.js';
import { emptyFold, foldEvent } from './fold.js';
import type { Fold } from './fold.js';
import type { StoredState } from './outcome.js';
import type { EventStore } from './port.js';
import type { Rules } from './rules.js';

type Stored<A> = Pick<Rules<A, never>, 'FOLD_VERSION' | 'fromStored'>;

export const storedStart =
  <A>(store: EventStore, rules: Stored<A>, lookUp: (accountId: string) => Promise<StoredState | null>) =>
  async (stream: string): Promise<Fold<A> | null> => {
    // A read database that is away makes a cache miss slower, nothing else.
    const stored = await lookUp(stream.slice(accountStream('').length)).catch(() => null);
    if (stored === null || stored.foldVersion !== rules.FOLD_VERSION) return null;
    const past = await recent(store, stream, stored.revision);
    const last = past[0];
    if (last?.recorded.revision !== stored.revision || last.metadata.chain !== stored.chain) return null;
    const state = parsed(rules, stored.state);
    if (state === null) return null;
    return past.reverse().reduce<Fold<A>>((fold, { event, metadata, recorded }) => {
      fold.commands.saw(metadata.commandId, metadata.bodyHash, recorded.revision);
      return foldEvent(fold, event, metadata, recorded.revision, () => state);
    }, emptyFold(stream));
  };

const parsed = <A>({ fromStored }: Stored<A>, text: string): A | null => {
  try {
    return fromStored(text);
  } catch {
    return null;
  }
};

/**
 * The last 1,000 commands up to the revision, the last event first. They are the one thing that the stored state does
 * not hold.
 */
const recent = async (store: EventStore, stream: string, from: bigint): Promise<Decoded<AccountEvent>[]> => {
  const events: Decoded<AccountEvent>[] = [];
  const ids = new Set<string>();
  for await (const recorded of store.read(stream, { from, direction: 'backwards', requiresLeader: true })) {
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') return [];
    if (isOutsideId(decoded.metadata.commandId)) ids.add(decoded.metadata.commandId);
    if (ids.size > REMEMBERED) break;
    events.push(decoded);
  }
  return events;
};
