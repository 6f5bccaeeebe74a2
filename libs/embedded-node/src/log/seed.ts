import { systemEvent } from './commands.js';
import type { EventLog } from './event-log.js';

/** What a real server writes at its first start: readers of `$all` must expect events that are not the application's. */
const SYSTEM_EVENTS = [
  { stream: '$$$scavenges', type: '$metadata', data: '{"$maxAge":2592000}' },
  { stream: '$$$stats', type: '$metadata', data: '{"$maxAge":86400}' },
  { stream: '$users', type: '$UsersInitialized', data: '{}' },
];

export const seed = (log: EventLog): void => {
  if (log.lastPosition > 0) return;
  const now = Date.now();
  log.transaction(() => {
    for (const { stream, type, data } of SYSTEM_EVENTS) {
      log.write(log.stream(stream), [systemEvent(type, data)], now);
    }
  });
};
