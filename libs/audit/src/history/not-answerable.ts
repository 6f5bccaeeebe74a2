/** Why a question about an account's history has no answer. Thrown out of the reads that meet it; the edge names it. */
import type { UnreadableEvent } from '@ledger/event-store';

export type Obstacle =
  | UnreadableEvent
  | { readonly kind: 'unknown-account'; readonly accountId: string }
  | { readonly kind: 'unknown-revision'; readonly revision: bigint; readonly last: bigint }
  /** More would happen by itself until then than anybody reads. */
  | { readonly kind: 'too-far'; readonly appends: number }
  | { readonly kind: 'backwards' }
  /** A path that leads nowhere: what stands before it is known, and these parts may follow. */
  | {
      readonly kind: 'unknown-fact';
      readonly path: string;
      readonly known: string;
      readonly next: readonly string[];
    }
  | { readonly kind: 'unknown-refusal'; readonly refusal: string };

export class NotAnswerable extends Error {
  override readonly name = 'NotAnswerable';
  constructor(readonly obstacle: Obstacle) {
    super(sentenceOf(obstacle));
  }
}

const MOST_NAMED = 40;

const sentenceOf = (obstacle: Obstacle): string => {
  switch (obstacle.kind) {
    case 'unreadable':
      return `The event ${obstacle.type} of ${obstacle.stream} at revision ${obstacle.revision} cannot be read: ${obstacle.reason}.`;
    case 'unknown-account':
      return `There is no account ${JSON.stringify(obstacle.accountId)}.`;
    case 'unknown-revision':
      return `There is no revision ${obstacle.revision}: give one from 0 to ${obstacle.last}.`;
    case 'too-far':
      return `More than ${obstacle.appends} appends would come by themselves until then: give an earlier instant.`;
    case 'backwards':
      return 'What is compared from must not be later than what it is compared with: exchange the two.';
    case 'unknown-fact': {
      const { path, known, next } = obstacle;
      const shown = next.slice(0, MOST_NAMED).join(', ') + (next.length > MOST_NAMED ? ', …' : '');
      const where = known === '' ? 'A fact begins with one of' : `After ${known} comes one of`;
      return next.length === 0
        ? `There is no fact ${JSON.stringify(path)}: ${known === '' ? 'the account has none yet' : `nothing comes after ${known}`}.`
        : `There is no fact ${JSON.stringify(path)}. ${where}: ${shown}.`;
    }
    case 'unknown-refusal':
      return `No refusal ${JSON.stringify(obstacle.refusal)} is kept for the account: give its command id or its revision in the list of refusals.`;
  }
};
