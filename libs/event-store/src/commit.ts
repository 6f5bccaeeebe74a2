import type { StoredEvent } from './catalogue.js';
import { appendUntilClear } from './append-until-clear.js';
import { foldEvent, nextRevision } from './fold.js';
import type { Fold } from './fold.js';
import { unavailable } from './interruption.js';
import type { Patience } from './interruption.js';
import type { Position } from './port.js';
import { seal } from './seal.js';
import type { Origin, Sealed } from './seal.js';
import type { StreamFolds } from './stream-folds.js';

/** An append that stands: the fold after it and what a receipt tells of it. */
export type Committed<S> = {
  readonly fold: Fold<S>;
  readonly first: bigint;
  readonly sealed: readonly Sealed<StoredEvent>[];
  readonly position: Position | null;
};

/**
 * Appends at the revision folded. What cannot be folded is not stored: the next state is made before the append, and
 * counts after it.
 */
export const commit = async <S, E extends StoredEvent>(
  folds: StreamFolds<S, E>,
  fold: Fold<S>,
  events: readonly E[],
  origin: Origin,
  patience: Patience,
): Promise<Committed<S> | 'conflict'> => {
  const { catalogue, chained, evolve } = folds.kind;
  const sealed = seal(catalogue, chained, fold, events, origin);
  const first = nextRevision(fold);
  const next = sealed.reduce(
    (state, { event, metadata }, index) => foldEvent(state, event, metadata, first + BigInt(index), evolve),
    fold,
  );
  const stored = sealed.map((one) => one.stored);
  const answer = await appendUntilClear(folds.store, fold.stream, stored, fold.revision, patience);
  switch (answer.kind) {
    case 'appended':
      for (const [index, { metadata }] of sealed.entries())
        fold.commands.saw(metadata.commandId, metadata.bodyHash, first + BigInt(index));
      folds.keep(next);
      return { fold: next, first, sealed, position: answer.position };
    case 'wrong-expected':
      return 'conflict';
    case 'unclear':
      folds.drop(fold.stream);
      throw unavailable(answer.reason);
    case 'stream-deleted':
    case 'access-denied':
      throw unavailable(`append to ${fold.stream}: ${answer.kind}`);
    case 'too-large':
      throw new Error(`an append of ${events.length} events to ${fold.stream} is too large`);
    case 'bad-request':
      throw new Error(`append to ${fold.stream}: ${answer.reason}`);
  }
};
