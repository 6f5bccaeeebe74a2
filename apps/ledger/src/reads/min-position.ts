import { parsePosition, positionText } from '@ledger/event-store';
import { Projector } from '@ledger/read-models';
import { Injectable } from '@nestjs/common';
import { malformed, unavailable } from '../http/problem.js';

const LONGEST_WAIT_MS = 2000;

/** Lets a reader see what it has written: a read that names a receipt's position waits until that is projected. */
@Injectable()
export class MinPosition {
  constructor(private readonly projector: Projector) {}

  /** Throws a `Problem` when the position is none, or is not reached in time. */
  async reached(minPosition: unknown): Promise<void> {
    if (minPosition === undefined) return;
    const position = typeof minPosition === 'string' ? parsePosition(minPosition) : null;
    if (position === null)
      throw malformed([
        { field: 'minPosition', rule: 'position', message: 'give the position of a receipt, or leave it out' },
      ]);
    const { progress, status } = this.projector;
    if (await progress.reaches(position, LONGEST_WAIT_MS)) return;
    const projected = progress.position && positionText(progress.position);
    throw unavailable('not-projected-yet', `What is read here has come to ${projected ?? 'nothing'} so far.`, 1, {
      lag: { minPosition: positionText(position), projected, projector: status },
    });
  }
}
