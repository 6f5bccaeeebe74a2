/** What is paged from an account's streams as it stands there: everything, the notices, the refusals. */
import type { NoticeIssued } from '@ledger/domain';
import {
  ACCOUNT_EVENTS,
  decode,
  positionText,
  REFUSAL_EVENTS,
  type CommandRefused,
  type RecordedEvent,
} from '@ledger/event-store';
import { quarantined } from './quarantined.js';
import type { HistoryEventDto, NoticeDto, RefusalDto } from './streams.answers.dto.js';

export const historyEvent = ({ revision, position, id, type, data, metadata }: RecordedEvent): HistoryEventDto => ({
  revision: String(revision),
  position: positionText(position),
  id,
  type,
  data,
  metadata,
});

/** Null for any other event. */
export const notice = (recorded: RecordedEvent): NoticeDto | null => {
  if (recorded.type !== ('NoticeIssued' satisfies NoticeIssued['type'])) return null;
  const decoded = decode(ACCOUNT_EVENTS, recorded);
  if (decoded.kind === 'unreadable') throw quarantined(decoded);
  const { event } = decoded;
  if (event.type !== 'NoticeIssued') return null;
  const { effectiveAt: at, notice: kind, appId = null, daysLeft = null } = event;
  return { revision: String(recorded.revision), at, notice: kind, appId, daysLeft };
};

export const refusal = (recorded: RecordedEvent): RefusalDto => {
  const decoded = decode<CommandRefused>(REFUSAL_EVENTS, recorded);
  if (decoded.kind === 'unreadable') throw quarantined(decoded);
  const { effectiveAt: at, command, refusal: name, clause, details, actor } = decoded.event;
  return { revision: String(recorded.revision), at, command, refusal: name, clause, details, actor };
};
