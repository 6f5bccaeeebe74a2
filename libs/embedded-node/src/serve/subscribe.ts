import { randomUUID } from 'node:crypto';
import { NO_STREAM } from '../log/append-rules.js';
import { PAGE_RECORDS } from '../log/pages.js';
import type { ReadRequest } from '../wire/read-request.js';
import { caughtUp, checkpoint, confirmation } from '../wire/responses.js';
import { badRequest, streamDeleted } from './errors.js';
import { matcher } from './filter.js';
import type { Outlet } from './outlet.js';
import { assertStart, nextTurn, type Source } from './read.js';
import { visibleRange } from './visible.js';

/**
 * A read that does not end. There is one cursor and one loop for past and present: whatever stands behind the cursor
 * is sent in order, so there is no hand-over from catching up to live at which an event could be missed or doubled.
 */
export const subscribe = async (source: Source, request: ReadRequest, outlet: Outlet): Promise<void> => {
  if (request.backwards) throw badRequest('Subscriptions go forwards.');
  const unlisten = source.log.onCommit(() => outlet.ring());
  try {
    await (request.stream === undefined
      ? subscribeToAll(source, request, outlet)
      : subscribeToStream(source, request.stream, request, outlet));
  } finally {
    unlisten();
  }
};

const subscribeToAll = async ({ log, pages }: Source, { from, filter }: ReadRequest, outlet: Outlet): Promise<void> => {
  const matches = matcher(filter);
  const checkpointEvery = filter?.checkpointEvery ?? Infinity;
  if (checkpointEvery === 0) throw badRequest('The checkpoint interval must be greater than 0.');
  assertStart(pages, from);
  let cursor = from === 'start' ? 0 : from === 'end' ? log.lastPosition : from;
  let considered = 0;
  let live = false;
  outlet.send(confirmation(randomUUID()));
  while (await outlet.ready()) {
    const recent = log.recent(cursor, PAGE_RECORDS);
    const page = recent ?? pages.ofAll(cursor + 1, log.lastPosition, false, PAGE_RECORDS);
    // Back to the database means that it has fallen behind; it will say again when it has caught up.
    if (recent === undefined) live = false;
    for (const record of page) {
      cursor = record.position;
      if (matches(record)) outlet.send(record.response);
      considered += 1;
      if (considered >= checkpointEvery) {
        considered = 0;
        outlet.send(checkpoint(cursor));
      }
    }
    if (cursor < log.lastPosition) {
      await nextTurn(outlet);
    } else {
      if (!live) outlet.send(caughtUp);
      live = true;
      await outlet.rung();
    }
  }
};

const subscribeToStream = async (
  { log, pages }: Source,
  name: string,
  { from }: ReadRequest,
  outlet: Outlet,
): Promise<void> => {
  let cursor = from === 'start' ? NO_STREAM : from === 'end' ? log.stream(name).lastRevision : from;
  let live = false;
  outlet.send(confirmation(randomUUID()));
  while (await outlet.ready()) {
    const stream = log.stream(name);
    if (stream.tombstoned) throw streamDeleted(name);
    const visible = visibleRange(stream);
    if (visible !== undefined && cursor < visible.last) {
      const page = pages.ofStream({ ...visible, first: Math.max(visible.first, cursor + 1) }, false, PAGE_RECORDS);
      for (const { response } of page) outlet.send(response);
      // What is hidden by age up to the end will not come back.
      cursor = page.at(-1)?.revision ?? visible.last;
      await nextTurn(outlet);
    } else {
      if (!live) outlet.send(caughtUp);
      live = true;
      await outlet.rung();
    }
  }
};
