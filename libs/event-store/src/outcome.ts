/** What is asked of the write path and all that it can answer. Every answer is a value; an exception is a bug. */
import type { Command, Instant, ItemResult, LedgerEvent, Refused, Timer } from '@ledger/domain';
import type { JsonObject } from './json.js';

/** Who asked: an opaque subject, never a name or an address, because it stays in the streams for ever. */
export type Actor = { readonly subject: string; readonly role: string };

export type Request = {
  /** The outside's key, as given: the write path stores it as `c:{key}`. */
  readonly commandId: string;
  readonly command: Command;
  readonly actor: Actor;
  readonly correlationId?: string;
  /** What is due by now happens anyway, because it is true anyway; of the command nothing is written. */
  readonly dryRun?: boolean;
  /** Commit what a dry run showed: decided at its instant, and only if nothing has happened since. */
  readonly previewed?: { readonly revision: string | null; readonly at: Instant };
};

export type ReceiptEvent = {
  readonly type: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly data: JsonObject;
};

/** What a command did. Without events `revision` is that of the state it was decided from and `position` is null. */
export type Receipt = {
  readonly accountId: string;
  readonly stream: string;
  readonly revision: string | null;
  readonly position: string | null;
  readonly events: readonly ReceiptEvent[];
  /** `RenewBatch` only: each item with its order or its refusal. */
  readonly items?: readonly ItemResult[];
};

/** An event that today's code cannot read: its account is quarantined, all others go on. */
export type UnreadableEvent = {
  readonly kind: 'unreadable';
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly reason: string;
};

export type Done = { readonly kind: 'done'; readonly receipt: Receipt; readonly replayed: boolean };

export type DryRun<A> = {
  readonly kind: 'dry-run';
  readonly events: readonly LedgerEvent[];
  readonly items?: readonly ItemResult[];
  readonly at: Instant;
  /** The account's revision that it was decided from; null for one without events. */
  readonly revision: string | null;
  readonly before: A | null;
  /** The account after the events; of a usage command, which changes another stream, the same as `before`. */
  readonly after: A | null;
};

/** The store could not be asked, or did not say. The same command with the same id is safe to send again. */
export type Unavailable = { readonly kind: 'unavailable'; readonly reason: string };
export type Quarantined = { readonly kind: 'quarantined'; readonly unreadable: UnreadableEvent };
export type Contention = { readonly kind: 'contention' };

export type Outcome<A> =
  | Done
  | DryRun<A>
  | { readonly kind: 'refused'; readonly refused: Refused; readonly at: Instant }
  /** The id was used for another body. */
  | { readonly kind: 'key-reused' }
  /** Something happened since the dry run, or is due by now. */
  | { readonly kind: 'preview-stale'; readonly revision: string | null; readonly at: Instant }
  | Contention
  | Unavailable
  | Quarantined;

export type Advanced =
  | {
      readonly kind: 'advanced';
      readonly appends: number;
      readonly revision: string;
      /** The deadlines that happened here, in their order. */
      readonly fired: readonly Timer[];
    }
  | { readonly kind: 'unknown-account' }
  | Contention
  | Unavailable
  | Quarantined;

/** The account as it stands with the leader, with its place in the stream. */
export type Fresh<A> =
  | { readonly kind: 'state'; readonly account: A; readonly revision: string; readonly chain: string }
  | { readonly kind: 'unknown-account' }
  | Unavailable
  | Quarantined;

/** A state that the projector has kept: the write path's starting point when its cache has nothing. */
export type StoredState = {
  readonly revision: bigint;
  readonly chain: string;
  readonly state: string;
  readonly foldVersion: number;
};
