import { setImmediate } from 'node:timers/promises';
import type { EventLog } from '../log/event-log.js';
import type { Pages } from '../log/pages.js';
import type { ReadRequest } from '../wire/read-request.js';
import { streamNotFound } from '../wire/responses.js';
import { badRequest, invalidPosition, streamDeleted } from './errors.js';
import { matcher } from './filter.js';
import type { Outlet } from './outlet.js';
import { visibleRange } from './visible.js';

export type Source = { readonly log: EventLog; readonly pages: Pages };

/** A read that ends: of what is there when it begins, in either direction, `count` events at most. */
export const read = async (source: Source, request: ReadRequest, count: number, outlet: Outlet): Promise<void> => {
  if (count === 0) throw badRequest('A read of no events.');
  await (request.stream === undefined
    ? readAll(source, request, count, outlet)
    : readStream(source, request.stream, request, count, outlet));
};

const readStream = async (
  { log, pages }: Source,
  name: string,
  { from, backwards }: ReadRequest,
  count: number,
  outlet: Outlet,
): Promise<void> => {
  const stream = log.stream(name);
  if (stream.tombstoned) throw streamDeleted(name);
  const visible = visibleRange(stream);
  if (visible === undefined) {
    outlet.send(streamNotFound(name));
    return;
  }
  const start = from === 'start' ? 0 : from === 'end' ? endOf(backwards, visible.last) : from;
  let first = backwards ? visible.first : Math.max(visible.first, start);
  let last = backwards ? Math.min(visible.last, start) : visible.last;
  let left = count;
  const unread = (): boolean => left > 0 && first <= last;
  while (unread()) {
    const page = pages.ofStream({ ...visible, first, last }, backwards, left);
    for (const { revision, response } of page) {
      outlet.send(response);
      if (backwards) last = revision - 1;
      else first = revision + 1;
    }
    left -= page.length;
    if (page.length === 0 || (unread() && !(await nextTurn(outlet)))) return;
  }
};

/** Backwards the last event is included; forwards nothing is behind the end. */
const endOf = (backwards: boolean, last: number): number => (backwards ? last : last + 1);

const readAll = async (
  { log, pages }: Source,
  { from, backwards, filter }: ReadRequest,
  count: number,
  outlet: Outlet,
): Promise<void> => {
  const matches = matcher(filter);
  const end = log.lastPosition;
  const start = from === 'start' ? 0 : from === 'end' ? end + 1 : from;
  assertStart(pages, from);
  // Forwards the event at the position is included, backwards it is not.
  let first = backwards ? 0 : start;
  let last = backwards ? start - 1 : end;
  let left = count;
  const unread = (): boolean => left > 0 && first <= last;
  while (unread()) {
    const page = pages.ofAll(first, last, backwards, filter === undefined ? left : Infinity);
    for (const record of page) {
      if (backwards) last = record.position - 1;
      else first = record.position + 1;
      if (!matches(record)) continue;
      outlet.send(record.response);
      left -= 1;
      if (left === 0) break;
    }
    if (page.length === 0 || (unread() && !(await nextTurn(outlet)))) return;
  }
};

/** A position must be one that was handed out; 0 is before everything. */
export const assertStart = (pages: Pages, from: ReadRequest['from']): void => {
  if (typeof from === 'number' && from !== 0 && !pages.isStart(from)) throw invalidPosition();
};

/** Between two pages others get their turn, however fast this client reads. */
export const nextTurn = async (outlet: Outlet): Promise<boolean> => {
  await setImmediate();
  return outlet.ready();
};
