import { parsePosition, positionText } from '@ledger/event-store';
import { Projector } from '@ledger/read-models';
import { Injectable } from '@nestjs/common';
import { notFound, unavailable, type Problem } from '../http/problem.js';
import type { Parameter } from './query.js';

const LONGEST_WAIT_MS = 2000;

export const MIN_POSITION: Parameter<string | null> = {
  rule: 'position',
  message: 'give the position of a receipt, or leave it out',
  read: (text) => (parsePosition(text) ? text : undefined),
  missing: null,
  schema: { type: 'string', pattern: String.raw`^\d{1,20}/\d{1,20}$` },
  description: 'the position of a receipt: what it did is in the answer',
};

/** How far the rows have come, for readers who know of something that must be in them. */
@Injectable()
export class Freshness {
  constructor(private readonly projector: Projector) {}

  /**
   * Lets a reader see what it has written: waits until a receipt's position is projected. Throws a `Problem` when it is
   * not in time.
   */
  async reached(minPosition: string | null): Promise<void> {
    const position = minPosition === null ? null : parsePosition(minPosition);
    if (position === null) return;
    const { progress, status } = this.projector;
    if (await progress.reaches(position, LONGEST_WAIT_MS)) return;
    const projected = progress.position && positionText(progress.position);
    throw unavailable('not-projected-yet', `What is read here has come to ${projected ?? 'nothing'} so far.`, 1, {
      lag: { minPosition: positionText(position), projected, projector: status },
    });
  }

  /** Before the rows were complete once, what is not there may only not be there yet. */
  notThere(name: 'account-unknown' | 'app-unknown', title: string): Problem {
    if (this.projector.caughtUpOnce) return notFound(name, title);
    return unavailable('not-projected-yet', 'The read database is still being filled from the event store.', 1, {
      projector: this.projector.status,
    });
  }
}
