/** A stream folded up to a revision: the state, and what the next append to it needs to know. */
import { instant } from '@ledger/domain';
import type { Instant } from '@ledger/domain';
import type { StoredEvent } from './catalogue.js';
import { genesis } from './chain.js';
import { CommandMemory } from './command-memory.js';
import type { Metadata } from './metadata.js';

/** Time's own appends; the id names the account and the instant that was due. */
const CLOCK = 't:';

export type Fold<S> = {
  readonly stream: string;
  readonly state: S | null;
  /** Of the last event; null where there is no stream. */
  readonly revision: bigint | null;
  readonly chain: string;
  /** `effectiveAt` of the last event: nothing is decided for an earlier instant (P-0.7). */
  readonly lastAt: Instant;
  /** The command id of time's last append. */
  readonly lastClock: string | null;
  /** Grows with the stream, and only with what stands in it. */
  readonly commands: CommandMemory;
};

export type Evolve<S, E> = (state: S | null, event: E, revision: bigint) => S;

export const emptyFold = <S>(stream: string): Fold<S> => ({
  stream,
  state: null,
  revision: null,
  chain: genesis(stream),
  lastAt: 0,
  lastClock: null,
  commands: new CommandMemory(),
});

export const foldEvent = <S, E extends StoredEvent>(
  fold: Fold<S>,
  event: E,
  { chain, commandId }: Metadata,
  revision: bigint,
  evolve: Evolve<S, E>,
): Fold<S> => ({
  ...fold,
  state: evolve(fold.state, event, revision),
  revision,
  chain: chain ?? fold.chain,
  lastAt: instant(event.effectiveAt),
  lastClock: commandId.startsWith(CLOCK) ? commandId : fold.lastClock,
});

export const nextRevision = ({ revision }: Fold<unknown>): bigint => (revision === null ? 0n : revision + 1n);

export const revisionText = ({ revision }: Fold<unknown>): string | null => revision?.toString() ?? null;

/** `t:{account}:{dueAt}`, and `:2`, `:3` … where what is due at one instant takes several appends. */
export const clockId = (accountId: string, dueAt: string, { lastClock }: Fold<unknown>): string => {
  const id = `${CLOCK}${accountId}:${dueAt}`;
  if (lastClock === null || !lastClock.startsWith(id)) return id;
  const part = lastClock.slice(id.length + 1);
  return `${id}:${part === '' ? 2 : Number(part) + 1}`;
};
