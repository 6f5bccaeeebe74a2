import { NO_STREAM } from '../log/append-rules.js';
import type { StreamRange } from '../log/pages.js';
import { firstVisible, isDeleted } from '../log/stream-metadata.js';
import type { Stream } from '../log/stream-table.js';

/** Nothing to read: never written, or deleted. */
export const isAbsent = ({ lastRevision, limits }: Stream): boolean => lastRevision === NO_STREAM || isDeleted(limits);

/** What readers may see of a stream now; `undefined` where there is nothing to see. */
export const visibleRange = (stream: Stream): StreamRange | undefined => {
  const { id: row, lastRevision, limits } = stream;
  if (row === undefined || isAbsent(stream)) return undefined;
  const notBefore = limits.maxAge === Infinity ? 0 : Date.now() - limits.maxAge * 1000;
  return { row, first: firstVisible(limits, lastRevision), last: lastRevision, notBefore };
};
