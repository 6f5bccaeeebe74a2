/** An event that today's code cannot read, met by a reader. */
import type { UnreadableEvent } from '@ledger/event-store';
import { unavailable, type Problem } from '../http/problem.js';

/** Its account waits for somebody. */
export const quarantined = ({
  stream,
  revision,
  type,
  reason,
}: Pick<UnreadableEvent, 'stream' | 'type' | 'reason'> & { readonly revision: bigint | string }): Problem =>
  unavailable('quarantined', `The event ${type} of ${stream} cannot be read: ${reason}.`, 60, {
    stream,
    revision: String(revision),
  });
