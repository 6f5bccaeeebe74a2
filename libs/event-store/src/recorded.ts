import type { ResolvedEvent } from '@eventstore/db-client';
import type { RecordedEvent } from './port.js';

/** An event as the client gives it; null for a link to one that is gone. */
export const recordedOf = ({
  event,
  commitPosition = 0n,
}: Pick<ResolvedEvent, 'event' | 'commitPosition'>): RecordedEvent | null =>
  event === undefined
    ? null
    : {
        stream: event.streamId,
        revision: event.revision,
        position: event.position ?? { commit: commitPosition, prepare: commitPosition },
        id: event.id,
        type: event.type,
        data: event.data,
        metadata: event.metadata,
      };
