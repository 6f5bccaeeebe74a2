/**
 * The streams of one kind, folded, the latest used kept in memory. Whether a kept one may be trusted is the caller's to
 * say.
 */
import type { Instant } from '@ledger/domain';
import { LRUCache } from 'lru-cache';
import type { Catalogue, StoredEvent } from './catalogue.js';
import { decode } from './codec.js';
import { emptyFold, foldEvent } from './fold.js';
import type { Evolve, Fold } from './fold.js';
import { quarantined } from './interruption.js';
import { isMetadata } from './metadata.js';
import type { EventStore, RecordedEvent } from './port.js';

/** So many remembered command ids for each kept stream, on average; each takes about 200 bytes. */
const IDS_A_STREAM = 50;

export type StreamKind<S, E extends StoredEvent> = {
  readonly catalogue: Catalogue<E>;
  readonly evolve: Evolve<S, E>;
  /** Whether the events carry a chain. */
  readonly chained: boolean;
  /** How many folds are kept; 0 where they hold what must not stay in memory. */
  readonly kept: number;
  /** A fold to begin with when none is kept: at most as far as the stream, and checked against it. */
  readonly startingPoint?: (stream: string) => Promise<Fold<S> | null>;
};

export class StreamFolds<S, E extends StoredEvent> {
  readonly #cache: LRUCache<string, Fold<S>> | null;

  constructor(
    readonly store: EventStore,
    readonly kind: StreamKind<S, E>,
  ) {
    this.#cache =
      kind.kept === 0
        ? null
        : new LRUCache({
            max: kind.kept,
            maxSize: kind.kept * (IDS_A_STREAM + 1),
            sizeCalculation: ({ commands }) => commands.size + 1,
          });
  }

  kept(stream: string): Fold<S> | null {
    return this.#cache?.get(stream) ?? null;
  }

  keep(fold: Fold<S>): void {
    this.#cache?.set(fold.stream, fold);
  }

  drop(stream: string): void {
    this.#cache?.delete(stream);
  }

  /** As it stands with the leader: the kept fold and what has come since. */
  async fresh(stream: string): Promise<Fold<S>> {
    const start = this.kept(stream) ?? (await this.kind.startingPoint?.(stream)) ?? emptyFold<S>(stream);
    const fold = (await this.#continued(start)) ?? (await this.#continued(emptyFold<S>(stream)));
    if (fold === null) throw new Error(`${stream} has no beginning`);
    this.keep(fold);
    return fold;
  }

  /**
   * What a settlement may see: the events that were there before its instant. The first later one ends them, so that
   * one revision says which.
   */
  async before(stream: string, at: Instant): Promise<Fold<S>> {
    let fold = emptyFold<S>(stream);
    for await (const recorded of this.store.read(stream, { requiresLeader: true })) {
      const next = this.#next(fold, recorded);
      if (next.lastAt >= at) break;
      fold = next;
    }
    return fold;
  }

  /**
   * Reads on, its own last event included; null when that is not there as it was folded, and so another stream's past.
   */
  async #continued(start: Fold<S>): Promise<Fold<S> | null> {
    let fold = start;
    let awaited = start.revision;
    for await (const recorded of this.store.read(start.stream, { from: start.revision ?? 0n, requiresLeader: true })) {
      if (awaited === null) fold = this.#next(fold, recorded);
      else if (!standsAs(start, recorded)) return null;
      awaited = null;
    }
    return awaited === null ? fold : null;
  }

  /**
   * What is readable is kept, so that asking again does not read it all again; an event that cannot be folded is as bad
   * as one that cannot be read.
   */
  #next(fold: Fold<S>, recorded: RecordedEvent): Fold<S> {
    const decoded = decode(this.kind.catalogue, recorded);
    if (decoded.kind === 'unreadable') {
      this.keep(fold);
      throw quarantined(decoded);
    }
    const { event, metadata } = decoded;
    const { stream, revision, type } = recorded;
    try {
      const next = foldEvent(fold, event, metadata, revision, this.kind.evolve);
      fold.commands.saw(metadata.commandId, metadata.bodyHash, revision);
      return next;
    } catch (error) {
      this.keep(fold);
      throw quarantined({ kind: 'unreadable', stream, revision, type, reason: String(error) });
    }
  }
}

const standsAs = ({ revision, chain }: Fold<unknown>, recorded: RecordedEvent): boolean =>
  recorded.revision === revision && isMetadata(recorded.metadata) && recorded.metadata.chain === chain;
